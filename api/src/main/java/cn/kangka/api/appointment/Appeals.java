package cn.kangka.api.appointment;

import cn.kangka.api.account.Callers;
import cn.kangka.api.appointment.BookingNews.Told;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.id.Ids;
import cn.kangka.kit.page.Cursor;
import cn.kangka.kit.page.Page;
import cn.kangka.kit.problem.Problems;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Marks for missed visits and late cancels, and appeals against them: a person sees what counts against them, refuses it with
 * one tap, and a human being decides. A granted appeal erases the mark, and with it the pause that rests on it.
 */
@ApplicationScoped
public class Appeals {
    private static final int NAMED = 1;
    private static final String LIST = "mark.list";

    private final Database database;
    private final Callers callers;
    private final Actors actors;
    private final AppealStore store;
    private final AppointmentStore appointments;
    private final AppointmentAccess access;
    private final BookingNews news;
    private final Audit audit;
    private final Clock clock;
    private final ZoneId zone;
    private final WorkingDays days;

    Appeals(
            Database database,
            Callers callers,
            Actors actors,
            AppealStore store,
            AppointmentStore appointments,
            AppointmentAccess access,
            BookingNews news,
            Audit audit,
            Clock clock,
            AppointmentConfig config) {
        this.database = database;
        this.callers = callers;
        this.actors = actors;
        this.store = store;
        this.appointments = appointments;
        this.access = access;
        this.news = news;
        this.audit = audit;
        this.clock = clock;
        this.zone = clock.getZone();
        this.days = new WorkingDays(
                Set.copyOf(config.holidays().orElse(List.of())),
                Set.copyOf(config.workedWeekends().orElse(List.of())));
    }

    /** The calling citizen's marks, or a dependant's, the newest visit first, with what became of appeals. */
    public Uni<Page<MarkView>> mine(UUID person, int limit, String cursor) {
        return callers.citizen(NAMED)
                .chain(caller -> access.ofCitizen(caller, person, LIST))
                .chain(whose -> of(whose, limit, cursor));
    }

    /** A person's, for staff; audited. Without the words of appeals, which are for who decides. */
    public Uni<Page<MarkView>> ofPerson(UUID person, int limit, String cursor) {
        return actors.writer()
                .chain(actor -> access.staff(actor, person, null, LIST))
                .chain(() -> of(person, limit, cursor))
                .map(page -> page.map(MarkView::withoutWords));
    }

    private Uni<Page<MarkView>> of(UUID person, int limit, String cursor) {
        return store.ofPerson(database.pool(), person, Cursor.decode(cursor), limit + 1)
                .map(rows -> Page.of(
                                rows,
                                limit,
                                row -> new Cursor(
                                        row.mark().start().toInstant(),
                                        row.mark().appointment()))
                        .map(AppealStore.Marked::mark));
    }

    /**
     * Appeals against a mark; the same again gives the same appeal.
     *
     * @return the mark with its appeal, for staff without its words; 404 when the booking is not the caller's or has no mark, 409 {@code mark-erased} when it
     *     does not count any more
     */
    public Uni<MarkView> appeal(AppealRequest request) {
        UUID id = request.appointment();
        return actors.writer()
                .call(actor -> appointments
                        .find(database.pool(), id)
                        .chain(found -> access.require(actor, found, "appeal.make")))
                .chain(actor -> database.write(tx -> appeal(tx, actor, request))
                        .map(mark -> actor.citizen() ? mark : mark.withoutWords()));
    }

    private Uni<MarkView> appeal(SqlConnection tx, Actor actor, AppealRequest request) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        return store.ofAppointment(tx, request.appointment())
                .onItem()
                .ifNull()
                .failWith(Problems::notFound)
                .chain(marked -> {
                    if (marked.mark().appeal() != null) {
                        return Uni.createFrom().item(marked.mark());
                    }
                    if (marked.mark().erased() != null) {
                        throw BookingRefusals.markErased();
                    }
                    UUID id = Ids.at(now.toInstant().toEpochMilli());
                    OffsetDateTime due = due(now, marked.mark().appealDays());
                    return store.add(tx, id, marked, request.words(), actor, now, due)
                            .chain(() -> store.ofAppointment(tx, request.appointment()))
                            .map(AppealStore.Marked::mark);
                });
    }

    /** The end of the last working day on which it may be answered. */
    private OffsetDateTime due(OffsetDateTime now, int within) {
        return days.after(now.atZoneSameInstant(zone).toLocalDate(), within)
                .plusDays(1)
                .atStartOfDay(zone)
                .toOffsetDateTime();
    }

    /** Open appeals, the one due next first; audited. */
    public Uni<Page<MarkView.Case>> open(int limit, String cursor) {
        return actors.writer()
                .chain(actor -> access.listed(actor, "appeal.list"))
                .chain(() -> store.open(database.pool(), Cursor.decode(cursor), limit + 1))
                .map(rows -> Page.of(
                                rows,
                                limit,
                                row -> new Cursor(
                                        row.mark().appeal().dueAt().toInstant(),
                                        row.mark().appeal().id()))
                        .map(row -> new MarkView.Case(row.mark().appeal().id(), row.person(), row.mark())));
    }

    /** Decides; 409 {@code appeal-decided} when somebody else has. The person is told. */
    public Uni<Void> decide(UUID id, AppealDecision decision) {
        return actors.writer()
                .chain(actor -> database.write(tx -> decide(tx, actor, id, decision)))
                .invoke(news::wake);
    }

    private Uni<Void> decide(SqlConnection tx, Actor actor, UUID id, AppealDecision decision) {
        String answer = decision.answer().strip();
        return store.find(tx, id)
                .onItem()
                .ifNull()
                .failWith(Problems::notFound)
                .call(marked -> store.decide(tx, id, decision.granted(), answer, actor.id(), OffsetDateTime.now(clock))
                        .invoke(open -> {
                            if (!open) {
                                throw BookingRefusals.appealDecided();
                            }
                        }))
                .call(marked -> audit.record(
                        tx,
                        AuditEntry.allowed(actor.kind(), actor.id(), "appeal.decide", marked.person(), id.toString())))
                .chain(marked -> appointments
                        .find(tx, marked.mark().appointment())
                        .chain(appointment -> news.tell(
                                tx,
                                Told.APPEAL_DECIDED,
                                appointment.id(),
                                appointment.person(),
                                appointment.slot(),
                                Map.of("status", decision.granted() ? "GRANTED" : "DENIED", "reason", answer))));
    }
}
