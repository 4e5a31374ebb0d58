package cn.kangka.api.appointment;

import cn.kangka.api.appointment.NearestStore.Question;
import cn.kangka.api.directory.Position;
import cn.kangka.api.directory.Subjects;
import cn.kangka.kit.page.Page;
import cn.kangka.kit.problem.Problems;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** The first free bands over all hospitals, or what is nearest. */
@ApplicationScoped
public class NearestSlots {
    private static final int LONGEST = 62;
    /** What lies beyond is a slip, and no date of the database's. */
    private static final int LAST_YEAR = 9999;

    private final NearestStore store;
    private final Actors actors;
    private final Subjects subjects;
    private final Clock clock;

    NearestSlots(NearestStore store, Actors actors, Subjects subjects, Clock clock) {
        this.store = store;
        this.actors = actors;
        this.subjects = subjects;
        this.clock = clock;
    }

    /**
     * What is wanted; null leaves it open, but not everything.
     *
     * @param departmentCode of the national list, with everything below it
     * @param near {@code lat,lon}
     * @param from first visit day, {@code to} the last one
     */
    record Wish(
            String departmentCode,
            String doctor,
            String hospital,
            String kind,
            String near,
            String from,
            String to,
            boolean byDistance) {}

    /** At most {@code limit} bands that the caller's channel can book; there is no next page. */
    Uni<Page<SlotView>> find(Wish wish, int limit) {
        UUID doctor = Parameters.id("doctor", wish.doctor());
        Position near = Position.parse("near", wish.near());
        LocalDate first = wish.from() == null ? LocalDate.now(clock) : Parameters.date("from", wish.from());
        if (first.getYear() < 0 || first.getYear() > LAST_YEAR) {
            throw Problems.invalid("from", "format");
        }
        LocalDate last = wish.to() == null ? first.plusDays(LONGEST) : Parameters.date("to", wish.to());
        if (wish.departmentCode() == null && doctor == null && wish.hospital() == null && near == null) {
            throw Problems.invalid("department-code", "required");
        }
        if (wish.byDistance() && near == null) {
            throw Problems.invalid("near", "required");
        }
        if (last.isBefore(first) || last.isAfter(first.plusDays(LONGEST))) {
            throw Problems.invalid("to", "period", LONGEST);
        }
        List<String> codes = wish.departmentCode() == null ? null : subjects.withParts(List.of(wish.departmentCode()));
        Question question =
                new Question(codes, doctor, wish.hospital(), wish.kind(), near, first, last, wish.byDistance());
        return actors.looking()
                .chain(looking -> store.find(question, looking.channel(), OffsetDateTime.now(clock), limit))
                .map(found -> new Page<>(found, null));
    }
}
