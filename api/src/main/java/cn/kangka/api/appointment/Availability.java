package cn.kangka.api.appointment;

import cn.kangka.api.appointment.AvailabilityStore.Looking;
import cn.kangka.api.appointment.AvailabilityStore.Question;
import cn.kangka.api.rush.RecentAnswers;
import cn.kangka.api.rush.RushConfig;
import cn.kangka.api.rush.SlotChanges;
import cn.kangka.kit.page.Cursor;
import cn.kangka.kit.page.Page;
import cn.kangka.kit.problem.Problems;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
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

    /** What keeping an answer takes besides it: the question with its texts, and the entry. */
    private static final int ENTRY = 1_000;

    private final AvailabilityStore store;
    private final Actors actors;
    private final SlotChanges changes;
    private final ObjectMapper json;
    private final Clock clock;
    private final RecentAnswers<Asked, byte[]> recent;

    Availability(
            AvailabilityStore store,
            Actors actors,
            SlotChanges changes,
            ObjectMapper json,
            Clock clock,
            RushConfig config) {
        this.store = store;
        this.actors = actors;
        this.changes = changes;
        this.json = json;
        this.clock = clock;
        this.recent = new RecentAnswers<>(
                clock, config.oldest(), config.keptCharacters(), (asked, answer) -> ENTRY + answer.length);
    }

    /** A question as it is answered to everybody who asks it. */
    private record Asked(Question question, Looking looking, Cursor after, int limit) {}

    /**
     * Future, released slots by start. Everybody who asks the same at the same time gets one answer.
     *
     * @param department id or code; null for all of the hospital
     * @param doctor id; null for all
     * @param from first visit day (Asia/Shanghai), today when null
     * @param to last visit day; null for everything released
     * @return a {@link Page} of {@link SlotView} as JSON
     */
    public Uni<byte[]> slots(
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
                .chain(looking -> recent.answer(
                        new Asked(question, looking, after, limit),
                        changes.count(hospital, AvailabilityStore.id(department)),
                        () -> find(question, looking, after, limit)));
    }

    private Uni<byte[]> find(Question question, Looking looking, Cursor after, int limit) {
        return store.find(question, looking, OffsetDateTime.now(clock), after, limit + 1)
                .map(rows ->
                        write(Page.of(rows, limit, row -> new Cursor(row.start().toInstant(), row.id()))));
    }

    private byte[] write(Page<SlotView> page) {
        try {
            return json.writeValueAsBytes(page);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("slots that are not JSON", e);
        }
    }

    private OffsetDateTime startOf(LocalDate day) {
        return day.atStartOfDay(clock.getZone()).toInstant().atOffset(ZoneOffset.UTC);
    }
}
