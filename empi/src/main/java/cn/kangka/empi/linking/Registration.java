package cn.kangka.empi.linking;

import cn.kangka.empi.hospital.HandlerOutcome;
import cn.kangka.empi.hospital.MessageHandler;
import cn.kangka.empi.hospital.Received;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** ADT events that tell a patient's demographics: registers or updates the identity and links it. */
@ApplicationScoped
class Registration implements MessageHandler {
    private static final Set<String> EVENTS = Set.of("A01", "A04", "A05", "A08", "A14", "A28", "A31");

    private final Linking linking;

    Registration(Linking linking) {
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
        return linking.register(tx, message.source(), message.message(), message.at())
                .map(linked -> new HandlerOutcome.Accepted(linked.identity(), linked.person()));
    }
}
