package cn.kangka.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.notification.channel.NoticeClass;
import cn.kangka.notification.delivery.DispatchPolicy.Decision;
import cn.kangka.notification.delivery.DispatchPolicy.Facts;
import cn.kangka.notification.preference.Preferences;
import cn.kangka.notification.preference.QuietHours;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DeliveryPoliciesTest {
    private static final Instant NIGHT = Instant.parse("2026-11-23T15:00:00Z");
    private static final Instant DAY = Instant.parse("2026-11-23T04:00:00Z");
    private static final Preferences USUAL =
            new Preferences(new QuietHours(LocalTime.of(22, 0), LocalTime.of(6, 0)), Set.of(), Set.of());

    @Test
    void a_login_code_is_held_back_by_nothing_but_its_own_expiry() {
        assertThat(DispatchPolicy.decide(facts("SMS", NoticeClass.TRANSACTIONAL, null, false), NIGHT))
                .isInstanceOf(Decision.Send.class);
        assertThat(DispatchPolicy.decide(facts("SMS", NoticeClass.TRANSACTIONAL, NIGHT, false), NIGHT))
                .isEqualTo(new Decision.Settle(DeliveryState.EXPIRED, "expired"));
    }

    @Test
    void push_and_sms_wait_for_the_morning_unless_urgent_and_the_inbox_never() {
        Instant morning = Instant.parse("2026-11-23T22:00:00Z");
        for (String channel : new String[] {"FCM", "SMS"}) {
            assertThat(DispatchPolicy.decide(facts(channel, NoticeClass.REMINDER, null, true), NIGHT))
                    .isEqualTo(new Decision.Hold(morning));
            assertThat(DispatchPolicy.decide(facts(channel, NoticeClass.URGENT, null, true), NIGHT))
                    .isInstanceOf(Decision.Send.class);
            assertThat(DispatchPolicy.decide(facts(channel, NoticeClass.REMINDER, null, true), DAY))
                    .isInstanceOf(Decision.Send.class);
        }
        assertThat(DispatchPolicy.decide(facts("INBOX", NoticeClass.CAMPAIGN, null, true), NIGHT))
                .isInstanceOf(Decision.Send.class);
    }

    @Test
    void backoff_doubles_up_to_the_longest_and_follows_the_providers_wish() {
        BackoffPolicy policy = new BackoffPolicy(Duration.ofSeconds(2), Duration.ofMinutes(10));
        assertThat(policy.after(1, null, 0)).isEqualTo(Duration.ofSeconds(2));
        assertThat(policy.after(4, null, 0)).isEqualTo(Duration.ofSeconds(16));
        assertThat(policy.after(60, null, 0)).isEqualTo(Duration.ofMinutes(10));
        assertThat(policy.after(1, Duration.ofSeconds(90), 0)).isEqualTo(Duration.ofSeconds(90));
        assertThat(policy.after(1, null, 1)).isEqualTo(Duration.ofMillis(2500));
    }

    @Test
    void a_notice_to_a_phone_is_one_sms_now_and_one_to_an_account_has_its_fallback_later() {
        PlanPolicy policy = new PlanPolicy(Map.of(NoticeClass.URGENT, Duration.ofMinutes(5)));
        UUID id = UUID.randomUUID();
        UUID account = UUID.randomUUID();
        assertThat(policy.plan(new PlanPolicy.Notice(id, null, NoticeClass.TRANSACTIONAL, DAY, false, false, true)))
                .containsExactly(new Planned(id, null, "SMS", NoticeClass.TRANSACTIONAL, DAY));
        assertThat(policy.plan(new PlanPolicy.Notice(id, account, NoticeClass.URGENT, DAY, true, true, true)))
                .containsExactly(
                        new Planned(id, account, "INBOX", NoticeClass.URGENT, DAY),
                        new Planned(id, account, "PUSH", NoticeClass.URGENT, DAY),
                        new Planned(id, account, "SMS", NoticeClass.URGENT, DAY.plusSeconds(300)));
        assertThat(policy.plan(new PlanPolicy.Notice(id, account, NoticeClass.CAMPAIGN, DAY, false, true, true)))
                .containsExactly(new Planned(id, account, "PUSH", NoticeClass.CAMPAIGN, DAY));
    }

    private static Facts facts(String channel, NoticeClass noticeClass, Instant expires, boolean toAccount) {
        return new Facts(channel, noticeClass, expires, toAccount, true, true, true, USUAL);
    }
}
