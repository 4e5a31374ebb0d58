package cn.kangka.sandbox.hospital;

import cn.kangka.sandbox.hospital.Lane.Ack;
import cn.kangka.sandbox.region.SandboxSettings;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** The parallel connections of one hospital (or of all centres) to empi. */
final class Line implements AutoCloseable {
    /** A message that is made when its turn comes. */
    record Job(String key, Supplier<String> message) {}

    private final List<Lane> lanes = new ArrayList<>();
    private final Lane ordinary;
    private final Lane prompt;
    private final ExecutorService threads;
    private final AtomicLong sent = new AtomicLong();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    Line(String id, Charset charset, SandboxSettings settings) {
        for (int i = 0; i < settings.connectionsPerHospital(); i++) {
            lanes.add(lane(settings, charset));
        }
        this.ordinary = lane(settings, charset);
        this.prompt = lane(settings, charset);
        this.threads = Executors.newFixedThreadPool(lanes.size(), work -> {
            Thread thread = new Thread(work, "hospital-" + id);
            thread.setDaemon(true);
            return thread;
        });
    }

    private static Lane lane(SandboxSettings settings, Charset charset) {
        return new Lane(settings.empiMllpHost(), settings.empiMllpPort(), charset);
    }

    /** How many messages were acknowledged. */
    long sent() {
        return sent.get();
    }

    /** Sends one message over the connection of everyday work. Null when the line was closed. */
    synchronized Ack send(String message) {
        return counted(ordinary.send(message));
    }

    /** Sends one message that somebody waits for: over a connection of its own, tried twice in case that one is stale. */
    Ack sendPromptly(String message) throws IOException {
        synchronized (prompt) {
            try {
                return counted(prompt.once(message));
            } catch (IOException stale) {
                prompt.disconnect();
                return counted(prompt.once(message));
            }
        }
    }

    /** Sends all jobs over the parallel connections; completes when each has its acknowledgement, or the line is closed. */
    CompletableFuture<Void> sendAll(Iterator<Job> jobs, BiConsumer<Job, Ack> done) {
        CompletableFuture<Void> all = CompletableFuture.allOf(lanes.stream()
                .map(lane -> started(() -> work(lane, jobs, done)))
                .toArray(CompletableFuture<?>[]::new));
        return CompletableFuture.anyOf(all, closed).thenApply(any -> null);
    }

    private CompletableFuture<Void> started(Runnable work) {
        try {
            return CompletableFuture.runAsync(work, threads);
        } catch (RejectedExecutionException closed) {
            return CompletableFuture.completedFuture(null);
        }
    }

    private void work(Lane lane, Iterator<Job> jobs, BiConsumer<Job, Ack> done) {
        for (Job job = next(jobs); job != null; job = next(jobs)) {
            Ack ack = counted(lane.send(job.message().get()));
            if (ack == null) {
                return;
            }
            done.accept(job, ack);
        }
        lane.disconnect();
    }

    private static Job next(Iterator<Job> jobs) {
        synchronized (jobs) {
            return jobs.hasNext() ? jobs.next() : null;
        }
    }

    private Ack counted(Ack ack) {
        if (ack != null) {
            sent.incrementAndGet();
        }
        return ack;
    }

    @Override
    public void close() {
        lanes.forEach(Lane::close);
        ordinary.close();
        prompt.close();
        threads.shutdownNow();
        try {
            threads.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closed.complete(null);
    }
}
