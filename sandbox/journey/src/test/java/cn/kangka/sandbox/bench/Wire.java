package cn.kangka.sandbox.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;
import java.util.UUID;

/**
 * One HTTP/1.1 connection that stays open and costs next to nothing: the load generator shares two cores with what it
 * measures, and a full client would take as much of them as the service.
 */
final class Wire implements Closeable {
    private static final int STATUS = 9;
    private static final int STATUS_END = 12;

    private final String host;
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    Wire(String base) throws IOException {
        URI uri = URI.create(base);
        host = uri.getHost() + ":" + uri.getPort();
        socket = new Socket(uri.getHost(), uri.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(60_000);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /** Status and body of an answer. */
    record Answer(int status, String body) {}

    Answer get(String path, String token) throws IOException {
        send("GET " + path + " HTTP/1.1\r\nHost: " + host + bearer(token) + "\r\n\r\n");
        return answer();
    }

    /** With a key of its own. */
    Answer post(String path, String token, String body) throws IOException {
        return post(path, token, UUID.randomUUID().toString(), body);
    }

    Answer post(String path, String token, String key, String body) throws IOException {
        send("POST " + path + " HTTP/1.1\r\nHost: " + host + bearer(token) + "\r\nIdempotency-Key: " + key
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.getBytes(UTF_8).length + "\r\n\r\n"
                + body);
        return answer();
    }

    private static String bearer(String token) {
        return token == null ? "" : "\r\nAuthorization: Bearer " + token;
    }

    private void send(String request) throws IOException {
        out.write(request.getBytes(UTF_8));
        out.flush();
    }

    private Answer answer() throws IOException {
        int status = Integer.parseInt(line().substring(STATUS, STATUS_END));
        int length = 0;
        boolean chunked = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(
                        lower.substring("content-length:".length()).strip());
            } else if (lower.startsWith("transfer-encoding:")) {
                chunked = true;
            }
        }
        return new Answer(status, new String(chunked ? chunks() : in.readNBytes(length), UTF_8));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            body.write(in.readNBytes(size));
            line();
        }
        line();
        return body.toByteArray();
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int each = in.read(); each != '\n'; each = in.read()) {
            if (each < 0) {
                throw new EOFException("the connection was closed");
            }
            if (each != '\r') {
                line.write(each);
            }
        }
        return line.toString(ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
