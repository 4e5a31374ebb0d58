package cn.kangka.api.platform;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Forgets what is out of date. */
@ApplicationScoped
class Housekeeping {
    private final RegionEvents events;

    Housekeeping(RegionEvents events) {
        this.events = events;
    }

    @Scheduled(every = "1h", delayed = "2m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> prune() {
        return events.prune().replaceWithVoid();
    }
}
