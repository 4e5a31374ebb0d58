package cn.kangka.notification.notice;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.kit.problem.Problems.Violation;
import cn.kangka.notification.channel.NoticeClass;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IntakePolicyTest {
    private static final Instant NOW = Instant.parse("2026-11-26T08:00:00Z");
    private static final NoticeRequest.To ACCOUNT = new NoticeRequest.To(UUID.randomUUID(), null, null);
    private static final NoticeRequest GOOD = notice("k1", ACCOUNT, "/reports/1", Map.of("code", "1"), null);

    private final IntakePolicy policy = new IntakePolicy(2, Duration.ofMinutes(1), Duration.ofDays(30), 2, 5);

    @Test
    void a_good_notice_has_no_fault() {
        assertThat(policy.check(List.of(GOOD), NOW)).isEmpty();
        assertThat(policy.check(List.of(GOOD, GOOD), NOW)).isEmpty();
        assertThat(policy.check(List.of(notice("k", phone("+8613800138000"), null, null, null)), NOW))
                .isEmpty();
    }

    @Test
    void none_and_too_many_are_refused_as_a_whole() {
        assertThat(told(policy.check(List.of(), NOW))).containsExactly("notices notice.batch");
        assertThat(told(policy.check(Collections.nCopies(3, GOOD), NOW))).containsExactly("notices notice.batch");
    }

    @Test
    void every_field_at_fault_is_named_with_its_place() {
        NoticeRequest empty = new NoticeRequest(null, null, null, null, null, null, null, null);
        assertThat(told(policy.check(Arrays.asList(empty, null), NOW)))
                .containsExactly(
                        "notices[0].key required",
                        "notices[0].class required",
                        "notices[0].template required",
                        "notices[0].to notice.recipient",
                        "notices[1] required");
        assertThat(faults(notice("two words", ACCOUNT, "//elsewhere", null, null)))
                .containsExactly("key", "link");
    }

    @Test
    void a_recipient_is_an_account_or_a_phone_and_not_both() {
        assertThat(faults(notice("k", phone("call me"), null, null, null))).containsExactly("to.phone");
        NoticeRequest.To both = new NoticeRequest.To(UUID.randomUUID(), null, "13800138000");
        assertThat(faults(notice("k", both, null, null, null))).containsExactly("to");
    }

    @Test
    void parameters_are_few_short_and_plainly_named() {
        assertThat(faults(notice("k", ACCOUNT, null, Map.of("a", "1", "b", "2", "c", "3"), null)))
                .containsExactly("params");
        assertThat(faults(notice("k", ACCOUNT, null, Map.of("a", "1", "b", "2"), null)))
                .isEmpty();
        assertThat(faults(notice("k", ACCOUNT, null, Map.of("Code!", "1"), null)))
                .containsExactly("params");
        assertThat(faults(notice("k", ACCOUNT, null, Map.of("code", "123456"), null)))
                .containsExactly("params.code");
        assertThat(faults(notice("k", ACCOUNT, null, Map.of("code", "12345"), null)))
                .isEmpty();
    }

    @Test
    void its_time_is_neither_long_over_nor_too_far() {
        assertThat(faults(notice("k", ACCOUNT, null, null, NOW.plus(Duration.ofDays(30)))))
                .isEmpty();
        assertThat(faults(notice("k", ACCOUNT, null, null, NOW.plus(Duration.ofDays(31)))))
                .containsExactly("notBefore");
        assertThat(policy.isPast(notice("k", ACCOUNT, null, null, NOW.minusSeconds(60)), NOW))
                .isFalse();
        assertThat(policy.isPast(notice("k", ACCOUNT, null, null, NOW.minusSeconds(61)), NOW))
                .isTrue();
        assertThat(policy.isPast(GOOD, NOW)).isFalse();
    }

    private static List<String> told(List<Violation> violations) {
        return violations.stream()
                .map(each -> each.field() + " " + each.messageKey())
                .toList();
    }

    private List<String> faults(NoticeRequest notice) {
        return policy.check(List.of(notice), NOW).stream().map(Violation::field).toList();
    }

    private static NoticeRequest.To phone(String number) {
        return new NoticeRequest.To(null, null, number);
    }

    private static NoticeRequest notice(
            String key, NoticeRequest.To to, String link, Map<String, String> params, Instant notBefore) {
        return new NoticeRequest(
                key,
                NoticeClass.CAMPAIGN,
                "booking-made",
                to,
                params,
                link,
                notBefore == null ? null : notBefore.atOffset(ZoneOffset.UTC),
                null);
    }
}
