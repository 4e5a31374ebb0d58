package cn.kangka.empi.booking;

import cn.kangka.empi.hospital.DeliveryConfig;
import cn.kangka.empi.hospital.HospitalPost;
import cn.kangka.empi.hospital.Letter;
import cn.kangka.empi.hospital.Source;
import cn.kangka.empi.hospital.Sources;
import cn.kangka.empi.person.PersonSnapshot;
import cn.kangka.empi.person.Persons;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.outbox.Outbox;
import cn.kangka.kit.trace.Traces;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.Validator;
import jakarta.validation.constraints.NotNull;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Front door of bookings for {@code api}: each order is kept and its message queued in one transaction. */
@ApplicationScoped
public class BookingOrders {
    private static final Logger LOG = Logger.getLogger(BookingOrders.class);
    private static final String TYPE = "booking.order";

    private final Database database;
    private final BookingStore store;
    private final BookingAnswers answers;
    private final Sources sources;
    private final Persons persons;
    private final HospitalPost post;
    private final Outbox outbox;
    private final DeliveryConfig delivery;
    private final Validator validator;
    private final ObjectMapper json;
    private final Clock clock;

    public BookingOrders(
            Database database,
            BookingStore store,
            BookingAnswers answers,
            Sources sources,
            Persons persons,
            HospitalPost post,
            Outbox outbox,
            DeliveryConfig delivery,
            Validator validator,
            ObjectMapper json,
            Clock clock) {
        this.database = database;
        this.store = store;
        this.answers = answers;
        this.sources = sources;
        this.persons = persons;
        this.post = post;
        this.outbox = outbox;
        this.delivery = delivery;
        this.validator = validator;
        this.json = json;
        this.clock = clock;
    }

    /** What became of an event; the reason names no person. */
    public record Result(UUID id, Outcome outcome, String reason) {
        /** As docs/between-services.md has it. */
        public enum Outcome {
            DONE,
            RETRY,
            PARK
        }

        static Result park(UUID id, String reason) {
            return new Result(id, Outcome.PARK, reason);
        }
    }

    /**
     * An event of a batch.
     *
     * @param version of the appointment; an order that is not newer than the one known changes nothing
     */
    public record Event(
            @NotNull UUID id,
            String aggregate,
            long version,
            String type,
            String trace,
            @NotNull JsonNode data) {}

    /** Takes each event in a transaction of its own, in order. */
    public Uni<List<Result>> take(List<Event> events) {
        return Multi.createFrom()
                .iterable(events)
                .onItem()
                .transformToUniAndConcatenate(this::take)
                .collect()
                .asList()
                .invoke(post::wake)
                .invoke(() -> outbox.wake("api"));
    }

    private Uni<Result> take(Event event) {
        BookingOrder order;
        try {
            order = json.treeToValue(event.data(), BookingOrder.class);
        } catch (JsonProcessingException e) {
            return Uni.createFrom().item(Result.park(event.id(), "data is no booking.order"));
        }
        if (!TYPE.equals(event.type())
                || order == null
                || !validator.validate(order).isEmpty()) {
            return Uni.createFrom().item(Result.park(event.id(), "not a complete booking.order"));
        }
        return sources.byId(order.source())
                .map(source -> keep(event, order, source))
                .orElseGet(() -> Uni.createFrom().item(Result.park(event.id(), "unknown source")));
    }

    private Uni<Result> keep(Event event, BookingOrder order, Source source) {
        return database.write(tx -> store.lock(tx, order.appointment())
                        .chain(() -> store.newest(tx, order.appointment()))
                        .chain(known -> known != null && known.version() >= event.version()
                                ? Uni.createFrom().item(done(event))
                                : keep(tx, event, order, source, known)))
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.warnf("a booking order was not kept: %s", failure.toString());
                    return new Result(event.id(), Result.Outcome.RETRY, "not kept");
                });
    }

    private Uni<Result> keep(
            SqlConnection tx, Event event, BookingOrder order, Source source, BookingStore.Kept before) {
        return persons.current(tx, order.person())
                .chain(ifPresent(person -> persons.snapshot(tx, person)))
                .chain(person -> person == null
                        ? Uni.createFrom().item(Result.park(event.id(), "unknown person"))
                        : queue(tx, event, order, source, person, before).replaceWith(() -> done(event)));
    }

    private Uni<Void> queue(
            SqlConnection tx,
            Event event,
            BookingOrder order,
            Source source,
            PersonSnapshot person,
            BookingStore.Kept before) {
        if (!HospitalPost.reaches(source)) {
            return store.insert(tx, order, person.id(), event.version(), null, null, clock.instant())
                    .chain(() -> order.action().asks()
                            ? answers.unreachable(tx, order)
                            : Uni.createFrom().voidItem());
        }
        Letter letter = letter(event, order, source, person, before);
        return store.insert(
                        tx,
                        order,
                        person.id(),
                        event.version(),
                        letter.id(),
                        letter.message().controlId(),
                        clock.instant())
                .chain(() -> post.send(tx, List.of(letter)));
    }

    private Letter letter(
            Event event, BookingOrder order, Source source, PersonSnapshot person, BookingStore.Kept before) {
        BookingMessages messages = new BookingMessages(
                order, person, source, delivery.regionAuthority(), before == null ? null : before.hospitalReference());
        Letter.Subject subject = new Letter.Subject(
                BookingAnswers.TOPIC,
                order.appointment().toString(),
                null,
                event.version(),
                messages.known().map(identity -> identity.identity()).orElse(null),
                person.id());
        return messages.letter(
                subject, OffsetDateTime.now(clock), event.trace() == null ? Traces.current() : event.trace());
    }

    private static <T, R> Function<T, Uni<? extends R>> ifPresent(Function<T, Uni<R>> next) {
        return value -> value == null ? Uni.createFrom().nullItem() : next.apply(value);
    }

    private static Result done(Event event) {
        return new Result(event.id(), Result.Outcome.DONE, null);
    }
}
