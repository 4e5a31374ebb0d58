package cn.kangka.kit.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdsTest {
    private static final int VERSION = 7;
    private static final int VARIANT = 2;

    @Test
    void later_ids_are_greater_even_within_a_millisecond() {
        long before = System.currentTimeMillis();
        List<UUID> ids =
                IntStream.range(0, 50_000).mapToObj(number -> Ids.next()).toList();
        assertThat(ids).allSatisfy(id -> {
            assertThat(id.version()).isEqualTo(VERSION);
            assertThat(id.variant()).isEqualTo(VARIANT);
        });
        assertThat(ids.stream().map(UUID::toString)).isSorted().doesNotHaveDuplicates();
        assertThat(ids.get(0).getMostSignificantBits() >>> 16).isGreaterThanOrEqualTo(before);
    }

    @Test
    void threads_never_get_the_same() {
        assertThat(IntStream.range(0, 50_000).parallel().mapToObj(number -> Ids.next()))
                .doesNotHaveDuplicates();
    }

    @Test
    void an_id_tells_when_it_was_made() {
        assertThat(Ids.instant(Ids.at(1_795_000_000_123L)).toEpochMilli()).isEqualTo(1_795_000_000_123L);
    }
}
