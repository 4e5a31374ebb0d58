package cn.kangka.empi.linking;

import cn.kangka.empi.hospital.HandlerOutcome;
import cn.kangka.empi.hospital.MessageRefusedException;
import cn.kangka.empi.hospital.PatientFinder;
import cn.kangka.empi.hospital.Received;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;

/** Finds the patient of a message that is refused or that nobody handles. */
@ApplicationScoped
class LoggedPatients implements PatientFinder {
    private static final HandlerOutcome.Accepted NOBODY = new HandlerOutcome.Accepted(null, null);

    private final Linking linking;

    LoggedPatients(Linking linking) {
        this.linking = linking;
    }

    @Override
    public Uni<HandlerOutcome.Accepted> whose(SqlConnection tx, Received message) {
        return linking.find(tx, message.source(), message.message())
                .map(linked ->
                        linked == null ? NOBODY : new HandlerOutcome.Accepted(linked.identity(), linked.person()))
                .onFailure(MessageRefusedException.class)
                .recoverWithItem(NOBODY);
    }
}
