package cn.kangka.api.referral;

import cn.kangka.api.account.Callers;
import cn.kangka.api.account.Denials;
import cn.kangka.api.appointment.ExemptBooking;
import cn.kangka.api.appointment.VisitKind;
import cn.kangka.api.person.Person;
import cn.kangka.api.person.Persons;
import cn.kangka.api.record.ReportView;
import cn.kangka.api.record.SharedReports;
import cn.kangka.api.referral.ReferralPolicy.Act;
import cn.kangka.api.referral.ReferralPolicy.Side;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.idempotency.Idempotency.Answer;
import cn.kangka.kit.page.Cursor;
import cn.kangka.kit.page.Page;
import cn.kangka.kit.problem.Problems;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What the two institutions of a referral do with it. For any other it does not exist. */
@ApplicationScoped
public class Referrals {
    private final Database database;
    private final Callers callers;
    private final Denials denials;
    private final Persons persons;
    private final ReferralStore store;
    private final ReferralMoves moves;
    private final ReferralMaking making;
    private final ReferralNews news;
    private final ExemptBooking booking;
    private final SharedReports reports;
    private final Audit audit;

    Referrals(
            Database database,
            Callers callers,
            Denials denials,
            Persons persons,
            ReferralStore store,
            ReferralMoves moves,
            ReferralMaking making,
            ReferralNews news,
            ExemptBooking booking,
            SharedReports reports,
            Audit audit) {
        this.database = database;
        this.callers = callers;
        this.denials = denials;
        this.persons = persons;
        this.store = store;
        this.moves = moves;
        this.making = making;
        this.news = news;
        this.booking = booking;
        this.reports = reports;
        this.audit = audit;
    }

    /** Refers somebody; 201 with a {@link ReferralView} as JSON, the same again for the same key. */
    public Uni<Answer> make(String key, ReferralRequest request) {
        return making.make(key, request);
    }

    /**
     * Referrals that one of the caller's institutions sent or received, the newest first; without reasons.
     *
     * @param from the sending institution, {@code to} the receiving one; one of them, and the caller's
     */
    public Uni<Page<ReferralView>> list(String from, String to, ReferralStatus status, int limit, String cursor) {
        boolean sent = from != null && callers.sources().contains(from);
        boolean received = to != null && callers.sources().contains(to);
        if (!sent && !received || from != null && to != null) {
            return Uni.createFrom().failure(Problems.invalid(from == null ? "to" : "from", "own-institution"));
        }
        Cursor after = Cursor.decode(cursor);
        ReferralStore.Box box = sent ? ReferralStore.Box.SENT : ReferralStore.Box.RECEIVED;
        return audit.record(AuditEntry.allowed(callers.actorKind(), callers.actor(), "referral.list", null, null))
                .chain(() -> store.list(
                        database.pool(),
                        box,
                        sent ? from : to,
                        status == null ? null : status.name(),
                        after,
                        limit + 1))
                .map(rows -> Page.of(rows, limit, row -> new Cursor(row.madeAt().toInstant(), row.id()))
                        .map(ReferralView::discreet));
    }

    /** One, whole; audited. */
    public Uni<ReferralView> one(UUID id) {
        return store.find(database.pool(), id).chain(view -> {
            Set<Side> sides =
                    view == null ? Set.of() : sides(view.from().id(), view.to().id());
            return sides.isEmpty()
                    ? denials.notFound("referral.read", view == null ? null : view.person(), id.toString())
                    : seen("referral.read", view.person(), id).chain(() -> whole(view, sides));
        });
    }

    private Uni<ReferralView> whole(ReferralView view, Set<Side> sides) {
        boolean mine = sides.contains(Side.SENDER);
        if (!mine && !view.status().shared()) {
            return store.steps(database.pool(), view.id())
                    .map(steps -> view.discreet().whole(List.of(), steps));
        }
        Uni<List<ReferralView.Document>> documents = mine || documentsShown(view)
                ? store.documents(database.pool(), view.id())
                : Uni.createFrom().item(List.of());
        return documents.chain(found -> store.steps(database.pool(), view.id())
                .chain(steps -> persons.find(database.pool(), view.person())
                        .map(person -> view.about(subject(person)).whole(found, steps))));
    }

    private static ReferralView.Subject subject(Person person) {
        return person == null ? null : new ReferralView.Subject(person.name(), person.sex(), person.birthDate());
    }

    private static boolean documentsShown(ReferralView view) {
        return view.status().shared() && view.consent().given();
    }

