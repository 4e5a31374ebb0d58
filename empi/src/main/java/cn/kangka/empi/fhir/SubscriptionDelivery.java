package cn.kangka.empi.fhir;

import cn.kangka.empi.hospital.TrafficConfig;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.outbox.Outbox;
import cn.kangka.kit.outbox.OutboxRelay;
import cn.kangka.kit.sealing.Sealer;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Starts the delivery to subscribers with the service and stops it first. */
@ApplicationScoped
class SubscriptionDelivery {
    private OutboxRelay relay;

    void start(
            @Observes StartupEvent event,
            Vertx vertx,
            Database database,
            Outbox outbox,
            Sealer sealer,
            MeterRegistry meters,
            SubscriptionCourier courier,
            FhirConfig config,
            TrafficConfig traffic) {
        if (traffic.enabled()) {
            OutboxRelay.Settings settings = new OutboxRelay.Settings(config.poll(), config.batch(), config.lease());
            relay = OutboxRelay.start(
                    vertx, database, outbox, sealer, meters, SubscriptionFeed.DESTINATION, courier, settings);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        if (relay != null) {
            relay.stop();
        }
    }
}
