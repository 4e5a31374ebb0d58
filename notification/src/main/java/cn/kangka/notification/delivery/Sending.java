package cn.kangka.notification.delivery;

import cn.kangka.notification.channel.Channel;
import cn.kangka.notification.channel.Message;
import cn.kangka.notification.channel.NoticeClass;
import cn.kangka.notification.channel.Outcome;
import cn.kangka.notification.endpoint.EndpointService;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/**
 * One round of one lane of one channel: claim, decide, send, settle. Each step is a unit of work of its own; the sending
 * is in none.
 */
@ApplicationScoped
class Sending {
    private static final Logger LOG = Logger.getLogger(Sending.class);
    private static final int SETTLE_RETRIES = 3;
    private static final Duration SETTLE_PAUSE = Duration.ofMillis(100);

    private final DeliveryStore store;
    private final ClaimReader reader;
    private final Dispatch dispatch;
    private final EndpointService endpoints;
    private final DeliveryConfig config;
    private final DeliveryMeters meters;
    private final Clock clock;
    private final BackoffPolicy backoff;

    Sending(
            DeliveryStore store,
            ClaimReader reader,
            Dispatch dispatch,
            EndpointService endpoints,
            DeliveryConfig config,
            DeliveryMeters meters,
            Clock clock) {
        this.store = store;
        this.reader = reader;
        this.dispatch = dispatch;
        this.endpoints = endpoints;
        this.config = config;
        this.meters = meters;
        this.clock = clock;
        this.backoff = new BackoffPolicy(config.backoff(), config.longestBackoff());
    }

    /** Works off one batch; gives how many deliveries were claimed. */
    Uni<Integer> round(NoticeClass lane, Channel channel) {
        int permits = channel.gate().take(lane, channel.batch());
        if (permits == 0) {
            return Uni.createFrom().item(0);
        }
        DeliveryStore.Lane where = new DeliveryStore.Lane(lane, channel.name());
        return store.claim(where, permits, clock.instant(), config.lease(), reader::read)
                .onFailure()
                .invoke(() -> channel.gate().giveBack(permits))
                .invoke(claimed -> channel.gate().giveBack(permits - claimed.size()))
                .call(claimed -> claimed.isEmpty() ? Uni.createFrom().nullItem() : work(lane, channel, claimed))
                .map(List::size);
    }

    private Uni<Void> work(NoticeClass lane, Channel channel, List<Claimed> claimed) {
        return dispatch.decide(channel, claimed).flatMap(decided -> {
            channel.gate().giveBack(claimed.size() - decided.messages().size());
            return settle(channel, decided.settlements())
                    .chain(() -> postpone(decided.settlements()))
                    .chain(() -> send(lane, channel, decided));
        });
    }

    private Uni<Void> send(NoticeClass lane, Channel channel, Dispatch.Decided decided) {
        List<Message> messages = decided.messages();
        if (messages.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return channel.send(lane, messages)
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.warnf("%s: %s", channel.name(), failure.toString());
                    channel.gate().failed();
                    return Collections.nCopies(messages.size(), new Outcome.Retry("channel-failed", null));
                })
                .call(outcomes -> endpoints.disable(gone(decided.sent(), outcomes), "unregistered"))
                .flatMap(outcomes -> settle(channel, settlements(decided.sent(), outcomes)));
    }

    private static List<UUID> gone(List<Claimed> sent, List<Outcome> outcomes) {
        List<UUID> gone = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            if (outcomes.get(i) instanceof Outcome.Gone && sent.get(i).endpoint() != null) {
                gone.add(sent.get(i).endpoint());
            }
        }
        return gone;
    }

    private List<Settlement> settlements(List<Claimed> sent, List<Outcome> outcomes) {
        List<Settlement> settlements = new ArrayList<>(sent.size());
        for (int i = 0; i < sent.size(); i++) {
            settlements.add(settlement(sent.get(i), outcomes.get(i), clock.instant()));
        }
        return settlements;
    }

    private Settlement settlement(Claimed claimed, Outcome outcome, Instant now) {
        if (outcome instanceof Outcome.Accepted accepted) {
            return new Settlement(claimed, DeliveryState.SENT, now, null, accepted.providerId());
        } else if (outcome instanceof Outcome.Gone gone) {
            return Settlement.done(claimed, DeliveryState.FAILED, gone.reason(), now);
        } else if (outcome instanceof Outcome.Parked parked) {
            return Settlement.done(claimed, DeliveryState.PARKED, parked.reason(), now);
        } else if (outcome instanceof Outcome.Retry retry) {
            return retry(claimed, retry, now);
        }
        throw new IllegalStateException("unknown outcome");
    }

    private Settlement retry(Claimed claimed, Outcome.Retry retry, Instant now) {
        if (claimed.attempt() >= config.attempts()) {
            return Settlement.done(claimed, DeliveryState.PARKED, "gave-up: " + retry.reason(), now);
        }
        Duration wait = backoff.after(
                claimed.attempt(), retry.after(), ThreadLocalRandom.current().nextDouble());
        return new Settlement(claimed, DeliveryState.QUEUED, now.plus(wait), retry.reason(), null);
    }

    private Uni<Void> settle(Channel channel, List<Settlement> settlements) {
        if (settlements.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Instant now = clock.instant();
        return store.settle(settlements, now)
                .onFailure()
                .retry()
                .withBackOff(SETTLE_PAUSE)
                .atMost(SETTLE_RETRIES)
                .invoke(() -> settlements.forEach(each -> meters.settled(channel.name(), each, now)));
    }

    /** A push that waits for the morning must not be overtaken by its own fallback. */
    private Uni<Void> postpone(List<Settlement> settlements) {
        List<UUID> notices = new ArrayList<>();
        List<Instant> until = new ArrayList<>();
        for (Settlement each : settlements) {
            Duration wait = dispatch.fallbackAfter(each.claimed().noticeClass());
            if (each.state() == DeliveryState.HELD && each.claimed().endpoint() != null && wait != null) {
                notices.add(each.claimed().notice());
                until.add(each.dueAt().plus(wait));
            }
        }
        return notices.isEmpty() ? Uni.createFrom().voidItem() : store.postponeFallback(notices, until);
    }
}
