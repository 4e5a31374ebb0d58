package cn.kangka.api.schedule;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** The tables of templates and exceptions. */
@ApplicationScoped
class TemplateStore {
    private static final String SAVE = """
            insert into schedule_template (id, hospital, weekday, half, department, doctor, role, first_band, band_minutes,
                bands, units, fee, mode, valid_from, valid_to, changed_at, changed_by, modality)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $19)
            on conflict (id) do update set weekday = excluded.weekday, half = excluded.half,
                department = excluded.department, doctor = excluded.doctor, role = excluded.role,
                first_band = excluded.first_band, band_minutes = excluded.band_minutes, bands = excluded.bands,
                units = excluded.units, fee = excluded.fee, mode = excluded.mode, modality = excluded.modality, valid_from = excluded.valid_from,
                valid_to = excluded.valid_to, version = schedule_template.version + 1,
                changed_at = excluded.changed_at, changed_by = excluded.changed_by
            where schedule_template.hospital = excluded.hospital and ($18::bigint is null or schedule_template.version = $18)
            returning version
            """;
    private static final String SAVE_EXCEPTION = """
            insert into schedule_exception (id, hospital, day, kind, half, department, doctor, weekday, template_id, role,
                reason, changed_at, changed_by)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            on conflict (id) do update set day = excluded.day, kind = excluded.kind, half = excluded.half,
                department = excluded.department, doctor = excluded.doctor, weekday = excluded.weekday,
                template_id = excluded.template_id, role = excluded.role, reason = excluded.reason,
                changed_at = excluded.changed_at, changed_by = excluded.changed_by
            where schedule_exception.hospital = excluded.hospital
            returning id
            """;
    private static final String WANTED = """
            insert into schedule_layout (hospital, wanted_at) values ($1, $2)
            on conflict (hospital) do update
                set wanted_at = greatest(excluded.wanted_at, schedule_layout.wanted_at + interval '1 microsecond')
            """;

    /** The code of who works where; null when the doctor does not work there. */
    Uni<String> role(SqlClient connection, String hospital, String doctor, String department) {
        return connection
                .preparedQuery("select r.code from practitioner_role r join practitioner p on p.id = r.practitioner_id"
                        + " join department d on d.id = r.department_id"
                        + " where p.hospital = $1 and p.code = $2 and d.hospital = $1 and d.code = $3"
                        + " and p.known and d.known order by r.code limit 1")
                .execute(Tuple.of(hospital, doctor, department))
                .map(rows -> first(rows, row -> row.getString(0)));
    }

    /** Its version; null when it is another hospital's, or no longer of the version that was seen. */
    Uni<Long> save(SqlConnection tx, String hospital, Template template, Long seen, OffsetDateTime now, String by) {
        return tx.preparedQuery(SAVE)
                .execute(Tuple.tuple(Arrays.asList(
                        template.id(),
                        hospital,
                        template.weekday(),
                        template.half(),
                        template.department(),
                        template.doctor(),
                        template.role(),
                        template.firstBand(),
                        template.minutes(),
                        template.bands(),
                        template.units(),
                        template.fee(),
                        template.draw() ? "DRAW" : "BOOK",
                        template.from(),
                        template.to(),
                        now,
                        by,
                        seen,
                        template.modality())))
                .map(rows -> first(rows, row -> row.getLong(0)));
    }

    /** False when the id is another hospital's. */
    Uni<Boolean> save(
            SqlConnection tx,
            UUID id,
            String hospital,
            PlanException exception,
            String reason,
            OffsetDateTime now,
            String by) {
        return tx.preparedQuery(SAVE_EXCEPTION)
                .execute(Tuple.tuple(Arrays.asList(
                        id,
                        hospital,
                        exception.day(),
                        exception.kind().name(),
                        exception.half(),
                        exception.department(),
                        exception.doctor(),
                        exception.weekday(),
                        exception.template(),
                        exception.role(),
                        reason,
                        now,
                        by)))
                .map(rows -> rows.rowCount() == 1);
    }

    /** The template of a hospital; null when there is none. */
    Uni<Template> template(SqlClient connection, String hospital, UUID id) {
        return connection
                .preparedQuery("select * from schedule_template where id = $1 and hospital = $2")
                .execute(Tuple.of(id, hospital))
                .map(rows -> first(rows, TemplateStore::template));
    }

