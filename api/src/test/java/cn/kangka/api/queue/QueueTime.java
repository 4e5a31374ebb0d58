package cn.kangka.api.queue;

import io.quarkus.arc.Arc;

/** The job that closes old queues, for tests of other packages. */
public final class QueueTime {
    private QueueTime() {}

    public static void closes() {
        Arc.container().instance(QueueJobs.class).get().close().await().indefinitely();
    }
}
