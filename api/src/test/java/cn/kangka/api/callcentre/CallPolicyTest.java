package cn.kangka.api.callcentre;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CallPolicyTest {
    private final CallPolicy policy = new CallPolicy(3, 3);

    @Test
    void a_caller_is_believed_when_enough_was_asked_and_enough_was_right() {
        assertThat(policy.passes(3, 3)).isTrue();
        assertThat(policy.passes(4, 3)).isTrue();
        assertThat(policy.passes(3, 2)).isFalse();
        assertThat(policy.passes(2, 3)).isFalse();
    }

    @Test
    void tries_run_out_and_never_become_negative() {
        assertThat(policy.triesLeft(0)).isEqualTo(3);
        assertThat(policy.triesLeft(2)).isEqualTo(1);
        assertThat(policy.triesLeft(3)).isZero();
        assertThat(policy.triesLeft(9)).isZero();
    }
}