    /** All templates of a hospital that hold some time from a day on. */
    Uni<List<Template>> templates(SqlClient connection, String hospital, LocalDate from) {
        return connection
                .preparedQuery("select * from schedule_template where hospital = $1"
                        + " and (valid_to is null or valid_to >= $2) order by id")
                .execute(Tuple.of(hospital, from))
                .map(rows -> all(rows, TemplateStore::template));
    }

    /** Those of a period, but for one. */
    Uni<List<PlanException>> exceptions(
            SqlClient connection, String hospital, LocalDate from, LocalDate to, UUID without) {
        return connection
                .preparedQuery("select * from schedule_exception where hospital = $1 and day between $2 and $3"
                        + " and id <> $4 order by day, id")
                .execute(Tuple.of(hospital, from, to, without))
                .map(rows -> all(rows, TemplateStore::exception));
    }

    Uni<List<TemplateView>> page(SqlClient connection, String hospital, UUID after, int limit) {
        return connection
                .preparedQuery("select * from schedule_template where hospital = $1 and id > $2 order by id limit $3")
                .execute(Tuple.of(hospital, after, limit))
                .map(rows -> all(rows, row -> view(template(row), hospital, row.getLong("version"))));
    }

    Uni<List<ExceptionView>> exceptionPage(
            SqlClient connection, String hospital, LocalDate from, LocalDate day, UUID after, int limit) {
        return connection
                .preparedQuery("select * from schedule_exception where hospital = $1 and day >= $2"
                        + " and (day, id) > ($3, $4) order by day, id limit $5")
                .execute(Tuple.of(hospital, from, day, after, limit))
                .map(rows -> all(rows, row -> exceptionView(row, hospital)));
    }

    /** False when the hospital has none of that id. */
    Uni<Boolean> remove(SqlConnection tx, boolean template, String hospital, UUID id) {
        String table = template ? "schedule_template" : "schedule_exception";
        return tx.preparedQuery("delete from " + table + " where id = $1 and hospital = $2")
                .execute(Tuple.of(id, hospital))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Something changed: the hospital is to be laid out anew. */
    Uni<Void> wanted(SqlConnection tx, String hospital, OffsetDateTime now) {
        return tx.preparedQuery(WANTED).execute(Tuple.of(hospital, now)).replaceWithVoid();
    }

    private static Template template(Row row) {
        return new Template(
                row.getUUID("id"),
                row.getInteger("weekday"),
                row.getString("half"),
                row.getString("department"),
                row.getString("doctor"),
                row.getString("role"),
                row.getLocalTime("first_band"),
                row.getInteger("band_minutes"),
                row.getInteger("bands"),
                row.getInteger("units"),
                row.getBigDecimal("fee"),
                row.getString("mode").equals("DRAW"),
                row.getString("modality").equals("REMOTE"),
                row.getLocalDate("valid_from"),
                row.getLocalDate("valid_to"));
    }

    static TemplateView view(Template template, String hospital, long version) {
        return new TemplateView(
                template.id(),
                hospital,
                template.weekday(),
                template.half(),
                template.department(),
                template.doctor(),
                template.firstBand(),
                template.minutes(),
                template.bands(),
                template.units(),
                template.fee(),
                template.draw() ? "DRAW" : "BOOK",
                template.modality(),
                template.from(),
                template.to(),
                version);
    }

    private static PlanException exception(Row row) {
        return new PlanException(
                row.getLocalDate("day"),
                PlanException.Kind.valueOf(row.getString("kind")),
                row.getString("half"),
                row.getString("department"),
                row.getString("doctor"),
                row.getInteger("weekday"),
                row.getUUID("template_id"),
                row.getString("role"));
    }

    private static ExceptionView exceptionView(Row row, String hospital) {
        return new ExceptionView(
                row.getUUID("id"),
                hospital,
                row.getLocalDate("day"),
                row.getString("kind"),
                row.getString("half"),
                row.getString("department"),
                row.getString("doctor"),
                row.getInteger("weekday"),
                row.getUUID("template_id"),
                row.getString("reason"));
    }

    private static <T> List<T> all(RowSet<Row> rows, Function<Row, T> reading) {
        return StreamSupport.stream(rows.spliterator(), false).map(reading).toList();
    }

    private static <T> T first(RowSet<Row> rows, Function<Row, T> reading) {
        return rows.size() == 0 ? null : reading.apply(rows.iterator().next());
    }
}
