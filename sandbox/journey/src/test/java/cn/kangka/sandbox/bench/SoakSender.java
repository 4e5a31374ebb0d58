package cn.kangka.sandbox.bench;

import cn.kangka.sandbox.hl7.MllpClient;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * One connection of a hospital's interface engine: has a message at its pace, sends one after the other; what is not
 * acknowledged is sent again until it is, as HL7 asks, and what could not be sent meanwhile waits for its turn. Now and then
 * its line breaks, in the middle of a message or before the answer.
 */
final class SoakSender extends Thread {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int PATIENTS = 10;
    private static final double BREAKS = 0.01;
    private static final long PAUSE = 300;

    /** Counts of all senders. */
    static final class Counts {
        private final long start = System.nanoTime();
        private final AtomicIntegerArray seconds;
        final AtomicInteger acknowledged = new AtomicInteger();
        final AtomicInteger attempts = new AtomicInteger();
        final AtomicInteger halves = new AtomicInteger();
        final AtomicInteger unread = new AtomicInteger();
        final AtomicInteger refused = new AtomicInteger();
        final AtomicLong slowest = new AtomicLong();

        /** @param length the time that they may need at most */
        Counts(Duration length) {
            seconds = new AtomicIntegerArray((int) length.toSeconds());
        }

        private void acknowledge() {
            acknowledged.incrementAndGet();
            seconds.incrementAndGet((int) ((System.nanoTime() - start) / 1_000_000_000));
        }

        /** Messages acknowledged in each second so far, without the current one. */
        int[] bySecond() {
            return IntStream.range(0, (int) ((System.nanoTime() - start) / 1_000_000_000))
                    .map(seconds::get)
                    .toArray();
        }
    }

    private final Map<String, Object> source;
    private final int number;
    private final int port;
    private final long interval;
    private final long end;
    private final Counts counts;
    private final Random random;
    private final int[] versions = new int[PATIENTS];
    private int messages;
    private MllpClient client;

    SoakSender(Map<String, Object> source, int number, int port, long interval, long end, Counts counts) {
        super("soak-" + number);
        this.source = source;
        this.number = number;
        this.port = port;
        this.interval = interval;
        this.end = end;
        this.counts = counts;
        this.random = new Random(number);
    }

    /** The institution's id. */
    String source() {
        return source.get("id").toString();
    }

    /** Local ids of its patients, and the phone that each has at the end. */
    List<String[]> patients() {
        return IntStream.range(0, PATIENTS)
                .mapToObj(patient -> new String[] {chart(patient), phone(patient)})
                .toList();
    }

    /** Messages that were acknowledged. */
    int messages() {
        return messages;
    }

    @Override
    public void run() {
        long due = System.nanoTime() + random.nextLong(interval);
        for (; due < end; due += interval) {
            pause(Math.max(0, (due - System.nanoTime()) / 1_000_000));
            long start = System.nanoTime();
            deliver(next());
            counts.slowest.accumulateAndGet((System.nanoTime() - start) / 1_000_000, Math::max);
            messages++;
            counts.acknowledge();
        }
        close();
    }

    private void deliver(String message) {
        while (true) {
            try {
                counts.attempts.incrementAndGet();
                if (client == null) {
                    client = MllpClient.connect(
                            "localhost",
                            port,
                            PATIENCE,
                            Charset.forName(source.get("charset").toString()));
                }
                double luck = random.nextDouble();
                if (luck < BREAKS) {
                    half(message);
                } else if (luck < 2 * BREAKS) {
                    client.post(message);
                    counts.unread.incrementAndGet();
                    close();
                } else if (accepted(client.send(message))) {
                    return;
                }
            } catch (IOException e) {
                close();
                pause(PAUSE);
            }
        }
    }

    private void half(String message) throws IOException {
        byte[] frame = MllpClient.frame(
                message.getBytes(Charset.forName(source.get("charset").toString())));
        client.postRaw(Arrays.copyOf(frame, 1 + random.nextInt(frame.length - 2)));
        counts.halves.incrementAndGet();
        close();
    }

    private boolean accepted(String answer) {
        if (answer.contains("MSA|AA")) {
            return true;
        }
        // 207: it broke on their side, and shall come again.
        if (!answer.contains("|207")) {
            counts.refused.incrementAndGet();
            System.out.println("refused: " + answer.replace('\r', '\n'));
            return true;
        }
        pause(PAUSE);
        return false;
    }

    private String next() {
        int patient = random.nextInt(PATIENTS);
        double kind = random.nextDouble();
        if (versions[patient] == 0 || kind < 0.15) {
            versions[patient]++;
            return message("ADT^A08^ADT_A01", patient, "PV1|1|O|内科\r");
        }
        if (kind < 0.5) {
            return message("ADT^A04^ADT_A01", patient, "PV1|1|O|内科\r");
        }
        String order = "S" + number + "-" + messages;
        return message(
                "ORU^R01^ORU_R01",
                patient,
                "OBR|1|P" + order + "|" + order + "|58410-2^血常规^LN|||" + now() + "|||||||||||||||" + now() + "||LAB|F\r"
                        + "OBX|1|NM|718-7^血红蛋白^LN||140|g/L|130-175|N|||F|||" + now() + "\r");
    }

    private String message(String type, int patient, String rest) {
        boolean utf = source.get("charset").equals("UTF-8");
        return "MSH|^~\\&|" + source.get("application") + "|" + source.get("facility") + "|KANGKA|REGION|" + now()
                + "||"
                + type + "|SOAK-" + number + "-" + messages + "|P|2.5.1||||||"
                + (utf ? "UNICODE UTF-8" : "GB 18030-2000") + "\rPID|1||" + chart(patient) + "^^^" + source.get("id")
                + "^MR||浸^" + number + "号" + patient + "||19" + (40 + number % 60)
                + String.format(Locale.ROOT, "%02d%02d", 1 + patient, 1 + number % 28) + "|F|||||" + phone(patient)
                + "\r"
                + rest;
    }

    private String chart(int patient) {
        return "SOAK" + number + "-" + patient;
    }

    /** Tells which of the patient's messages was the last. */
    private String phone(int patient) {
        return String.format(Locale.ROOT, "13%09d", (number * PATIENTS + patient) * 1_000 + versions[patient]);
    }

    private static String now() {
        return LocalDateTime.now(ZoneId.of("Asia/Shanghai")).format(TIME);
    }

    private void close() {
        try {
            if (client != null) {
                client.close();
            }
        } catch (IOException e) {
            System.out.println("a line did not close");
        }
        client = null;
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
