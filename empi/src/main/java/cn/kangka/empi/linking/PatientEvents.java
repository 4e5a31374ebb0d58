package cn.kangka.empi.linking;

import cn.kangka.empi.hospital.HandlerOutcome;
import cn.kangka.empi.hospital.MessageHandler;
import cn.kangka.empi.hospital.Received;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** ADT events about a stay or a visit: the patient is found, what happened is for the handlers after this one. */
@ApplicationScoped
class PatientEvents implements MessageHandler {
    private static final Set<String> EVENTS = Set.of(
            "A02", "A03", "A06", "A07", "A09", "A10", "A11", "A12", "A13", "A15", "A16", "A21", "A22", "A23", "A25",
            "A26", "A27", "A29", "A32", "A33", "A38", "A52", "A53", "A54", "A55", "A60", "A61", "A62");

    private final Linking linking;

    PatientEvents(Linking linking) {
        this.linking = linking;
    }

    @Override
    public boolean handles(String code, String trigger) {
        return "ADT".equals(code) && EVENTS.contains(trigger);
    }

    @Override
    public int order() {
        return LINKING;
    }

    @Override
    public Uni<HandlerOutcome> handle(SqlConnection tx, Received message) {
        return linking.resolve(tx, message.source(), message.message())
                .map(linked -> new HandlerOutcome.Accepted(linked.identity(), linked.person()));
    }
}
