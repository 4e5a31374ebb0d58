package cn.kangka.api.referral;

import static cn.kangka.api.referral.ReferralPolicy.Verdict.ALREADY;
import static cn.kangka.api.referral.ReferralPolicy.Verdict.IMPOSSIBLE;
import static cn.kangka.api.referral.ReferralPolicy.Verdict.MOVE;
import static cn.kangka.api.referral.ReferralPolicy.Verdict.NOT_YOURS;
import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.api.referral.ReferralPolicy.Act;
import cn.kangka.api.referral.ReferralPolicy.Side;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReferralPolicyTest {
    /** Every pair of state and act: where it leads; "=" stays, "-" cannot be. */
    private static final String TABLE = """
            state          ACCEPT   BOOK   UNBOOK   BOOK_INSTEAD DECLINE  CANCEL    SEE  REPORT_BACK   EXPIRE
            REQUESTED      ACCEPTED BOOKED -        -            DECLINED CANCELLED -    -             EXPIRED
            ACCEPTED       =        BOOKED =        BOOKED       DECLINED CANCELLED SEEN -             EXPIRED
            BOOKED         -        =      ACCEPTED =            DECLINED CANCELLED SEEN -             -
            SEEN           -        -      -        -            -        -         =    REPORTED_BACK -
            REPORTED_BACK  -        -      -        -            -        -         -    =             -
            DECLINED       -        -      -        -            =        -         -    -             -
            CANCELLED      -        -      -        -            -        =         -    -             -
            EXPIRED        -        -      -        -            -        -         -    -             =
            """;

    @Test
    void every_pair_of_state_and_act_is_in_the_table() {
        String[] lines = TABLE.strip().split("\n");
        String[] acts = lines[0].strip().split("\\s+");
        Map<ReferralStatus, Integer> seen = new EnumMap<>(ReferralStatus.class);
        for (int i = 1; i < lines.length; i++) {
            String[] cells = lines[i].strip().split("\\s+");
            ReferralStatus from = ReferralStatus.valueOf(cells[0]);
            for (int j = 1; j < cells.length; j++) {
                Act act = Act.valueOf(acts[j]);
                ReferralPolicy.Verdict verdict = ReferralPolicy.decide(from, act, Set.of(Side.values()));
                ReferralPolicy.Verdict expected =
                        switch (cells[j]) {
                            case "-" -> IMPOSSIBLE;
                            case "=" -> ALREADY;
                            default -> MOVE;
                        };
                assertThat(verdict).as(from + " " + act).isEqualTo(expected);
                if (expected == MOVE) {
                    assertThat(act.to()).as(from + " " + act).hasToString(cells[j]);
                }
                seen.merge(from, 1, Integer::sum);
            }
        }
        assertThat(seen).hasSize(ReferralStatus.values().length);
        assertThat(seen.values()).containsOnly(Act.values().length);
    }

    @ParameterizedTest
    @EnumSource(Act.class)
    void each_act_has_its_sides(Act act) {
        String sides = Map.of(
                        Act.ACCEPT, "RECEIVER",
                        Act.BOOK, "SENDER RECEIVER",
                        Act.UNBOOK, "REGION",
                        Act.BOOK_INSTEAD, "REGION",
                        Act.DECLINE, "RECEIVER",
                        Act.CANCEL, "SENDER PERSON",
                        Act.SEE, "RECEIVER REGION",
                        Act.REPORT_BACK, "RECEIVER",
                        Act.EXPIRE, "REGION")
                .get(act);
        for (Side side : Side.values()) {
            boolean theirs = ReferralPolicy.decide(ReferralStatus.REQUESTED, act, Set.of(side)) != NOT_YOURS;
            assertThat(theirs)
                    .as(act + " by " + side)
                    .isEqualTo(Set.of(sides.split(" ")).contains(side.name()));
        }
    }

    @Test
    void consent_without_documents_is_nothing_and_what_was_withdrawn_can_be_given_again() {
        assertThat(Consent.NONE.said(true)).isEqualTo(Consent.NONE);
        assertThat(Consent.ASKED.said(true)).isEqualTo(Consent.GIVEN);
        assertThat(Consent.PAPER.said(false)).isEqualTo(Consent.REFUSED);
        assertThat(Consent.REFUSED.said(true)).isEqualTo(Consent.GIVEN);
        assertThat(Consent.REFUSED.given()).isFalse();
    }
}
