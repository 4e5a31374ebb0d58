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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells hospital and person what became of a booking, in the transaction in which it did. */
@ApplicationScoped
class BookingNews {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ISO_OFFSET_DATE_TIME;

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
        MOVED("booking-moved"),
        DRAWN("draw-won"),
        CHANGED("booking-changed"),
        STOPPED("clinic-stopped"),
        MISSED("visit-missed"),
        APPEAL_DECIDED("appeal-decided");

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

    /**
     * Orders a new booking at its hospital, and tells its person, and whoever booked it for them.
     *
     * @param quiet something else tells them
     */
    Uni<Void> made(
            SqlConnection tx,
            UUID appointment,
            UUID person,
            BookedSlot slot,
            Actor actor,
            boolean quiet,
            OffsetDateTime bookedAt) {
        List<BookingOrders.Order> order = List.of(new BookingOrders.Order(
                appointment,
                1,
                BookingOrder.of(
                        Action.BOOK, appointment, person, slot, actor.channel().label(), bookedAt)));
        Map<String, String> params = params(slot, Map.of("status", HospitalStatus.PENDING.name()));
        Uni<List<UUID>> accounts = quiet ? Uni.createFrom().item(List.of()) : toldOfNew(tx, person, actor);
        return accounts.chain(all -> orders.order(
                tx,
                order,
                all.stream()
                        .map(account -> notice(Told.MADE, appointment, account, person, params))
                        .toList()));
    }

    /** Whoever books for themselves is known without asking: most bookings of a rush are such. */
    private Uni<List<UUID>> toldOfNew(SqlConnection tx, UUID person, Actor actor) {
        if (actor.account() == null) {
            return notices.accountsOf(tx, person);
        }
        return person.equals(actor.person())
                ? Uni.createFrom().item(List.of(actor.account()))
                : notices.accountsOf(tx, person).map(told -> Stream.concat(Stream.of(actor.account()), told.stream())
                        .distinct()
                        .toList());
    }

    /** Tells hospitals and people that clinics were stopped, however many, in one statement. */
    Uni<Void> stopped(SqlConnection tx, List<Appointment> released, Map<UUID, UUID> accounts) {
        List<BookingOrders.Order> drops = orders(Action.CANCEL, released);
        List<Notice> told = released.stream()
                .filter(each -> accounts.containsKey(each.id()))
                .map(each -> notice(
                                Told.STOPPED,
                                each.id(),
                                accounts.get(each.id()),
                                each.person(),
                                params(each.slot(), Map.of("status", AppointmentStatus.STOPPED.name())))
                        .urgent())
                .toList();
        return orders.order(tx, drops, told);
    }

    /** Tells hospitals the same of bookings, however many, in one statement; each as its version stands. */
    Uni<Void> order(SqlConnection tx, Action action, List<Appointment> bookings) {
        return orders.order(tx, orders(action, bookings));
    }

    /** Tells hospitals of no-shows that make a mark, and people of those that count, however many, in one statement. */
    Uni<Void> missed(SqlConnection tx, List<Appointment> missed) {
        return missedNotices(tx, missed).chain(told -> orders.order(tx, orders(Action.MISSED, missed), told));
    }

    /** Tells the person of a no-show that the hospital itself has reported, each booking's once. */
    Uni<Void> missedThere(SqlConnection tx, Appointment missed) {
        return missedNotices(tx, List.of(missed)).chain(told -> notices.tell(tx, told));
    }

    private Uni<List<Notice>> missedNotices(SqlConnection tx, List<Appointment> missed) {
        List<Appointment> counted =
                missed.stream().filter(each -> !each.kind().exempt()).toList();
        return notices.accountsOf(tx, counted.stream().map(Appointment::person).collect(Collectors.toSet()))
                .map(accounts -> counted.stream()
                        .flatMap(each -> accounts.getOrDefault(each.person(), List.of()).stream()
                                .map(account -> notice(
                                        Told.MISSED,
                                        each.id(),
                                        account,
                                        each.person(),
                                        params(each.slot(), Map.of("status", AppointmentStatus.MISSED.name())))))
                        .toList());
    }

    private static List<BookingOrders.Order> orders(Action action, List<Appointment> bookings) {
        return bookings.stream()
                .map(each -> new BookingOrders.Order(
                        each.id(),
                        each.version(),
                        BookingOrder.of(
                                action,
                                each.id(),
                                each.person(),
                                each.slot(),
                                each.channel().label(),
                                each.bookedAt())))
                .toList();
    }

    /** The hospital says another time; every time is told once. {@code settled}: the booking was moved to it. */
    Uni<Void> changed(SqlConnection tx, Appointment appointment, OffsetDateTime start, boolean settled) {
        Map<String, String> params = params(
                appointment.slot(),
                Map.of("was", appointment.slot().start().format(TIME), "status", settled ? "MOVED" : "REVIEW"));
        params.put("start", start.format(TIME));
        return notices.accountsOf(tx, appointment.person())
                .chain(accounts -> notices.tell(
                        tx,
                        accounts.stream()
                                .map(account -> Notice.now(
                                                key(Told.CHANGED, appointment.id(), account) + ":"
                                                        + start.toEpochSecond(),
                                                Told.CHANGED.template,
                                                Notice.Recipient.account(account, appointment.person()),
                                                params,
                                                "/appointments/" + appointment.id())
                                        .urgent())
                                .toList()));
    }

    /** Key of the notice that tells an account of it. */
    static String key(Told told, UUID appointment, UUID account) {
        return told.template + ":" + appointment + ":" + account;
    }

    private static Notice notice(Told told, UUID appointment, UUID account, UUID person, Map<String, String> params) {
        return Notice.now(
                key(told, appointment, account),
                told.template,
                Notice.Recipient.account(account, person),
                params,
                "/appointments/" + appointment);
    }

    private static Map<String, String> params(BookedSlot slot, Map<String, String> more) {
        Map<String, String> params = new HashMap<>(more);
        params.put("hospital", slot.hospitalName());
        params.put("department", slot.department().name());
        params.put("doctor", slot.practitioner().name());
        params.put("start", slot.start().format(TIME));
        return params;
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
        Map<String, String> params = params(slot, more);
        return notices.tell(
                tx,
                accounts.stream()
                        .map(account -> notice(told, appointment, account, person, params))
                        .toList());
    }

    /** Starts delivery now; call it after the commit. */
    void wake() {
        orders.wake();
        notices.wake();
    }
}
