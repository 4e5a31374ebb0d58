package cn.kangka.api.platform;

import cn.kangka.kit.outbox.Outbox;
import cn.kangka.kit.outbox.OutboxEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** The door to {@code empi} for what must reach a hospital: an outbox row of the caller's transaction. */
@ApplicationScoped
public class BookingOrders {
    static final String DESTINATION = "empi";
    static final String ORDER = "booking.order";

    private final Outbox outbox;
    private final Notices notices;
    private final ObjectMapper json;

    public BookingOrders(Outbox outbox, Notices notices, ObjectMapper json) {
        this.notices = notices;
        this.outbox = outbox;
        this.json = json;
    }

    /**
     * Orders a booking or its cancellation at the hospital; orders of one appointment arrive in order.
     *
     * @param version of the appointment
     * @param order as docs/between-services.md says ("api to empi, outbox"), written as JSON
     */
    public Uni<Void> order(SqlConnection tx, UUID appointment, long version, Object order) {
        return outbox.append(tx, OutboxEvent.of(DESTINATION, appointment.toString(), version, ORDER, write(order)));
    }

    /** An order of one appointment. */
    public record Order(UUID appointment, long version, Object order) {}

    /** Many at once, in one statement. */
    public Uni<Void> order(SqlConnection tx, List<Order> orders) {
        return order(tx, orders, List.of());
    }

    /** Orders, and notices of the same, in one statement. */
    public Uni<Void> order(SqlConnection tx, List<Order> orders, List<Notice> notices) {
        Stream<OutboxEvent> ordered = orders.stream()
                .map(each -> OutboxEvent.of(
                        DESTINATION, each.appointment().toString(), each.version(), ORDER, write(each.order())));
        return outbox.append(
                tx, Stream.concat(ordered, this.notices.events(notices)).toList());
    }

    /** Starts delivery now instead of at the next poll; call it after the commit, lose it without harm. */
    public void wake() {
        outbox.wake(DESTINATION);
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
    }
}
