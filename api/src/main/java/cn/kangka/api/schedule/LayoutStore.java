package cn.kangka.api.schedule;

import cn.kangka.api.schedule.LayoutPolicy.There;
import cn.kangka.api.schedule.SchedulePlan.Planned;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** What is laid out, and what has to be. */
@ApplicationScoped
class LayoutStore {
    private static final String THERE = """
            select e.code, e.template_id, r.code as role, e.visit_date, e.half, e.taken_total + e.waiting + (
                    select count(*)::int from draw_entry w where w.draw_id = e.id and w.status = 'ENTERED') as taken,
                e.status = 'STOPPED' as stopped, e.status = 'OPEN' and exists (
                    select 1 from slot s where s.session_id = e.id and s.status = 'OPEN') as open
            from clinic_session e left join practitioner_role r on r.id = e.role_id
            where e.hospital = $1 and e.visit_date between $2 and $3
            """;
    private static final String DUE = """
            select hospital from schedule_layout
            where done_at is null or done_at < wanted_at or done_until < $1 order by hospital limit 1
            """;
    private static final String MARK = """
            update clinic_session e set template_id = u.template
            from unnest($2::text[], $3::uuid[]) u(code, template)
            where e.hospital = $1 and e.code = u.code and e.template_id is distinct from u.template
            """;

    /** One layout of a hospital at a time. When it was last wanted; null when never. */
    Uni<Optional<OffsetDateTime>> lock(SqlConnection tx, String hospital) {
        return tx.preparedQuery("select pg_advisory_xact_lock(hashtextextended($1, 57))")
                .execute(Tuple.of(hospital))
                .chain(() -> tx.preparedQuery("select wanted_at from schedule_layout where hospital = $1")
                        .execute(Tuple.of(hospital)))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(rows.iterator().next().getOffsetDateTime(0)));
    }

    /** Sessions of the period; under their locks, so that nobody books one that is being closed. */
    Uni<List<There>> there(SqlClient connection, String hospital, LocalDate from, LocalDate to, boolean locked) {
        return connection
                .preparedQuery(THERE + (locked ? " order by e.id for no key update of e" : ""))
                .execute(Tuple.of(hospital, from, to))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(LayoutStore::there)
                        .toList());
    }

    private static There there(Row row) {
        return new There(
                row.getString("code"),
                row.getUUID("template_id"),
                row.getString("role"),
                row.getLocalDate("visit_date"),
                row.getString("half"),
                row.getInteger("taken"),
                row.getBoolean("open"),
                row.getBoolean("stopped"));
    }

    /** Says from which templates sessions are. */
    Uni<Void> mark(SqlConnection tx, String hospital, List<Planned> planned) {
        return tx.preparedQuery(MARK)
                .execute(Tuple.of(
                        hospital,
                        planned.stream().map(Planned::code).toArray(String[]::new),
                        planned.stream().map(each -> each.template().id()).toArray(UUID[]::new)))
                .replaceWithVoid();
    }

    /** A hospital that has to be laid out, up to a day; null when there is none. */
    Uni<String> due(SqlClient connection, LocalDate until) {
        return connection
                .preparedQuery(DUE)
                .execute(Tuple.of(until))
                .map(rows -> rows.size() == 0 ? null : rows.iterator().next().getString(0));
    }

    /** What was wanted by then is done; a change that came meanwhile is a later wish. */
    Uni<Void> done(SqlConnection tx, String hospital, OffsetDateTime wanted, LocalDate until) {
        return tx.preparedQuery("update schedule_layout set done_at = $2, done_until = $3 where hospital = $1")
                .execute(Tuple.of(hospital, wanted, until))
                .replaceWithVoid();
    }
}
