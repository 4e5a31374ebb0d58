package cn.kangka.empi.matching.comparator;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class TextTest {
    @Test
    void the_shorter_one_is_before_and_then_the_smaller() {
        assertThat(Text.of("z").isBefore(Text.of("aa"))).isTrue();
        assertThat(Text.of("aa").isBefore(Text.of("z"))).isFalse();
        assertThat(Text.of("ab").isBefore(Text.of("ac"))).isTrue();
        assertThat(Text.of("ac").isBefore(Text.of("ab"))).isFalse();
        assertThat(Text.of("ba").isBefore(Text.of("ac"))).isFalse();
        assertThat(Text.of("ab").isBefore(Text.of("ab"))).isFalse();
    }

    @Property(tries = 300)
    void never_more_are_foreign_than_are(
            @ForAll @StringLength(max = 8) @CharRange(from = 'a', to = 'h') String one,
            @ForAll @StringLength(max = 8) @CharRange(from = 'a', to = 'h') String other) {
        long foreign =
                one.chars().distinct().filter(each -> other.indexOf(each) < 0).count();
        assertThat(Text.of(one).foreignTo(Text.of(other))).isEqualTo((int) foreign);
        assertThat(Text.of(one).length()).isEqualTo(one.length());
    }

    @Test
    void kinds_that_share_a_bit_count_once() {
        assertThat(Text.of("A\u0081").foreignTo(Text.of(""))).isEqualTo(1);
    }
}
