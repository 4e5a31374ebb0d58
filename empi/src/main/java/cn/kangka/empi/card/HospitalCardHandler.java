package cn.kangka.empi.card;

import cn.kangka.empi.hospital.HandlerOutcome;
import cn.kangka.empi.hospital.MessageHandler;
import cn.kangka.empi.hospital.Received;
import cn.kangka.empi.linking.Linked;
import cn.kangka.empi.linking.Linking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** Binds a hospital's own cards (PID-3 with the type of such a card) to the person of its record. */
@ApplicationScoped
class HospitalCardHandler implements MessageHandler {
    private static final Set<String> REGISTRATIONS = Set.of("A01", "A04", "A05", "A08", "A28", "A31");
    private static final Act TOLD = Act.rule("card.hospital-number", "the hospital told its number");

    private final Linking linking;
    private final CardStore store;
    private final CardConfig config;
    private final Clock clock;

    HospitalCardHandler(Linking linking, CardStore store, CardConfig config, Clock clock) {
        this.linking = linking;
        this.store = store;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public boolean handles(String code, String trigger) {
        return code.equals("ADT") && REGISTRATIONS.contains(trigger);
    }

    @Override
    public Uni<HandlerOutcome> handle(SqlConnection tx, Received received) {
        List<String> numbers = numbers(received);
        if (numbers.isEmpty()) {
            return Uni.createFrom().item(new HandlerOutcome.Accepted(null, null));
        }
        return Uni.createFrom()
                .deferred(() -> linking.resolve(tx, received.source(), received.message()))
                .call(linked -> Multi.createFrom()
                        .iterable(numbers)
                        .onItem()
                        .transformToUniAndConcatenate(
                                number -> bind(tx, received.source().id(), linked, number))
                        .collect()
                        .last())
                .map(linked -> new HandlerOutcome.Accepted(linked.identity(), linked.person()));
    }

    private List<String> numbers(Received received) {
        return received.message().segment("PID").stream()
                .flatMap(pid -> pid.repetitions(3).stream())
                .filter(id -> config.hospitalCardTypes().contains(id.component(5)))
                .map(id -> id.component(1))
                .filter(number -> !number.isEmpty())
                .distinct()
                .toList();
    }

    /** The hospital knows best whose card it is: a number that it gives to another record moves. */
    private Uni<Card> bind(SqlConnection tx, String source, Linked linked, String number) {
        Card card = Card.ofHospital(linked.person(), source, linked.identity(), number, clock.instant());
        return store.insert(tx, card)
                .chain(inserted -> inserted
                        ? store.record(tx, CardChange.ISSUE.name(), null, card, TOLD, card.since())
                                .replaceWith(card)
                        : store.lockHospitalCard(tx, source, number).chain(known -> rebind(tx, known, linked)));
    }

    private Uni<Card> rebind(SqlConnection tx, Card known, Linked linked) {
        if (linked.identity().equals(known.identity()) && linked.person().equals(known.person())) {
            return Uni.createFrom().item(known);
        }
        Card moved = known.boundTo(linked.person(), linked.identity());
        return store.update(tx, moved)
                .chain(() -> store.record(tx, "MOVE", known.status(), moved, TOLD, clock.instant()))
                .replaceWith(moved);
    }
}
