package cn.kangka.api.appointment;

import cn.kangka.api.appointment.BookingNews.Told;
import cn.kangka.api.appointment.ScheduleWordPolicy.Moment;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Takes what hospitals' schedules say of our bookings; what they booked themselves is passed over. */
@ApplicationScoped
public class HospitalSchedule {
    private static final Logger LOG = Logger.getLogger(HospitalSchedule.class);

    private final AppointmentStore store;
    private final TransitionStore transitions;
    private final ScheduleWordStore words;
    private final Cancelling cancelling;
    private final Refusing refusing;
    private final BookingNews news;
    private final Clock clock;

    HospitalSchedule(
            AppointmentStore store,
            TransitionStore transitions,
            ScheduleWordStore words,
            Cancelling cancelling,
            Refusing refusing,
            BookingNews news,
            Clock clock) {
        this.store = store;
        this.transitions = transitions;
        this.words = words;
        this.cancelling = cancelling;
        this.refusing = refusing;
        this.news = news;
        this.clock = clock;
    }

    /** Applies what the FHIR Appointments of a hospital's bundle say of our bookings there. */
    public Uni<Void> take(SqlConnection tx, String source, JsonNode bundle) {
        List<ScheduleWord> said = ScheduleWord.of(source, bundle).toList();
        Uni<Void> taken = Uni.createFrom().voidItem();
        for (ScheduleWord word : said) {
            taken = taken.chain(() -> booking(tx, source, word))
                    .chain(id -> id == null
                            ? Uni.createFrom().voidItem()
                            : store.lock(tx, id).chain(booking -> take(tx, source, booking, word)));
        }
        return taken;
    }

    /** Which booking of ours it is: by our id, else by the hospital's number; null for none. */
    private Uni<UUID> booking(SqlConnection tx, String source, ScheduleWord word) {
        return word.appointment() != null
                ? Uni.createFrom().item(word.appointment())
                : words.byReference(tx, source, word.reference());
    }

    private Uni<Void> take(SqlConnection tx, String source, Appointment booking, ScheduleWord word) {
        if (booking == null || !booking.slot().hospital().equals(source)) {
            return Uni.createFrom().voidItem(); // Another hospital's schedule changes nothing here.
        }
        OffsetDateTime now = OffsetDateTime.now(clock);
        boolean settled = booking.hospitalStatus() == HospitalStatus.ACCEPTED && booking.hospitalStart() == null;
        return switch (ScheduleWordPolicy.effect(
                booking.status(),
                settled,
                booking.withdrawn(),
                word.word(booking.slot().start(), booking.slot().end()),
                moment(booking, now))) {
            case NONE -> Uni.createFrom().voidItem();
            case ACCEPT ->
                transitions
                        .accept(tx, booking, word.reference(), now)
                        .chain(() -> news.tell(
                                tx,
                                Told.ACCEPTED,
                                booking.id(),
                                booking.person(),
                                booking.slot(),
                                Map.of("status", HospitalStatus.ACCEPTED.name())));
            case MOVE -> move(tx, booking, word.start(), now);
            case REFUSE -> refusing.refuse(tx, booking, word.reason(), now);
            case MISS -> words.missed(tx, booking.id()).chain(() -> news.missedThere(tx, booking));
            case COMPLETE -> words.completed(tx, booking.id());
            case WITHDRAW -> {
                LOG.warnf("appointment %s: stands at the hospital after it was refused, withdrawn", booking.id());
                yield transitions.withdraw(tx, booking, now).chain(() -> cancelling.order(tx, booking));
            }
        };
    }

    private Moment moment(Appointment booking, OffsetDateTime now) {
        if (!now.isBefore(booking.slot().start())) {
            return Moment.BEGUN;
        }
        return LocalDate.now(clock).isBefore(booking.slot().date()) ? Moment.BEFORE_DAY : Moment.BEFORE_START;
    }

    /** To the band of the session that has this time, if a unit is there; else people must look, and are told so once. */
    private Uni<Void> move(SqlConnection tx, Appointment booking, OffsetDateTime start, OffsetDateTime now) {
        if (booking.hospitalStart() != null && booking.hospitalStart().isEqual(start)) {
            return Uni.createFrom().voidItem();
        }
        return words.moved(tx, booking, start, now)
                .call(moved -> moved ? Uni.createFrom().voidItem() : words.differs(tx, booking.id(), start, now))
                .chain(moved -> news.changed(
                        tx, booking, start.atZoneSameInstant(clock.getZone()).toOffsetDateTime(), moved));
    }
}
