package cn.kangka.sandbox.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Many people who press the button in the same moment, each over a connection of their own that is open already. One thread
 * writes for all of them and reads what comes back: thousands of threads would take the processor from what is measured.
 */
final class AllAtOnce implements Closeable {
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)\r\n");
    private static final Pattern TYPE = Pattern.compile("\"type\":\"([^\"]*)\"");
    private static final int CREATED = 201;
    private static final int STATUS = 9;
    private static final int STATUS_END = 12;
    private static final long LONGEST_MILLIS = 60_000;

    /** What somebody was told, such as {@code 201} or {@code 409 /problems/slot-full}, and after how long from the first request on. */
    record Told(String what, double millis) {}

    private static final class Person {
        final SocketChannel channel;
        final ByteBuffer request;
        final ByteArrayOutputStream answer = new ByteArrayOutputStream();

        Person(SocketChannel channel, byte[] request) {
            this.channel = channel;
            this.request = ByteBuffer.wrap(request);
        }
    }

    private final Selector selector = Selector.open();
    private final List<Person> people = new ArrayList<>();

    AllAtOnce(String base, String path, List<String> tokens, String body) throws IOException {
        URI uri = URI.create(base);
        for (String token : tokens) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(uri.getHost(), uri.getPort()));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            Person person = new Person(channel, request(uri, path, token, body));
            channel.register(selector, SelectionKey.OP_READ, person);
            people.add(person);
        }
    }

    private static byte[] request(URI uri, String path, String token, String body) {
        return ("POST " + path + " HTTP/1.1\r\nHost: " + uri.getHost() + ":" + uri.getPort()
                        + "\r\nAuthorization: Bearer "
                        + token + "\r\nIdempotency-Key: " + UUID.randomUUID()
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + body.getBytes(UTF_8).length
                        + "\r\n\r\n" + body)
                .getBytes(UTF_8);
    }

    /** Everybody asks; one answer for each of them. */
    List<Told> go() throws IOException {
        List<Told> told = new ArrayList<>();
        long start = System.nanoTime();
        for (Person each : people) {
            while (each.request.hasRemaining()) {
                each.channel.write(each.request);
            }
        }
        ByteBuffer buffer = ByteBuffer.allocate(16 * 1024);
        while (told.size() < people.size()) {
            if (selector.select(LONGEST_MILLIS) == 0) {
                throw new IOException(people.size() - told.size() + " people have no answer");
            }
            for (SelectionKey key : selector.selectedKeys()) {
                String what = read((Person) key.attachment(), buffer);
                if (what != null) {
                    told.add(new Told(what, (System.nanoTime() - start) / 1e6));
                    key.cancel();
                }
            }
            selector.selectedKeys().clear();
        }
        return told;
    }

    /** The answer, once it is whole. */
    private static String read(Person person, ByteBuffer buffer) throws IOException {
        buffer.clear();
        if (person.channel.read(buffer) < 0) {
            throw new EOFException("closed");
        }
        person.answer.write(buffer.array(), 0, buffer.position());
        String text = person.answer.toString(ISO_8859_1);
        int head = text.indexOf("\r\n\r\n");
        Matcher length = LENGTH.matcher(text);
        if (head < 0 || !length.find() || text.length() < head + 4 + Integer.parseInt(length.group(1))) {
            return null;
        }
        String status = text.substring(STATUS, STATUS_END);
        Matcher type = TYPE.matcher(text);
        return status.equals(Integer.toString(CREATED)) || !type.find() ? status : status + " " + type.group(1);
    }

    static double[] millis(List<Told> told) {
        double[] millis = told.stream().mapToDouble(Told::millis).toArray();
        Arrays.sort(millis);
        return millis;
    }

    @Override
    public void close() throws IOException {
        for (Person each : people) {
            each.channel.close();
        }
        selector.close();
    }
}
