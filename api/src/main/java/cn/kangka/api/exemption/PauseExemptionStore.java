package cn.kangka.api.exemption;

import cn.kangka.api.exemption.PauseExemptionView.Basis;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.UUID;

/** The rows of {@code pause_exemption}; bookings read them with what else counts against a person. */
@ApplicationScoped
class PauseExemptionStore {
    private final Clock clock;

    PauseExemptionStore(Clock clock) {
        this.clock = clock;
    }

    Uni<PauseExemptionView> find(SqlClient connection, UUID person) {
        return connection
                .preparedQuery("select basis, set_at from pause_exemptions($1) order by set_at desc limit 1")
                .execute(Tuple.of(person))
                .map(rows -> rows.size() == 0
                        ? PauseExemptionView.NONE
                        : view(rows.iterator().next()));
    }

    private PauseExemptionView view(Row row) {
        OffsetDateTime since =
                row.getOffsetDateTime(1).atZoneSameInstant(clock.getZone()).toOffsetDateTime();
        return new PauseExemptionView(true, Basis.valueOf(row.getString(0)), since);
    }

    /** Another basis replaces the one before; the same again changes nothing and gives false. */
    Uni<Boolean> set(SqlConnection tx, UUID person, Basis basis, String by, OffsetDateTime now) {
        return tx.preparedQuery("""
                        insert into pause_exemption (person, basis, set_at, set_by) values ($1, $2, $3, $4)
                        on conflict (person) do update
                        set basis = excluded.basis, set_at = excluded.set_at, set_by = excluded.set_by
                        where pause_exemption.basis <> excluded.basis
                        """)
                .execute(Tuple.of(person, basis.name(), now, by))
                .map(rows -> rows.rowCount() > 0);
    }

    /** Also what was set for those who were merged into the person. False when there was none. */
    Uni<Boolean> end(SqlConnection tx, UUID person) {
        return tx.preparedQuery("delete from pause_exemption where person in (select person from pause_exemptions($1))")
                .execute(Tuple.of(person))
                .map(rows -> rows.rowCount() > 0);
    }
}
