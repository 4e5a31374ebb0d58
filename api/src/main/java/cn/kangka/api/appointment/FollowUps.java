package cn.kangka.api.appointment;

import cn.kangka.api.account.Callers;
import cn.kangka.api.account.Denials;
import cn.kangka.api.person.Persons;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.idempotency.Idempotency;
import cn.kangka.kit.idempotency.Idempotency.Answer;
import cn.kangka.kit.problem.Problems;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.util.UUID;

/** Follow-ups (复诊): an institution books for somebody whom it has seen lately, from the reserved units first. */
@ApplicationScoped
public class FollowUps {
    private static final String ROUTE = "/POST /v1/follow-ups";
    private static final String ACTION = "appointment.book";
    private static final String SEEN = """
            select exists (select 1 from appointment where person = $1 and hospital = $2 and visit_date >= $3
                    and status in ('CHECKED_IN', 'COMPLETED'))
                or exists (select 1 from identity i join report r on r.identity = i.id
                    where i.person = $1 and i.source = $2 and r.listed and r.issued_at >= $3::date)
            """;

    private final Database database;
    private final Callers callers;
    private final Denials denials;
    private final Persons persons;
    private final ExemptBooking booking;
    private final Idempotency idempotency;
    private final ObjectMapper json;
    private final Clock clock;
    private final int months;

    FollowUps(
            Database database,
            Callers callers,
            Denials denials,
            Persons persons,
            ExemptBooking booking,
            Idempotency idempotency,
            ObjectMapper json,
            Clock clock,
            AppointmentConfig config) {
        this.database = database;
        this.callers = callers;
        this.denials = denials;
        this.persons = persons;
        this.booking = booking;
        this.idempotency = idempotency;
        this.json = json;
        this.clock = clock;
        this.months = config.followUpMonths();
    }

    /**
     * Books a follow-up at the calling institution.
     *
     * @param key the request's {@code Idempotency-Key}
     * @return 201 with an {@link AppointmentView} as JSON; 404 for another institution's slot, 409 {@code
     *     follow-up-not-seen} for somebody whom the institution has not seen
     */
    public Uni<Answer> book(String key, FollowUpRequest request) {
        if ((request.personId() == null) == (request.cardCode() == null)) {
            return Uni.createFrom().failure(Problems.invalid("personId", "person-or-card-code"));
        }
        String scope = callers.actorKind() + ":" + callers.actor() + ROUTE;
        return answeredBefore(scope, key, request)
                .chain(before -> before ? Uni.createFrom().<UUID>nullItem() : person(request))
                .chain(person -> idempotency.once(scope, key, request, tx -> book(tx, person, request.slotId())))
                .invoke(booking::wake);
    }

    /** A card code is good for one use: the second request with a key must not use it again. */
    private Uni<Boolean> answeredBefore(String scope, String key, FollowUpRequest request) {
        if (key == null || key.isBlank()) {
            return Uni.createFrom().item(true); // Refused below, with the code unused.
        }
        return request.cardCode() == null ? Uni.createFrom().item(false) : idempotency.answered(scope, key);
    }

    private Uni<UUID> person(FollowUpRequest request) {
        return booking.hospitalOf(request.slotId()).chain(hospital -> {
            if (!callers.sources().contains(hospital)) {
                return denials.notFound(
                        ACTION, request.personId(), request.slotId().toString());
            }
            Uni<UUID> person = request.personId() == null
                    ? booking.holderOf(request.cardCode(), hospital, callers.actor())
                    : persons.current(database.pool(), request.personId());
            return person.chain(found -> seen(found, hospital)
                    .chain(seen -> seen
                            ? Uni.createFrom().item(found)
                            : denials.refuse(BookingRefusals.notSeen(months), ACTION, found, null)));
        });
    }

    private Uni<Boolean> seen(UUID person, String hospital) {
        return database.pool()
                .preparedQuery(SEEN)
                .execute(Tuple.of(person, hospital, LocalDate.now(clock).minusMonths(months)))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    private Uni<Answer> book(SqlConnection tx, UUID person, UUID slot) {
        return booking.book(tx, person, slot, VisitKind.FOLLOW_UP, false).map(view -> new Answer(201, write(view)));
    }

    private String write(AppointmentView view) {
        try {
            return json.writeValueAsString(view);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a booking that is not JSON", e);
        }
    }
}
