package cn.kangka.empi.fhir;

import cn.kangka.empi.hl7.Hl7Message;
import cn.kangka.empi.hl7.Hl7Refusal;
import cn.kangka.empi.hospital.HandlerOutcome;
import cn.kangka.empi.hospital.MessageHandler;
import cn.kangka.empi.hospital.Received;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Hands a hospital's staff (MFN^M02) on to {@code api}'s directory. */
@ApplicationScoped
class StaffHandler implements MessageHandler {
    private final RegionEvents events;

    StaffHandler(RegionEvents events) {
        this.events = events;
    }

    @Override
    public boolean handles(String code, String trigger) {
        return code.equals("MFN") && trigger.equals("M02");
    }

    @Override
    public Uni<HandlerOutcome> handle(SqlConnection tx, Received received) {
        Hl7Message message = received.message();
        String source = received.source().id();
        List<ObjectNode> resources = StaffMapping.resources(message, source, written(message, received));
        return resources.isEmpty()
                ? Uni.createFrom()
                        .item(HandlerOutcome.refused(Hl7Refusal.error(
                                Hl7Refusal.REQUIRED_FIELD, "STF^1^1", "no staff member with a primary key")))
                : events.directory(tx, source, resources).replaceWith(() -> new HandlerOutcome.Accepted(null, null));
    }

    private static String written(Hl7Message message, Received received) {
        String time = Hl7Time.instant(message.header().value(7));
        return time == null ? received.at().toString() : time;
    }
}
