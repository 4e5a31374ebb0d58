package cn.kangka.api.platform;

import cn.kangka.kit.outbox.Outbox;
import cn.kangka.kit.outbox.OutboxEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Sees to it that people with a real name have a regional card: an outbox row of the caller's transaction. */
@ApplicationScoped
public class CardOrders {
    static final String CARD = "card.wanted";
    private static final String PERSON = "person:";

    private final Outbox outbox;

    public CardOrders(Outbox outbox) {
        this.outbox = outbox;
    }

    /** Asks the index for the person's regional card; it answers the present one when there is one. */
    public Uni<Void> wanted(SqlConnection tx, UUID person) {
        return outbox.append(tx, OutboxEvent.of(BookingOrders.DESTINATION, PERSON + person, 0, CARD, "{}"));
    }

    /** Starts delivery now instead of at the next poll; call it after the commit, lose it without harm. */
    public void wake() {
        outbox.wake(BookingOrders.DESTINATION);
    }

    static UUID person(OutboxEvent event) {
        return UUID.fromString(event.aggregate().substring(PERSON.length()));
    }
}
