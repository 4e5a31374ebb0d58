package cn.kangka.api.referral;

import cn.kangka.kit.page.Cursor;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** Reads referrals. */
@ApplicationScoped
class ReferralStore {
    private static final String SELECT = """
            select r.id, r.status, r.direction, r.urgency, r.person, r.from_source, f.name as from_name, r.to_source,
                t.name as to_name, d.name as department_name, p.name as doctor_name, r.reason, r.preferred_from,
                r.preferred_to, r.appointment, a.start_at, a.end_at, a.status as visit_status, r.consent, r.answer, r.reply,
                r.made_at, r.changed_at, r.expires_at,
                (select count(*)::int from referral_document x where x.referral = r.id) as documents
            from referral r
            join hospital f on f.id = r.from_source
            join hospital t on t.id = r.to_source
            left join department d on d.id = r.department_id
            left join practitioner p on p.id = r.practitioner_id
            left join appointment a on a.id = r.appointment
            """;
    private static final String PAGE = """
            and ($2::text is null or r.status = $2) and ($3::timestamptz is null or (r.made_at, r.id) < ($3, $4))
            order by r.made_at desc, r.id desc limit $5
            """;
    private static final String DOCUMENTS = """
            select x.report, r.title, r.issued_at from referral_document x
            join referral f on f.id = x.referral
            join report r on r.id = x.report and r.released_at is not null and not r.withdrawn
            join identity i on i.id = r.identity and i.person = f.person
            where x.referral = $1 order by x.position
            """;

    private final ReferralTexts texts;
    private final ZoneId zone;

    ReferralStore(ReferralTexts texts, Clock clock) {
        this.texts = texts;
        this.zone = clock.getZone();
    }

    /** One; null when there is none. */
    Uni<ReferralView> find(SqlClient connection, UUID id) {
        return connection
                .preparedQuery(SELECT + "where r.id = $1")
                .execute(Tuple.of(id))
                .map(rows -> first(rows, this::view));
    }

    /** Those of one person, or of an institution on either side, the newest first. */
    Uni<List<ReferralView>> list(SqlClient connection, Box box, Object whose, String status, Cursor after, int limit) {
        return connection
                .preparedQuery(SELECT + "where " + box.column + " = $1 " + PAGE)
                .execute(Tuple.tuple(Arrays.asList(
                        whose,
                        status,
                        after == null ? null : after.at().atOffset(ZoneOffset.UTC),
                        after == null ? null : after.id(),
                        limit)))
                .map(rows -> all(rows, this::view));
    }

    /** Whose list. */
    enum Box {
        PERSON("r.person"),
        SENT("r.from_source"),
        RECEIVED("r.to_source");

        private final String column;

        Box(String column) {
            this.column = column;
        }
    }

    /** The reports that go with it, while they are the person's and readable: a title tells as much as a report. */
    Uni<List<ReferralView.Document>> documents(SqlClient connection, UUID referral) {
        return connection
                .preparedQuery(DOCUMENTS)
                .execute(Tuple.of(referral))
                .map(rows -> all(
                        rows,
                        row -> new ReferralView.Document(
                                row.getUUID("report"), row.getString("title"), time(row, "issued_at"))));
    }

    /** Every state it was in; who made it so is told by side. */
    Uni<List<ReferralView.Step>> steps(SqlClient connection, UUID referral) {
        return connection
                .preparedQuery("select status, at, by_kind from referral_step where referral = $1 order by position")
                .execute(Tuple.of(referral))
                .map(rows -> all(
                        rows,
                        row -> new ReferralView.Step(
                                ReferralStatus.valueOf(row.getString("status")),
                                time(row, "at"),
                                row.getString("by_kind"))));
    }

    private ReferralView view(Row row) {
        UUID appointment = row.getUUID("appointment");
        return new ReferralView(
                row.getUUID("id"),
                ReferralStatus.valueOf(row.getString("status")),
                ReferralRequest.Direction.valueOf(row.getString("direction")),
                ReferralRequest.Urgency.valueOf(row.getString("urgency")),
                row.getUUID("person"),
                null,
                new ReferralView.Institution(row.getString("from_source"), row.getString("from_name")),
                new ReferralView.Institution(row.getString("to_source"), row.getString("to_name")),
                row.getString("department_name"),
                row.getString("doctor_name"),
                texts.reason(row),
                row.getLocalDate("preferred_from"),
                row.getLocalDate("preferred_to"),
                appointment == null
                        ? null
                        : new ReferralView.Visit(
                                appointment, time(row, "start_at"), time(row, "end_at"), row.getString("visit_status")),
                Consent.valueOf(row.getString("consent")),
                row.getInteger("documents"),
                null,
                texts.opened(row, "answer"),
                texts.opened(row, "reply"),
                time(row, "made_at"),
                time(row, "changed_at"),
                time(row, "expires_at"),
                null);
    }

    private OffsetDateTime time(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.atZoneSameInstant(zone).toOffsetDateTime();
    }

    static <T> List<T> all(RowSet<Row> rows, Function<Row, T> reading) {
        return StreamSupport.stream(rows.spliterator(), false).map(reading).toList();
    }

    static <T> T first(RowSet<Row> rows, Function<Row, T> reading) {
        return rows.iterator().hasNext() ? reading.apply(rows.iterator().next()) : null;
    }
}
