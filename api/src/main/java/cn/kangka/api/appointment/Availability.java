package cn.kangka.api.appointment;

import cn.kangka.api.appointment.AvailabilityStore.Question;
import cn.kangka.kit.page.Cursor;
import cn.kangka.kit.page.Page;
import cn.kangka.kit.problem.Problems;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** What is free, for the caller's channel. */
@ApplicationScoped
public class Availability {
    /** How many days one question may span. */
    private static final int LONGEST = 62;

    private final AvailabilityStore store;
    private final Actors actors;
    private final Clock clock;

    Availability(AvailabilityStore store, Actors actors, Clock clock) {
        this.store = store;
        this.actors = actors;
        this.clock = clock;
    }

    /**
     * Future, released slots by start.
     *
     * @param department id or code; null for all of the hospital
     * @param doctor id; null for all
     * @param from first visit day (Asia/Shanghai), today when null
     * @param to last visit day; null for everything released
     */
    public Uni<Page<SlotView>> slots(
            String hospital, String department, String doctor, String from, String to, int limit, String cursor) {
        LocalDate first = from == null ? LocalDate.now(clock) : Parameters.date("from", from);
        LocalDate last = to == null ? first.plusDays(LONGEST) : Parameters.date("to", to);
        if (hospital == null && doctor == null) {
            return Uni.createFrom().failure(Problems.invalid("hospital", "required"));
        }
        if (last.isBefore(first) || last.isAfter(first.plusDays(LONGEST))) {
            return Uni.createFrom().failure(Problems.invalid("to", "period", LONGEST));
        }
        Question question = new Question(
                hospital, department, Parameters.id("doctor", doctor), startOf(first), startOf(last.plusDays(1)));
        Cursor after = Cursor.decode(cursor);
        return actors.looking()
                .chain(looking -> store.find(question, looking, OffsetDateTime.now(clock), after, limit + 1))
                .map(rows -> Page.of(rows, limit, row -> new Cursor(row.start().toInstant(), row.id())));
    }

    private OffsetDateTime startOf(LocalDate day) {
        return day.atStartOfDay(clock.getZone()).toInstant().atOffset(ZoneOffset.UTC);
    }
}
