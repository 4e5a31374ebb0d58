package cn.kangka.sandbox.hospital;

import cn.kangka.sandbox.hospital.Lane.Ack;
import cn.kangka.sandbox.hospital.Line.Job;
import cn.kangka.sandbox.region.DemoRegion;
import cn.kangka.sandbox.region.Institution;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Brings the region to life through its real doors: staff, first registrations, further ones, history. Each phase waits
 * for the one before, in all hospitals at once; what the progress has already is left out.
 */
final class Seeding {
    private static final System.Logger LOG = System.getLogger(Seeding.class.getName());

    private final Map<String, SimulatedHospital> hospitals;
    private final Progress progress;
    private final SeedMessages messages;

    Seeding(DemoRegion region, Map<String, SimulatedHospital> hospitals, Progress progress) {
        this.hospitals = hospitals;
        this.progress = progress;
        this.messages = new SeedMessages(region, progress.startedAt());
    }

    /** Blocks until everything is acknowledged or refused. */
    void run(Consumer<SeedStep> listener) throws InterruptedException {
        phase("staff", messages::staff, listener);
        phase("people", messages::firstRegistrations, listener);
        phase("more-registrations", messages::furtherRegistrations, listener);
        phase("history", messages::history, listener);
    }

    private void phase(String name, Function<Institution, List<Job>> jobs, Consumer<SeedStep> listener)
            throws InterruptedException {
        Map<String, List<Job>> byLine = messages.byLine(jobs, job -> !progress.isDone(job.key()));
        Tally tally =
                new Tally(name, byLine.values().stream().mapToInt(List::size).sum(), listener);
        List<CompletableFuture<Void>> lines = new ArrayList<>();
        byLine.forEach((line, open) -> {
            Iterator<Job> queue = open.iterator();
            lines.add(hospitals.get(line).line().sendAll(queue, tally));
        });
        tally.tell();
        await(CompletableFuture.allOf(lines.toArray(CompletableFuture<?>[]::new)));
    }

    private static void await(CompletableFuture<Void> all) throws InterruptedException {
        try {
            all.get();
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        }
    }

    private final class Tally implements java.util.function.BiConsumer<Job, Ack> {
        private static final int TELL_EVERY = 50;
        private final String phase;
        private final int total;
        private final Consumer<SeedStep> listener;
        private final AtomicInteger done = new AtomicInteger();
        private final AtomicInteger refused = new AtomicInteger();

        Tally(String phase, int total, Consumer<SeedStep> listener) {
            this.phase = phase;
            this.total = total;
            this.listener = listener;
        }

        @Override
        public void accept(Job job, Ack ack) {
            if (ack.accepted()) {
                progress.done(job.key());
            } else {
                progress.refused(job.key());
                if (refused.incrementAndGet() == 1) {
                    LOG.log(
                            System.Logger.Level.WARNING,
                            "{0}: message {1} was answered {2} {3}",
                            phase,
                            job.key(),
                            ack.code(),
                            ack.text());
                }
            }
            int count = done.incrementAndGet();
            if (count % TELL_EVERY == 0 || count == total) {
                tell();
            }
        }

        void tell() {
            listener.accept(new SeedStep(phase, done.get(), total, refused.get()));
        }
    }
}
