package cn.kangka.empi.linking;

import cn.kangka.empi.hl7.Hl7Refusal;
import cn.kangka.empi.hospital.HandlerOutcome;
import cn.kangka.empi.hospital.MessageHandler;
import cn.kangka.empi.hospital.Received;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/**
 * ADT events that merge, move or renumber accounts and visits: refused by name, because the index keeps neither, and
 * saying AA would promise what nobody does.
 */
@ApplicationScoped
class AccountEvents implements MessageHandler {
    private static final Set<String> EVENTS =
            Set.of("A30", "A35", "A39", "A41", "A42", "A44", "A45", "A48", "A49", "A50", "A51");

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
        return Uni.createFrom()
                .item(HandlerOutcome.refused(Hl7Refusal.error(
                        Hl7Refusal.UNSUPPORTED_EVENT,
                        "MSH^1^9^1^2",
                        message.message().trigger() + " changes accounts or visits, which are not kept here")));
    }
}
