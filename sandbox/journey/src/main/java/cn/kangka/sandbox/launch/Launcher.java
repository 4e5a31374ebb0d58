package cn.kangka.sandbox.launch;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * {@code ./run}: starts the region, tells where everything is, and stops it cleanly on Ctrl-C or SIGTERM. {@code ./run
 * send} sends messages to one that runs, {@code ./run load} loads a patient file into it, {@code ./run people} writes
 * labelled patients to a file.
 */
public final class Launcher {
    private Launcher() {}

    public static void main(String[] arguments) throws InterruptedException {
        // Whatever the locale says (a container's often says POSIX), who reads Chinese reads it in UTF-8.
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
        Path home = Path.of(System.getProperty("kangka.home", ".")).toAbsolutePath();
        String command = arguments.length == 0 ? "" : arguments[0];
        List<String> rest = List.of(arguments).subList(Math.min(1, arguments.length), arguments.length);
        try {
            switch (command) {
                case "send" -> SendMessages.parse(rest).run();
                case "people" -> MakePeople.parse(rest).run();
                case "load" -> System.exit(LoadPatients.parse(home, rest).run());
                default -> run(Options.parse(home, List.of(arguments)));
            }
        } catch (Refusal refusal) {
            System.err.println(refusal.getMessage());
            System.exit(1);
        } catch (IllegalStateException | UncheckedIOException failure) {
            System.err.println("The region did not start: " + failure.getMessage());
            System.exit(2);
        }
    }

    private static void run(Options options) throws InterruptedException {
        long start = System.nanoTime();
        CountDownLatch stopped = new CountDownLatch(1);
        Stopper stopper = new Stopper(stopped);
        Runtime.getRuntime().addShutdownHook(new Thread(stopper, "stopper"));
        Region region =
                Region.start(options, text -> say(elapsed(start) + "  " + text), begun -> stopper.starting = begun);
        stopper.region = region;
        Welcome.print(region, Duration.ofNanos(System.nanoTime() - start));
        stopped.await();
    }

    private static String elapsed(long start) {
        return "%4d s".formatted(Duration.ofNanos(System.nanoTime() - start).toSeconds());
    }

    static void say(String text) {
        System.out.println(text);
    }

    private static final class Stopper implements Runnable {
        private final CountDownLatch stopped;
        private volatile Region starting;
        private volatile Region region;

        Stopper(CountDownLatch stopped) {
            this.stopped = stopped;
        }

        @Override
        public void run() {
            if (region != null) {
                say("\n正在停止 · stopping …");
                region.close();
                say("已停止 · stopped");
            } else if (starting != null) {
                starting.abandon();
            }
            stopped.countDown();
        }
    }
}
