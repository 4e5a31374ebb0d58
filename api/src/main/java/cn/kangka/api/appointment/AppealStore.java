package cn.kangka.api.appointment;

import cn.kangka.api.policy.Rule;
import cn.kangka.api.policy.Rules;
import cn.kangka.kit.page.Cursor;
import cn.kangka.kit.sealing.Sealer;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** Marks of bookings, and appeals against them. */
@ApplicationScoped
class AppealStore {
    private static final String PURPOSE = "appeal";
    private static final String SELECT = """
            select a.id as appointment, a.person, a.late_cancel, coalesce(a.missed_at, a.cancelled_at) as at, a.hospital,
                h.name as hospital_name, d.name as department_name, p.name as doctor_name, a.start_at, a.mark_erased_at,
                hospital_policies(a.hospital) as policies,
                x.id, x.status, x.words, x.asked_at, x.due_at, x.decided_at, x.answer
            from appointment a
            join hospital h on h.id = a.hospital
            join department d on d.id = a.department_id
            join practitioner p on p.id = a.practitioner_id
            """;
    private static final String OF_PERSON = SELECT + """
            left join appeal x on x.appointment = a.id
            where a.person = $1 and not a.exempt and (a.late_cancel or a.missed_at is not null)
                and ($2::timestamptz is null or (a.start_at, a.id) < ($2, $3))
            order by a.start_at desc, a.id desc limit $4
            """;
    private static final String OPEN = SELECT + """
            join appeal x on x.appointment = a.id
            where x.status = 'OPEN' and ($1::timestamptz is null or (x.due_at, x.id) > ($1, $2))
            order by x.due_at, x.id limit $3
            """;

    private final Sealer sealer;
    private final Rules rules;
    private final ZoneId zone;

    AppealStore(Sealer sealer, Clock clock, Rules rules) {
        this.rules = rules;
        this.sealer = sealer;
        this.zone = clock.getZone();
    }

    /** A mark with the person whose it is. */
    record Marked(UUID person, MarkView mark) {}

    /** A person's marks, the newest visit first. */
    Uni<List<Marked>> ofPerson(SqlClient connection, UUID person, Cursor after, int limit) {
        return connection
                .preparedQuery(OF_PERSON)
                .execute(Tuple.of(person, at(after), id(after), limit))
                .map(rows -> Rows.all(rows, this::marked));
    }

    /** Open appeals, the one due next first. */
    Uni<List<Marked>> open(SqlClient connection, Cursor after, int limit) {
        return connection
                .preparedQuery(OPEN)
                .execute(Tuple.of(at(after), id(after), limit))
                .map(rows -> Rows.all(rows, this::marked));
    }

    /** The mark of a booking; null when it has none. */
    Uni<Marked> ofAppointment(SqlClient connection, UUID appointment) {
        return connection
                .preparedQuery(SELECT + "left join appeal x on x.appointment = a.id"
                        + " where a.id = $1 and not a.exempt and (a.late_cancel or a.missed_at is not null)")
                .execute(Tuple.of(appointment))
                .map(rows -> Rows.first(rows, this::marked));
    }

    /** An appeal with its mark; null when there is none. */
    Uni<Marked> find(SqlClient connection, UUID id) {
        return connection
                .preparedQuery(SELECT + "join appeal x on x.appointment = a.id where x.id = $1")
                .execute(Tuple.of(id))
                .map(rows -> Rows.first(rows, this::marked));
    }

    /** Adds an appeal unless the mark has one. */
    Uni<Void> add(
            SqlConnection tx, UUID id, Marked of, String words, Actor actor, OffsetDateTime now, OffsetDateTime due) {
        return tx.preparedQuery("insert into appeal (id, appointment, kind, words, asked_at, asked_by_kind, asked_by,"
                        + " due_at) values ($1, $2, $3, $4, $5, $6, $7, $8)"
                        + " on conflict (appointment) do nothing")
                .execute(Tuple.tuple(Arrays.asList(
                        id,
                        of.mark().appointment(),
                        of.mark().kind().name(),
                        words == null || words.isBlank() ? null : Buffer.buffer(sealer.seal(PURPOSE, words.strip())),
                        now,
                        actor.kind(),
                        actor.id(),
                        due)))
                .replaceWithVoid();
    }

    /** Decides an open appeal; a granted one erases the mark. False when it is not open. */
    Uni<Boolean> decide(SqlConnection tx, UUID id, boolean granted, String answer, String by, OffsetDateTime now) {
        return tx.preparedQuery(
                        "with decided as (update appeal set status = case when $2 then 'GRANTED' else 'DENIED' end,"
                                + " answer = $3, decided_by = $4, decided_at = $5 where id = $1 and status = 'OPEN'"
                                + " returning appointment), erased as (update appointment a set mark_erased_at = $5 from decided d"
                                + " where $2 and a.id = d.appointment and a.mark_erased_at is null)"
                                + " select appointment from decided")
                .execute(Tuple.of(id, granted, answer, by, now))
                .map(rows -> rows.size() == 1);
    }

    private static OffsetDateTime at(Cursor cursor) {
        return cursor == null ? null : cursor.at().atOffset(ZoneOffset.UTC);
    }

    private static UUID id(Cursor cursor) {
        return cursor == null ? null : cursor.id();
    }

    private Marked marked(Row row) {
        UUID appeal = row.getUUID("id");
        return new Marked(
                row.getUUID("person"),
                new MarkView(
                        row.getUUID("appointment"),
                        row.getBoolean("late_cancel") ? MarkView.Kind.LATE_CANCEL : MarkView.Kind.NO_SHOW,
                        Rows.time(row, "at", zone),
                        row.getString("hospital"),
                        row.getString("hospital_name"),
                        row.getString("department_name"),
                        row.getString("doctor_name"),
                        Rows.time(row, "start_at", zone),
                        Rows.time(row, "mark_erased_at", zone),
                        rules.at(row.getJsonObject("policies")).get(Rule.APPEAL_DAYS),
                        appeal == null ? null : appeal(row, appeal)));
    }

    private MarkView.Appeal appeal(Row row, UUID id) {
        var words = row.getBuffer("words");
        return new MarkView.Appeal(
                id,
                MarkView.Status.valueOf(row.getString("status")),
                words == null ? null : sealer.open(PURPOSE, words.getBytes()),
                Rows.time(row, "asked_at", zone),
                Rows.time(row, "due_at", zone),
                Rows.time(row, "decided_at", zone),
                row.getString("answer"));
    }
}
