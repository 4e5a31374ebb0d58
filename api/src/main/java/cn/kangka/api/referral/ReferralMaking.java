package cn.kangka.api.referral;

import cn.kangka.api.account.Callers;
import cn.kangka.api.account.Denials;
import cn.kangka.api.appointment.AppointmentView;
import cn.kangka.api.appointment.ExemptBooking;
import cn.kangka.api.appointment.VisitKind;
import cn.kangka.api.person.Persons;
import cn.kangka.api.record.SharedReports;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.id.Ids;
import cn.kangka.kit.idempotency.Idempotency;
import cn.kangka.kit.idempotency.Idempotency.Answer;
import cn.kangka.kit.problem.Problems;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Makes referrals: whom, from where to where, with which documents, and at once a unit if one is wanted. */
@ApplicationScoped
class ReferralMaking {
    private static final String ROUTE = "/POST /v1/referrals";
    private static final String ACTION = "referral.make";
    private static final String REGISTERED = "select exists (select 1 from identity where person = $1 and source = $2)";
    private static final String PLACES = """
            select exists (select 1 from hospital where id = $1) as from_known,
                exists (select 1 from hospital where id = $2 and known) as to_known,
                $3::uuid is null or exists (select 1 from department where id = $3 and hospital = $2) as department_known,
                $4::uuid is null or exists (select 1 from practitioner where id = $4 and hospital = $2) as doctor_known
            """;

    private final Database database;
    private final Callers callers;
    private final Denials denials;
    private final Persons persons;
    private final ExemptBooking booking;
    private final SharedReports reports;
    private final Idempotency idempotency;
    private final ReferralStore store;
    private final ReferralChangeStore changes;
    private final ReferralMoves moves;
    private final ReferralNews news;
    private final Audit audit;
    private final ObjectMapper json;
    private final Clock clock;

    ReferralMaking(
            Database database,
            Callers callers,
            Denials denials,
            Persons persons,
            ExemptBooking booking,
            SharedReports reports,
            Idempotency idempotency,
            ReferralStore store,
            ReferralChangeStore changes,
            ReferralMoves moves,
            ReferralNews news,
            Audit audit,
            ObjectMapper json,
            Clock clock) {
        this.database = database;
        this.callers = callers;
        this.denials = denials;
        this.persons = persons;
        this.booking = booking;
        this.reports = reports;
        this.idempotency = idempotency;
        this.store = store;
        this.changes = changes;
        this.moves = moves;
        this.news = news;
        this.audit = audit;
        this.json = json;
        this.clock = clock;
    }

    /** 201 with a {@link ReferralView} as JSON. */
    Uni<Answer> make(String key, ReferralRequest request) {
        if ((request.personId() == null) == (request.cardCode() == null)) {
            return Uni.createFrom().failure(Problems.invalid("personId", "person-or-card-code"));
        }
        String from = sender(request);
        String scope = callers.actorKind() + ":" + callers.actor() + ROUTE;
        return answeredBefore(scope, key, request)
                .chain(before -> before
                        ? Uni.createFrom().<UUID>nullItem()
                        : places(from, request).chain(() -> person(from, request)))
                .chain(person -> idempotency.once(scope, key, request, tx -> make(tx, from, person, request)))
                .chain(kept -> whole(kept, request))
                .invoke(news::wake)
                .invoke(booking::wake);
    }

    private String sender(ReferralRequest request) {
        Set<String> own = callers.sources();
        String from = request.fromHospital() == null && own.size() == 1
                ? own.iterator().next()
                : request.fromHospital();
        if (from == null || !own.contains(from)) {
            throw Problems.invalid("fromHospital", "own-institution");
        }
        if (from.equals(request.toHospital())) {
            throw Problems.invalid("toHospital", "other-institution");
        }
        return from;
    }

    /** A card code is good for one use: the second request with a key must not use it again. */
    private Uni<Boolean> answeredBefore(String scope, String key, ReferralRequest request) {
        if (key == null || key.isBlank()) {
            return Uni.createFrom().item(true); // Refused below, with the code unused.
        }
        return request.cardCode() == null ? Uni.createFrom().item(false) : idempotency.answered(scope, key);
    }

