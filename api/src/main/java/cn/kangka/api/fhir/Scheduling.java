package cn.kangka.api.fhir;

import cn.kangka.api.appointment.Appointments;
import cn.kangka.kit.page.Cursor;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Reads and searches sessions, bands and the caller's bookings, as FHIR R4 resources. */
@ApplicationScoped
class Scheduling {
    private static final int DEFAULT = 50;
    private static final int MOST = 200;

    private final SchedulingStore store;
    private final Appointments appointments;
    private final Clock clock;

    Scheduling(SchedulingStore store, Appointments appointments, Clock clock) {
        this.store = store;
        this.appointments = appointments;
        this.clock = clock;
    }

    /**
     * One page of a search.
     *
     * @param next cursor of the next one; null at the end
     */
    record Found(List<ObjectNode> items, String next) {}

    /** A published session; null when there is none. */
    Uni<ObjectNode> schedule(String id) {
        return store.session(SearchTerms.id("id", id), now())
                .onItem()
                .ifNotNull()
                .transform(FhirResources::schedule);
    }

    /** Sessions of a department or practitioner. */
    Uni<Found> schedules(String actor, List<String> dates, String count, String cursor) {
        UUID department = SearchTerms.reference("actor", "HealthcareService", actor);
        UUID doctor = SearchTerms.reference("actor", "Practitioner", actor);
        if (department == null && doctor == null) {
            throw new SearchTerms.BadTermException(
                    "actor", "required: HealthcareService/<department> or Practitioner/<doctor>");
        }
        SearchTerms.Period period = SearchTerms.period("date", dates, now(), clock.getZone());
        int size = size(count);
        return store.sessions(department, doctor, period.from(), period.to(), now(), Cursor.decode(cursor), size + 1)
                .map(rows -> page(
                        rows,
                        size,
                        FhirResources::schedule,
                        row -> new Cursor(row.start().toInstant(), row.id())));
    }

    /** A published band; null when there is none. */
    Uni<ObjectNode> slot(String id) {
        return store.band(SearchTerms.id("id", id), now()).onItem().ifNotNull().transform(FhirResources::slot);
    }

    /** Bands of a session or department. */
    Uni<Found> slots(String schedule, String actor, List<String> starts, String count, String cursor) {
        UUID session = SearchTerms.reference("schedule", "Schedule", schedule);
        UUID department = SearchTerms.reference("schedule.actor", "HealthcareService", actor);
        if (session == null && department == null) {
            throw new SearchTerms.BadTermException(
                    "schedule", "required: Schedule/<session>, or schedule.actor=HealthcareService/<department>");
        }
        SearchTerms.Period period = SearchTerms.period("start", starts, now(), clock.getZone());
        int size = size(count);
        return store.bands(session, department, period.from(), period.to(), now(), Cursor.decode(cursor), size + 1)
                .map(rows -> page(
                        rows,
                        size,
                        FhirResources::slot,
                        row -> new Cursor(row.start().toInstant(), row.id())));
    }

    /** A booking of the caller's. */
    Uni<ObjectNode> appointment(String id) {
        return appointments.one(SearchTerms.id("id", id)).map(FhirResources::appointment);
    }

    /** The caller's bookings; none when they ask for somebody else's. */
    Uni<Found> appointments(String patient, String count, String cursor) {
        return appointments.mine(null, false, size(count), cursor).map(page -> {
            List<ObjectNode> own = page.items().stream()
                    .filter(each -> patient == null
                            || patient.equals("Patient/" + each.person())
                            || patient.equals(each.person().toString()))
                    .map(FhirResources::appointment)
                    .toList();
            return new Found(own, own.isEmpty() ? null : page.next());
        });
    }

    private OffsetDateTime now() {
        return OffsetDateTime.now(clock);
    }

    private static int size(String count) {
        if (count == null) {
            return DEFAULT;
        }
        if (!count.matches("[1-9]\\d{0,8}")) {
            throw new SearchTerms.BadTermException("_count", "not a positive number");
        }
        return Math.min(Integer.parseInt(count), MOST);
    }

    private static <T> Found page(List<T> rows, int size, Function<T, ObjectNode> form, Function<T, Cursor> position) {
        boolean more = rows.size() > size;
        List<T> items = more ? rows.subList(0, size) : rows;
        return new Found(
                items.stream().map(form).toList(),
                more ? position.apply(items.get(size - 1)).encode() : null);
    }
}
