package cn.kangka.api.schedule;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Lays out what changed, and every day one day more; several replicas may run it at once. */
@ApplicationScoped
class ScheduleJobs {
    private final ScheduleLayout layout;

    ScheduleJobs(ScheduleLayout layout) {
        this.layout = layout;
    }

    @Scheduled(every = "{kangka.schedule.lay-out-every:30s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> layOut() {
        return layout.layOutDue().replaceWithVoid();
    }
}