    private Uni<Void> places(String from, ReferralRequest request) {
        return database.pool()
                .preparedQuery(PLACES)
                .execute(Tuple.of(from, request.toHospital(), request.toDepartment(), request.toDoctor()))
                .map(rows -> rows.iterator().next())
                .invoke(row -> {
                    require(row.getBoolean("from_known"), "fromHospital");
                    require(row.getBoolean("to_known"), "toHospital");
                    require(row.getBoolean("department_known"), "toDepartment");
                    require(row.getBoolean("doctor_known"), "toDoctor");
                })
                .chain(() -> request.slotId() == null
                        ? Uni.createFrom().voidItem()
                        : booking.hospitalOf(request.slotId())
                                .invoke(hospital -> require(hospital.equals(request.toHospital()), "slotId"))
                                .replaceWithVoid());
    }

    private static void require(boolean right, String field) {
        if (!right) {
            throw Problems.invalid(field, "other-institution");
        }
    }

    /** Whoever shows the code is there; anybody else must be registered where they are referred from. */
    private Uni<UUID> person(String from, ReferralRequest request) {
        if (request.cardCode() != null) {
            return booking.holderOf(request.cardCode(), from, callers.actor());
        }
        return persons.current(database.pool(), request.personId()).chain(person -> database.pool()
                .preparedQuery(REGISTERED)
                .execute(Tuple.of(person, from))
                .chain(rows -> rows.iterator().next().getBoolean(0)
                        ? Uni.createFrom().item(person)
                        : denials.notFound(ACTION, person, null)));
    }

    private Uni<Answer> make(SqlConnection tx, String from, UUID named, ReferralRequest request) {
        UUID id = Ids.at(clock.instant().toEpochMilli());
        return persons.currentLocked(tx, named).chain(person -> documents(tx, from, person, request)
                .chain(found ->
                        booked(tx, person, request).chain(visit -> write(tx, id, from, person, request, found, visit)))
                .chain(() -> store.find(tx, id))
                .chain(view -> store.steps(tx, id).map(steps -> view.whole(List.of(), steps)))
                .map(view -> new Answer(201, text(view.discreet()))));
    }

    /**
     * Kept answers lie open for a day, so neither the reason nor a document's title is in them; whoever has the key and the request
     * has said the one, and the others are those that are shared now.
     */
    private Uni<Answer> whole(Answer kept, ReferralRequest request) {
        try {
            ObjectNode view = (ObjectNode) json.readTree(kept.body());
            view.set(
                    "reason",
                    json.valueToTree(new ReferralView.Reason(
                            request.icd10(), request.reason().strip())));
            return store.documents(
                            database.pool(), UUID.fromString(view.path("id").asText()))
                    .map(shown -> new Answer(kept.status(), text(view.set("shared", json.valueToTree(shown)))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a kept referral that is not JSON", e);
        }
    }

    private Uni<List<UUID>> documents(SqlConnection tx, String from, UUID person, ReferralRequest request) {
        return reports.byNumbers(tx, person, from, request.reports()).invoke(found -> {
            if (found.size() < request.reports().stream().distinct().count()) {
                throw Problems.invalid("reports", "unknown-report");
            }
        });
    }

    private Uni<UUID> booked(SqlConnection tx, UUID person, ReferralRequest request) {
        return request.slotId() == null
                ? Uni.createFrom().nullItem()
                : booking.book(tx, person, request.slotId(), VisitKind.REFERRAL, true)
                        .map(AppointmentView::id);
    }

    private Uni<Void> write(
            SqlConnection tx,
            UUID id,
            String from,
            UUID person,
            ReferralRequest request,
            List<UUID> documents,
            UUID visit) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        ReferralStatus status = visit == null ? ReferralStatus.REQUESTED : ReferralStatus.BOOKED;
        Consent consent = consent(documents, request);
        String kind = callers.actorKind();
        String by = callers.actor();
        return changes.add(
                        tx,
                        new ReferralChangeStore.New(
                                id, person, from, request, status, consent, visit, null, kind, by, now, moves.expiry()))
                .chain(() -> changes.document(tx, id, documents))
                .chain(() -> changes.step(tx, id, status, "SENDER", by, now))
                .chain(() -> audit.record(tx, AuditEntry.allowed(kind, by, ACTION, person, id.toString())))
                .chain(() ->
                        news.made(tx, new Referral(id, person, from, request.toHospital(), status, consent, visit)));
    }

    private static Consent consent(List<UUID> documents, ReferralRequest request) {
        if (documents.isEmpty()) {
            return Consent.NONE;
        }
        return Boolean.TRUE.equals(request.consentOnPaper()) ? Consent.PAPER : Consent.ASKED;
    }

    private String text(Object view) {
        try {
            return json.writeValueAsString(view);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a referral that is not JSON", e);
        }
    }
}
