package cn.kangka.notification.delivery;

import cn.kangka.notification.channel.Channel;
import cn.kangka.notification.channel.Message;
import cn.kangka.notification.channel.NoticeClass;
import cn.kangka.notification.delivery.DispatchPolicy.Decision;
import cn.kangka.notification.endpoint.EndpointService;
import cn.kangka.notification.endpoint.Recipient;
import cn.kangka.notification.endpoint.RecipientService;
import cn.kangka.notification.preference.PreferenceService;
import cn.kangka.notification.preference.Preferences;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Finds out for a batch who the recipients are and what they wish, and splits it into what goes now and the rest. */
@ApplicationScoped
class Dispatch {
    /**
     * @param sent deliveries that go now, with their {@code messages} in the same order
     * @param settlements of those that don't
     */
    record Decided(List<Claimed> sent, List<Message> messages, List<Settlement> settlements) {}

    private record Known(Map<UUID, Recipient> recipients, Map<UUID, Preferences> wishes, Map<UUID, String> tokens) {}

    private final RecipientService recipients;
    private final PreferenceService preferences;
    private final EndpointService endpoints;
    private final Clock clock;
    private final PlanPolicy plan;

    Dispatch(
            RecipientService recipients,
            PreferenceService preferences,
            EndpointService endpoints,
            Clock clock,
            PlanPolicy plan) {
        this.recipients = recipients;
        this.preferences = preferences;
        this.endpoints = endpoints;
        this.clock = clock;
        this.plan = plan;
    }

    Uni<Decided> decide(Channel channel, List<Claimed> claimed) {
        return known(channel, claimed).map(known -> decide(channel, claimed, known));
    }

    Duration fallbackAfter(NoticeClass noticeClass) {
        return plan.fallbackAfter().get(noticeClass);
    }

    private Uni<Known> known(Channel channel, List<Claimed> claimed) {
        Set<UUID> accounts = channel.name().equals(Planned.INBOX)
                ? Set.of()
                : claimed.stream()
                        .map(Claimed::account)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet());
        Set<UUID> devices =
                claimed.stream().map(Claimed::endpoint).filter(Objects::nonNull).collect(Collectors.toSet());
        return recipients.of(accounts).flatMap(who -> preferences
                .of(accounts)
                .flatMap(wishes -> endpoints.tokens(devices).map(tokens -> new Known(who, wishes, tokens))));
    }

    private Decided decide(Channel channel, List<Claimed> claimed, Known known) {
        Decided decided = new Decided(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        Instant now = clock.instant();
        for (Claimed each : claimed) {
            String address = address(channel, each, known);
            Decision decision = DispatchPolicy.decide(facts(channel, each, address, known), now);
            if (decision instanceof Decision.Send) {
                decided.sent().add(each);
                decided.messages().add(each.message(channel.name(), address));
            } else if (decision instanceof Decision.Hold hold) {
                decided.settlements().add(new Settlement(each, DeliveryState.HELD, hold.until(), "quiet-hours", null));
            } else if (decision instanceof Decision.Settle settle) {
                decided.settlements().add(Settlement.done(each, settle.state(), settle.reason(), now));
            }
        }
        return decided;
    }

    private static String address(Channel channel, Claimed claimed, Known known) {
        if (claimed.endpoint() != null) {
            return known.tokens().get(claimed.endpoint());
        }
        if (claimed.account() == null) {
            return claimed.phone();
        }
        Recipient recipient = known.recipients().get(claimed.account());
        return recipient == null || channel.name().equals(Planned.INBOX) ? null : recipient.phone();
    }

    private DispatchPolicy.Facts facts(Channel channel, Claimed claimed, String address, Known known) {
        Recipient recipient =
                claimed.account() == null ? null : known.recipients().get(claimed.account());
        return new DispatchPolicy.Facts(
                channel.name(),
                claimed.noticeClass(),
                claimed.expiresAt(),
                claimed.account() != null,
                recipient == null || recipient.active(),
                claimed.text(channel.name()) != null,
                address != null,
                claimed.account() == null
                        ? preferences.defaults()
                        : known.wishes().getOrDefault(claimed.account(), preferences.defaults()));
    }
}
