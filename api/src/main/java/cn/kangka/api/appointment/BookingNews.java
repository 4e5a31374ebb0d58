package cn.kangka.api.appointment;

import cn.kangka.api.appointment.BookingOrder.Action;
import cn.kangka.api.platform.BookingOrders;
import cn.kangka.api.platform.Notice;
import cn.kangka.api.platform.Notices;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Tells hospital and person what became of a booking, in the transaction in which it did. */
@ApplicationScoped
class BookingNews {
    private final BookingOrders orders;
    private final Notices notices;

    BookingNews(BookingOrders orders, Notices notices) {
        this.orders = orders;
        this.notices = notices;
    }

    /** What a person may be told about a booking; each is a template of {@code notification}. */
    enum Told {
        MADE("booking-made"),
        ACCEPTED("booking-accepted"),
        REFUSED("booking-refused"),
        CANCELLED("booking-cancelled"),
        MOVED("booking-moved");

        private final String template;

        Told(String template) {
            this.template = template;
        }
    }

    Uni<Void> order(
            SqlConnection tx,
            Action action,
            UUID appointment,
            long version,
            UUID person,
            BookedSlot slot,
            String channel,
            OffsetDateTime bookedAt) {
        return orders.order(
                tx, appointment, version, BookingOrder.of(action, appointment, person, slot, channel, bookedAt));
    }

    /** Tells the person's own account, if there is one. */
    Uni<Void> tell(
            SqlConnection tx, Told told, UUID appointment, UUID person, BookedSlot slot, Map<String, String> more) {
        return notices.accountsOf(tx, person)
                .chain(accounts -> tell(tx, told, appointment, accounts, person, slot, more));
    }

    /** Tells these accounts. */
    Uni<Void> tell(
            SqlConnection tx,
            Told told,
            UUID appointment,
            List<UUID> accounts,
            UUID person,
            BookedSlot slot,
            Map<String, String> more) {
        Map<String, String> params = new HashMap<>(more);
        params.put("hospital", slot.hospitalName());
        params.put("department", slot.department().name());
        params.put("doctor", slot.practitioner().name());
        params.put("start", slot.start().format(DateTimeFormatter.ISO_OFFSET_DATE_TIME));
        return notices.tell(
                tx,
                accounts.stream()
                        .map(account -> Notice.now(
                                told.template + ":" + appointment + ":" + account,
                                told.template,
                                Notice.Recipient.account(account, person),
                                params,
                                "/appointments/" + appointment))
                        .toList());
    }

    /** Starts delivery now; call it after the commit. */
    void wake() {
        orders.wake();
        notices.wake();
    }
}
