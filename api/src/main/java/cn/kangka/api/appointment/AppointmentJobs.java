package cn.kangka.api.appointment;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * What time does by itself. Nothing depends on its punctuality: expired holds count as free before they are swept, quotas
 * flow back by the clock; several replicas may run it at once.
 */
@ApplicationScoped
class AppointmentJobs {
    private final Holds holds;
    private final WaitingList waiting;
    private final WaitingNews waitingNews;
    private final ClinicStops stops;
    private final Reminders reminders;
    private final NoShows noShows;

    AppointmentJobs(
            Holds holds,
            WaitingList waiting,
            WaitingNews waitingNews,
            ClinicStops stops,
            Reminders reminders,
            NoShows noShows) {
        this.holds = holds;
        this.waiting = waiting;
        this.waitingNews = waitingNews;
        this.stops = stops;
        this.reminders = reminders;
        this.noShows = noShows;
    }

    @Scheduled(every = "{kangka.appointment.sweep-every:10s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> sweepHolds() {
        return holds.sweep().replaceWithVoid();
    }

    @Scheduled(every = "{kangka.appointment.sweep-every:10s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> sweepWaiting() {
        return waiting.sweep();
    }

    @Scheduled(every = "{kangka.appointment.news-every:2s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tellWaiting() {
        return waitingNews.tell().replaceWithVoid();
    }

    @Scheduled(every = "{kangka.appointment.news-every:2s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> offerAlternatives() {
        return stops.offer();
    }

    @Scheduled(every = "{kangka.appointment.remind-every:2s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> remind() {
        return reminders.remind().replaceWithVoid();
    }

    @Scheduled(
            every = "{kangka.appointment.forget-reminders-every:10m}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> forgetReminders() {
        return reminders.forget().replaceWithVoid();
    }

    @Scheduled(every = "{kangka.appointment.missed-every:5m}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> markMissed() {
        return missed().replaceWithVoid();
    }

    /** Marks one batch of what nobody came to; how many. */
    Uni<Integer> missed() {
        return noShows.mark();
    }
}
