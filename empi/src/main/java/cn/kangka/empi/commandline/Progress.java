package cn.kangka.empi.commandline;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.DoubleConsumer;

/** A bar on the error channel; one line that is written over where a terminal looks, every tenth where none does. */
final class Progress implements DoubleConsumer {
    private static final int WIDTH = 40;

    private final PrintWriter out;
    private final String what;
    private final boolean terminal = System.console() != null;
    private final long start = System.nanoTime();
    private int shown = -1;

    Progress(PrintWriter out, String what) {
        this.out = out;
        this.what = what;
    }

    @Override
    public synchronized void accept(double share) {
        int step = (int) (share * (terminal ? WIDTH : 10));
        if (step > shown) {
            shown = step;
            double seconds = (System.nanoTime() - start) / 1e9;
            int done = (int) (share * WIDTH);
            String bar = "#".repeat(done) + ".".repeat(WIDTH - done);
            out.printf(
                    Locale.ROOT,
                    "%s%s [%s] %3.0f %% %.1f s%s",
                    terminal ? "\r" : "",
                    what,
                    bar,
                    share * 100,
                    seconds,
                    terminal && share < 1 ? "" : System.lineSeparator());
            out.flush();
        }
    }
}
