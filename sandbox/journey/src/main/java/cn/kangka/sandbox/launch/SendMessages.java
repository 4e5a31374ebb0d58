package cn.kangka.sandbox.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.kangka.sandbox.hl7.Answers;
import cn.kangka.sandbox.hl7.MllpClient;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code ./run send}: sends HL7 v2 files, as they are, over one MLLP connection to a running region, and says what each
 * was answered: MSA-1, then what the ERR segments name.
 */
final class SendMessages {
    private static final String SILENCE = "--";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PATIENCE_WITH_THE_SILENT = Duration.ofSeconds(1);

    private final String host;
    private final int port;
    private final List<Path> files;
    private final Map<String, Integer> tally = new TreeMap<>();

    private SendMessages(String host, int port, List<Path> files) {
        this.host = host;
        this.port = port;
        this.files = files;
    }

    /** Reads the arguments. @throws Refusal naming what makes no sense */
    static SendMessages parse(List<String> arguments) {
        String to = "localhost:" + Ports.usual().mllp();
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i).equals("--to") && i + 1 < arguments.size()) {
                to = arguments.get(++i);
            } else if (arguments.get(i).startsWith("--")) {
                throw Usage.SEND.refusal("I don't know the option " + arguments.get(i) + ".");
            } else {
                files.addAll(filesOf(Path.of(arguments.get(i))));
            }
        }
        String[] target = to.split(":", 2);
        if (target.length < 2 || !target[1].matches("\\d{1,5}")) {
            throw Usage.SEND.refusal("The option --to needs HOST:PORT, not " + to + ".");
        }
        if (files.isEmpty()) {
            throw Usage.SEND.refusal("There is nothing to send.");
        }
        return new SendMessages(target[0], Integer.parseInt(target[1]), files);
    }

    private static List<Path> filesOf(Path path) {
        if (Files.isRegularFile(path)) {
            return List.of(path);
        }
        try (Stream<Path> found = Files.list(path)) {
            return found.filter(file -> file.toString().matches(".*\\.(hl7|txt)"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new Refusal("There is no file or folder " + path + ".");
        }
    }

    /** Sends all; a connection that the other side closed is opened again for the next file. */
    void run() {
        MllpClient connection = null;
        try {
            for (Path file : files) {
                connection = connection == null ? MllpClient.connect(host, port, PATIENCE) : connection;
                connection = send(connection, file) ? connection : closed(connection);
            }
            closed(connection);
        } catch (IOException e) {
            throw new Refusal("Nobody takes messages on " + host + ":" + port + " (" + e.getMessage()
                    + "); start the region with ./run first.");
        }
        String counts = tally.entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .collect(Collectors.joining(", "));
        Launcher.say(files.size() + " sent: " + counts);
    }

    /** Whether the connection can go on. */
    private boolean send(MllpClient connection, Path file) throws IOException {
        byte[] message = withSegmentEnds(Files.readAllBytes(file));
        String text = new String(message, UTF_8);
        boolean silent =
                Answers.field(text, 14).equals("NE") && Answers.field(text, 15).equals("NE");
        connection.within(silent ? PATIENCE_WITH_THE_SILENT : PATIENCE);
        try {
            String answer = connection.sendBytes(message);
            tell(file, text, Answers.segmentField(answer, "MSA", 1), errors(answer));
            return true;
        } catch (SocketTimeoutException e) {
            tell(file, text, SILENCE, silent ? "as asked for (MSH-15 and MSH-16 are NE)" : "no answer");
            return silent;
        } catch (IOException e) {
            tell(file, text, SILENCE, "the connection was closed");
            return false;
        }
    }

    private void tell(Path file, String message, String code, String errors) {
        tally.merge(code.equals(SILENCE) ? "silent" : code, 1, Integer::sum);
        Launcher.say("%-24s %-18s %-2s %s"
                .formatted(file.getFileName(), Answers.field(message, 8), code, errors)
                .strip());
    }

    /** Code, place and words of every ERR segment. */
    private static String errors(String answer) {
        return Stream.of(answer.split("\r"))
                .filter(segment -> segment.startsWith("ERR|"))
                .map(segment -> segment.split("\\|", -1))
                .map(fields -> Stream.of(3, 2, 8)
                        .filter(index -> index < fields.length)
                        .map(index -> index == 3 ? fields[3].split("\\^", 2)[0] : fields[index])
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining(" ")))
                .collect(Collectors.joining("; "));
    }

    private static byte[] withSegmentEnds(byte[] bytes) {
        byte[] ends = new byte[bytes.length];
        int length = 0;
        for (byte each : bytes) {
            boolean afterReturn = length > 0 && ends[length - 1] == '\r';
            if (each != '\n') {
                ends[length++] = each;
            } else if (!afterReturn) {
                ends[length++] = '\r';
            }
        }
        return java.util.Arrays.copyOf(ends, length);
    }

    private static MllpClient closed(MllpClient connection) throws IOException {
        connection.close();
        return null;
    }
}
