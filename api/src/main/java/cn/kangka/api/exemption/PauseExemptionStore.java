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
                .preparedQuery("select basis, set_at from pause_exemption where person = $1")
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
                        set basis = excluded.basis, set_at = excluded.set_at, set_by = excluded.set_by, carried_from = null
                        where pause_exemption.basis <> excluded.basis
                        """)
                .execute(Tuple.of(person, basis.name(), now, by))
                .map(rows -> rows.rowCount() > 0);
    }

    /** False when there was none. */
    Uni<Boolean> end(SqlConnection tx, UUID person) {
        return tx.preparedQuery("delete from pause_exemption where person = $1")
                .execute(Tuple.of(person))
                .map(rows -> rows.rowCount() > 0);
    }

    /** The survivor has what the loser has. */
    Uni<Void> carry(SqlConnection tx, UUID loser, UUID survivor) {
        return tx.preparedQuery("""
                        insert into pause_exemption (person, basis, set_at, set_by, carried_from)
                        select $2, basis, set_at, set_by, $1 from pause_exemption where person = $1
                        on conflict (person) do nothing
                        """).execute(Tuple.of(loser, survivor)).replaceWithVoid();
    }

    /** Takes back what came from a person who is there again. */
    Uni<Void> takeBack(SqlConnection tx, UUID person) {
        return tx.preparedQuery("delete from pause_exemption where carried_from = $1")
                .execute(Tuple.of(person))
                .replaceWithVoid();
    }
}
