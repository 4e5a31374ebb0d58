package cn.kangka.sandbox.launch;

import cn.kangka.sandbox.hospital.SeedStep;
import java.time.Duration;
import java.util.function.Consumer;

/** Tells how far the hospitals are with handing in their people: at every phase, and every two seconds within one. */
final class SeedProgress implements Consumer<SeedStep> {
    private static final Duration EVERY = Duration.ofSeconds(2);

    private final Consumer<String> progress;
    private String phase = "";
    private long toldAt;

    SeedProgress(Consumer<String> progress) {
        this.progress = progress;
    }

    @Override
    public synchronized void accept(SeedStep step) {
        long now = System.nanoTime();
        boolean ends = step.done() == step.total();
        if (!step.phase().equals(phase) || ends || now - toldAt > EVERY.toNanos()) {
            phase = step.phase();
            toldAt = now;
            progress.accept("demo region: %s %d of %d%s"
                    .formatted(
                            step.phase(),
                            step.done(),
                            step.total(),
                            step.refused() == 0 ? "" : ", %d refused".formatted(step.refused())));
        }
    }
}
