package cn.kangka.api.appointment;

import cn.kangka.api.appointment.ReconciliationPolicy.Kind;
import cn.kangka.api.appointment.ReconciliationPolicy.Theirs;
import cn.kangka.api.appointment.ReconciliationView.Difference;
import cn.kangka.kit.page.Cursor;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Reports of reconciliations. */
@ApplicationScoped
class ReconciliationStore {
    private static final int SHOWN = 200;
    private static final String SELECT = """
            select r.id, r.hospital, r.visit_date, r.listed_at, r.at, r.said, r.agreed, r.unsettled,
                (select count(*) from booking_difference d where d.reconciliation_id = r.id)::int as differing
            from booking_reconciliation r
            """;
    private static final String PAGE = SELECT + """
            where ($1::text[] is null or r.hospital = any($1)) and ($2::timestamptz is null or (r.at, r.id) < ($2, $3))
            order by r.at desc, r.id desc limit $4
            """;

    private final ZoneId zone;

    ReconciliationStore(Clock clock) {
        this.zone = clock.getZone();
    }

    /**
     * What only one side has, or both have otherwise.
     *
     * @param listedOtherwise how many bookings of the list are not here as it says
     * @param unsettled how many of these are not differences yet
     */
    record Compared(List<Difference> differences, int listedOtherwise, int unsettled) {}

    Uni<Compared> differences(SqlConnection tx, String hospital, ReconciliationRequest request, LocalDate today) {
        boolean ahead = request.day().isAfter(today);
        List<ReconciliationRequest.Item> items = request.bookings();
        return tx.preparedQuery("select * from booking_differences($1, $2, $3, $4, $5)")
                .execute(Tuple.of(
                        hospital,
                        request.day(),
                        request.listedAt(),
                        items.stream()
                                .map(ReconciliationRequest.Item::appointment)
                                .toArray(UUID[]::new),
                        items.stream().map(each -> each.status().name()).toArray(String[]::new)))
                .map(rows -> compared(Rows.all(rows, Function.identity()), ahead));
    }

    private static Compared compared(List<Row> rows, boolean ahead) {
        List<Difference> differences = rows.stream()
                .filter(row -> row.getBoolean("settled"))
                .map(row -> {
                    AppointmentStatus ours = ours(row);
                    Theirs theirs = theirs(row);
                    return new Difference(
                            row.getUUID("appointment"), ReconciliationPolicy.kind(ours, theirs, ahead), ours, theirs);
                })
                .toList();
        int listed = (int) rows.stream().filter(row -> theirs(row) != null).count();
        return new Compared(differences, listed, rows.size() - differences.size());
    }

    Uni<Void> add(SqlConnection tx, ReconciliationView report) {
        List<Difference> all = report.differences();
        return tx.preparedQuery("insert into booking_reconciliation (id, hospital, visit_date, listed_at, at, said,"
                        + " agreed, unsettled) values ($1, $2, $3, $4, $5, $6, $7, $8)")
                .execute(Tuple.tuple(Arrays.asList(
                        report.id(),
                        report.hospital(),
                        report.day(),
                        report.listedAt(),
                        report.at(),
                        report.said(),
                        report.agreed(),
                        report.unsettled())))
                .chain(() -> tx.preparedQuery(
                                "insert into booking_difference"
                                        + " (reconciliation_id, place, appointment, kind, ours, theirs)"
                                        + " select $1, d.* from unnest($2::int[], $3::uuid[], $4::text[], $5::text[], $6::text[]) d")
                        .execute(Tuple.of(
                                report.id(),
                                IntStream.rangeClosed(1, all.size()).boxed().toArray(Integer[]::new),
                                all.stream().map(Difference::appointment).toArray(UUID[]::new),
                                all.stream().map(each -> each.kind().name()).toArray(String[]::new),
                                all.stream().map(each -> name(each.ours())).toArray(String[]::new),
                                all.stream().map(each -> name(each.theirs())).toArray(String[]::new))))
                .replaceWithVoid();
    }

    /** What the hospital refused to take a second time is doubtful no longer: its list has it, as of the list's time. */
    Uni<Void> confirm(SqlConnection tx, String hospital, ReconciliationRequest request) {
        return tx.preparedQuery("update appointment set hospital_status = 'ACCEPTED', answered_at = $4"
                        + " where id = any($1) and hospital = $2 and visit_date = $3 and status = 'BOOKED'"
                        + " and hospital_status = 'PENDING' and reordered_at <= $4")
                .execute(Tuple.of(
                        request.bookings().stream()
                                .filter(each -> each.status() != ReconciliationPolicy.Theirs.CANCELLED)
                                .map(each -> each.appointment())
                                .toArray(UUID[]::new),
                        hospital,
                        request.day(),
                        request.listedAt()))
                .replaceWithVoid();
    }

    /** Makes the next order of a booking newer than the last. */
    Uni<Void> renew(SqlConnection tx, UUID appointment, OffsetDateTime now) {
        return tx.preparedQuery("update appointment set version = version + 1, reordered_at = $2 where id = $1")
                .execute(Tuple.of(appointment, now))
                .replaceWithVoid();
    }

    /**
     * Reports, the newest first, without their differences.
     *
     * @param hospitals null for all
     */
    Uni<List<ReconciliationView>> page(SqlClient connection, Set<String> hospitals, Cursor after, int limit) {
        OffsetDateTime at = after == null ? null : after.at().atOffset(ZoneOffset.UTC);
        return connection
                .preparedQuery(PAGE)
                .execute(Tuple.of(
                        hospitals == null ? null : hospitals.toArray(String[]::new),
                        at,
                        after == null ? null : after.id(),
                        limit))
                .map(rows -> Rows.all(rows, row -> view(row, null)));
    }

    /** A report with its first differences; null when there is none. */
    Uni<ReconciliationView> find(SqlClient connection, UUID id) {
        return connection
                .preparedQuery("select appointment, kind, ours, theirs from booking_difference"
                        + " where reconciliation_id = $1 order by place limit " + SHOWN)
                .execute(Tuple.of(id))
                .map(rows -> Rows.all(
                        rows,
                        row -> new Difference(
                                row.getUUID("appointment"),
                                Kind.valueOf(row.getString("kind")),
                                ours(row),
                                theirs(row))))
                .chain(differences -> connection
                        .preparedQuery(SELECT + "where r.id = $1")
                        .execute(Tuple.of(id))
                        .map(rows -> Rows.first(rows, row -> view(row, differences))));
    }

    private ReconciliationView view(Row row, List<Difference> differences) {
        return new ReconciliationView(
                row.getUUID("id"),
                row.getString("hospital"),
                row.getLocalDate("visit_date"),
                row.getOffsetDateTime("listed_at") == null ? null : Rows.time(row, "listed_at", zone),
                Rows.time(row, "at", zone),
                row.getInteger("said"),
                row.getInteger("agreed"),
                row.getInteger("unsettled"),
                row.getInteger("differing"),
                differences);
    }

    private static AppointmentStatus ours(Row row) {
        String name = row.getString("ours");
        return name == null ? null : AppointmentStatus.valueOf(name);
    }

    private static Theirs theirs(Row row) {
        String name = row.getString("theirs");
        return name == null ? null : Theirs.valueOf(name);
    }

    private static String name(Enum<?> value) {
        return value == null ? null : value.name();
    }
}
