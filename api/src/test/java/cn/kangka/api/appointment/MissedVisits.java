package cn.kangka.api.appointment;

import io.quarkus.arc.Arc;

/** The job that marks missed visits, for tests of other packages. */
public final class MissedVisits {
    private MissedVisits() {}

    public static void mark() {
        AppointmentJobs jobs = Arc.container().instance(AppointmentJobs.class).get();
        while (jobs.missed().await().indefinitely() > 0) {
            // Until none is left.
        }
    }
}
