package cn.kangka.empi.matching.blocking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LongNumbersTest {
    @Test
    void keys_are_numbered_in_order_of_appearance_however_many_and_alike_they_are() {
        LongNumbers numbers = new LongNumbers();
        Map<Long, Integer> expected = new LinkedHashMap<>();
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            long key = random.nextInt(3) == 0 ? (long) random.nextInt(4_000) << 13 : random.nextInt(9_000) - 4_500L;
            Integer number = expected.get(key);
            if (number == null) {
                number = expected.size();
                expected.put(key, number);
            }
            assertThat(numbers.numberOf(key)).isEqualTo(number);
            assertThat(numbers.size()).isEqualTo(expected.size());
        }
        expected.forEach((key, number) -> assertThat(numbers.numberOf(key)).isEqualTo(number));
        assertThat(numbers.size()).isEqualTo(expected.size());
    }
}
