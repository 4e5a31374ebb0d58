package cn.kangka.api.queue;

import cn.kangka.api.account.Callers;
import cn.kangka.api.account.Denials;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.page.Page;
import cn.kangka.kit.page.TextCursor;
import cn.kangka.kit.problem.Problems;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The queues of a day, for those who run them: an institution's systems and clerks its own, supervisors of any. */
@ApplicationScoped
public class DeskQueues {
    private static final String ACTION = "queue.list";
    private static final Set<String> HALVES = Set.of("AM", "PM");
    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 9999;

    private final Callers callers;
    private final Denials denials;
    private final Database database;
    private final DeskQueueStore store;
    private final Clock clock;

    DeskQueues(Callers callers, Denials denials, Database database, DeskQueueStore store, Clock clock) {
        this.callers = callers;
        this.denials = denials;
        this.database = database;
        this.store = store;
        this.clock = clock;
    }

    /**
     * Sessions with what waits for them, mornings first.
     *
     * @param hospital null for all of the caller's; a supervisor must name one
     * @param date the day of the visits; null for today
     * @return fails with 404 when the hospital is not the caller's, 422 when none is named and none is theirs
     */
    Uni<Page<DeskQueueView>> list(String hospital, LocalDate date, int limit, String cursor) {
        if (date != null && (date.getYear() < FIRST_YEAR || date.getYear() > LAST_YEAR)) {
            return Uni.createFrom().failure(Problems.invalid("date", "format"));
        }
        Set<String> own = callers.sources();
        boolean any = callers.is("supervisor");
        if (hospital == null && own.isEmpty()) {
            return Uni.createFrom().failure(Problems.invalid("hospital", "required"));
        }
        if (hospital != null && !any && !own.contains(hospital)) {
            return denials.notFound(ACTION, null, hospital);
        }
        TextCursor after = position(cursor);
        LocalDate day = date == null ? LocalDate.now(clock) : date;
        return store.sessions(
                        database.pool(),
                        hospital == null ? own : Set.of(hospital),
                        day,
                        after.first(),
                        UUID.fromString(after.second()),
                        limit + 1)
                .map(rows -> Page.ofTexts(
                        rows,
                        limit,
                        row -> new TextCursor(row.half(), row.session().toString())))
                .chain(this::withCalls);
    }

    /** Before the first half-day when there is none. */
    private static TextCursor position(String cursor) {
        TextCursor after = TextCursor.decode(cursor);
        if (after.first().isEmpty()) {
            return new TextCursor("", new UUID(0, 0).toString());
        }
        try {
            if (HALVES.contains(after.first())) {
                return new TextCursor(
                        after.first(), UUID.fromString(after.second()).toString());
            }
        } catch (IllegalArgumentException e) {
            // Not one of ours, as below.
        }
        throw Problems.invalid("cursor", "cursor.unknown");
    }

    private Uni<Page<DeskQueueView>> withCalls(Page<DeskQueueView> page) {
        List<UUID> sessions = page.items().stream().map(DeskQueueView::session).toList();
        return store.called(database.pool(), sessions)
                .map(called -> page.map(each -> each.calling(called.getOrDefault(each.session(), List.of()))));
    }
}
