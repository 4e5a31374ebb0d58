package cn.kangka.api.platform;

import cn.kangka.api.rush.Turns;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.outbox.Courier;
import cn.kangka.kit.outbox.Outbox;
import cn.kangka.kit.outbox.OutboxRelay;
import cn.kangka.kit.sealing.Sealer;
import cn.kangka.kit.token.ServiceTokens;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;

/** Starts the relays that carry this service's outbox to its two destinations. */
@ApplicationScoped
class Couriers {
    private final Vertx vertx;
    private final Database database;
    private final Outbox outbox;
    private final Sealer sealer;
    private final MeterRegistry meters;
    private final OutboxConfig config;
    private final ServiceTokens tokens;
    private final Turns turns;
    private final List<OutboxRelay> relays = new ArrayList<>();

    Couriers(
            Vertx vertx,
            Database database,
            Outbox outbox,
            Sealer sealer,
            MeterRegistry meters,
            OutboxConfig config,
            ServiceTokens tokens,
            Turns turns) {
        this.vertx = vertx;
        this.database = database;
        this.outbox = outbox;
        this.sealer = sealer;
        this.meters = meters;
        this.config = config;
        this.tokens = tokens;
        this.turns = turns;
    }

    void start(@Observes StartupEvent event, NoticeCourier notices, EmpiCourier empi) {
        tokens.tokenFor(BookingOrders.DESTINATION); // Reads or makes the key here, not on an event loop.
        relays.add(relay(Notices.DESTINATION, notices));
        relays.add(relay(BookingOrders.DESTINATION, empi));
    }

    void stop(@Observes ShutdownEvent event) {
        relays.forEach(OutboxRelay::stop);
    }

    private OutboxRelay relay(String destination, Courier courier) {
        return OutboxRelay.start(
                vertx,
                database,
                outbox,
                sealer,
                meters,
                destination,
                courier,
                new OutboxRelay.Settings(
                        config.poll(),
                        config.batch(),
                        config.lease(),
                        () -> turns.crowded() ? config.restInRush() : OutboxRelay.BREATH));
    }
}
