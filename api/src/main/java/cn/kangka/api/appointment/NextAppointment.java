package cn.kangka.api.appointment;

import cn.kangka.api.account.Caller;
import cn.kangka.api.account.SummaryPart;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;

/** The next booking on the citizen's home screen. */
@ApplicationScoped
class NextAppointment implements SummaryPart {
    private final AppointmentStore store;
    private final Clock clock;

    NextAppointment(AppointmentStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public String field() {
        return "nextAppointment";
    }

    @Override
    public Uni<AppointmentView> value(SqlConnection connection, Caller caller) {
        return caller.person() == null
                ? Uni.createFrom().nullItem()
                : store.upcoming(connection, caller.person(), OffsetDateTime.now(clock), null, 1)
                        .map(rows -> rows.isEmpty() ? null : rows.get(0).view());
    }
}