    /** One of its documents, for the receiving institution while the person agrees; audited in the person's log. */
    public Uni<ReportView> document(UUID id, UUID report) {
        return store.find(database.pool(), id).chain(view -> {
            boolean may = view != null && callers.sources().contains(view.to().id()) && documentsShown(view);
            return !may
                    ? denials.notFound("referral.document", view == null ? null : view.person(), report.toString())
                    : store.documents(database.pool(), id)
                            .chain(documents -> documents.stream()
                                            .noneMatch(each -> each.report().equals(report))
                                    ? denials.notFound("referral.document", view.person(), report.toString())
                                    : seen("referral.document", view.person(), report)
                                            .chain(() -> reports.read(view.person(), report)));
        });
    }

    /** Does something with it; 409 {@code referral-state} when it is too late for that, 403 when it is the other side's. */
    public Uni<ReferralView> act(UUID id, String name, ReferralAct with) {
        Act act =
                switch (name) {
                    case "accept" -> with.slotId() == null ? Act.ACCEPT : Act.BOOK;
                    case "decline" -> Act.DECLINE;
                    case "cancel" -> Act.CANCEL;
                    case "seen" -> Act.SEE;
                    case "report-back" -> Act.REPORT_BACK;
                    default -> throw Problems.notFound();
                };
        boolean words = act == Act.DECLINE || act == Act.REPORT_BACK;
        if (words && (with.text() == null || with.text().isBlank())) {
            return Uni.createFrom().failure(Problems.invalid("text", "required"));
        }
        return store.find(database.pool(), id)
                .chain(found -> found == null
                                || sides(found.from().id(), found.to().id()).isEmpty()
                        ? denials.notFound("referral." + name, found == null ? null : found.person(), id.toString())
                        : inside(found, with.slotId()))
                .chain(() -> database.write(tx -> act(tx, id, act, with)))
                .invoke(news::wake)
                .invoke(booking::wake)
                .chain(() -> one(id));
    }

    /** A slot that is booked is one of the receiving institution's. */
    private Uni<Void> inside(ReferralView view, UUID slot) {
        return slot == null
                ? Uni.createFrom().voidItem()
                : booking.hospitalOf(slot)
                        .invoke(hospital -> {
                            if (!hospital.equals(view.to().id())) {
                                throw Problems.invalid("slotId", "other-institution");
                            }
                        })
                        .replaceWithVoid();
    }

    private Uni<Void> act(SqlConnection tx, UUID id, Act act, ReferralAct with) {
        return moves.lock(tx, id).chain(referral -> {
            Set<Side> sides = sides(referral.from(), referral.to());
            return switch (ReferralPolicy.decide(referral.status(), act, sides)) {
                case ALREADY ->
                    act == Act.BOOK
                            ? sameSlot(tx, referral, with)
                            : Uni.createFrom().voidItem();
                case NOT_YOURS -> denials.forbidden("referral.act", referral.person(), id.toString());
                case IMPOSSIBLE -> Uni.createFrom().failure(ReferralRefusals.state());
                case MOVE -> move(tx, referral, act, with, by(sides, act));
            };
        });
    }

    /** To book again what is booked changes nothing; to book something else instead is for the booking's own routes. */
    private Uni<Void> sameSlot(SqlConnection tx, Referral referral, ReferralAct with) {
        return booking.isAt(tx, referral.appointment(), with.slotId())
                .invoke(same -> {
                    if (!same) {
                        throw ReferralRefusals.state();
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Void> move(SqlConnection tx, Referral referral, Act act, ReferralAct with, ReferralMoves.By by) {
        String text = with.text() == null || with.text().isBlank()
                ? null
                : with.text().strip();
        return act != Act.BOOK
                ? moves.move(tx, referral, act, referral.appointment(), text, by)
                : booking.book(tx, referral.person(), with.slotId(), VisitKind.REFERRAL, true)
                        .chain(booked -> moves.move(tx, referral, act, booked.id(), text, by));
    }

    private ReferralMoves.By by(Set<Side> sides, Act act) {
        Side side = sides.contains(Side.RECEIVER) && act != Act.CANCEL
                ? Side.RECEIVER
                : sides.iterator().next();
        return new ReferralMoves.By(callers.actorKind(), callers.actor(), side.name());
    }

    private Set<Side> sides(String from, String to) {
        Set<Side> sides = EnumSet.noneOf(Side.class);
        Set<String> own = callers.sources();
        if (own.contains(from)) {
            sides.add(Side.SENDER);
        }
        if (own.contains(to)) {
            sides.add(Side.RECEIVER);
        }
        return sides;
    }

    private Uni<Void> seen(String action, UUID person, UUID object) {
        return audit.record(
                AuditEntry.allowed(callers.actorKind(), callers.actor(), action, person, object.toString()));
    }
}
