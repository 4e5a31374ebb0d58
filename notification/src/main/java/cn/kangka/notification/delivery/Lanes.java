package cn.kangka.notification.delivery;

import cn.kangka.notification.channel.Channel;
import cn.kangka.notification.channel.NoticeClass;
import cn.kangka.notification.channel.OwnContext;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * The workers: for every class a lane of its own per channel, so that a campaign of any size never stands before an
 * urgent notice. Woken after a commit; a poll finds what nobody woke them for (other replicas' work, due times).
 */
@ApplicationScoped
class Lanes {
    private static final Logger LOG = Logger.getLogger(Lanes.class);
    private static final List<NoticeClass> CLASSES = List.of(NoticeClass.values());

    private final DeliveryStore store;
    private final Sending sending;
    private final List<Channel> channels;
    private final DeliveryConfig config;
    private final OwnContext contexts;
    private final Vertx vertx;
    private final Clock clock;
    private final Map<DeliveryStore.Lane, LaneLoop> loops = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final AtomicBoolean looking = new AtomicBoolean();
    private long timer = -1;

    Lanes(
            DeliveryStore store,
            Sending sending,
            @All List<Channel> channels,
            DeliveryConfig config,
            OwnContext contexts,
            Vertx vertx,
            Clock clock) {
        this.store = store;
        this.sending = sending;
        this.channels = channels;
        this.config = config;
        this.contexts = contexts;
        this.vertx = vertx;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) {
        for (NoticeClass lane : CLASSES) {
            add(lane, Planned.PUSH, 1, () -> route(lane));
            channels.forEach(
                    channel -> add(lane, channel.name(), config.parallel(), () -> sending.round(lane, channel)));
        }
        names.add(Planned.PUSH);
        channels.forEach(channel -> names.add(channel.name()));
        timer = vertx.setPeriodic(config.poll().toMillis(), ignored -> look());
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(timer);
        loops.values().forEach(LaneLoop::stop);
    }

    /** Looks at one lane of one channel now. */
    void wake(NoticeClass lane, String channel) {
        LaneLoop loop = loops.get(new DeliveryStore.Lane(lane, channel));
        if (loop != null) {
            loop.wake();
        }
    }

    private void add(NoticeClass lane, String channel, int parallel, java.util.function.Supplier<Uni<Integer>> round) {
        loops.put(new DeliveryStore.Lane(lane, channel), new LaneLoop(lane + "/" + channel, parallel, contexts, round));
    }

    private Uni<Integer> route(NoticeClass lane) {
        List<Channel> toDevices = channels.stream()
                .filter(channel -> channel.endpointKind() != null)
                .toList();
        return store.route(
                        lane,
                        clock.instant(),
                        config.routingBatch(),
                        toDevices.stream().map(Channel::endpointKind).toList(),
                        toDevices.stream().map(Channel::name).toList())
                .invoke(routed -> {
                    if (routed > 0) {
                        toDevices.forEach(channel -> wake(lane, channel.name()));
                    }
                });
    }

    private void look() {
        if (looking.compareAndSet(false, true)) {
            contexts.run(() -> store.waiting(CLASSES, names, clock.instant()))
                    .eventually(() -> looking.set(false))
                    .subscribe()
                    .with(
                            waiting -> waiting.forEach(each -> wake(each.lane(), each.channel())),
                            failure -> LOG.warnf("cannot look for due deliveries: %s", failure.toString()));
        }
    }
}
