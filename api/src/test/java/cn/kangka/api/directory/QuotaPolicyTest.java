package cn.kangka.api.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class QuotaPolicyTest {
    private static final QuotaPolicy REGION = new QuotaPolicy(80, List.of(60, 15, 10, 10, 5), 0);

    @Test
    void an_ordinary_session_gives_every_channel_a_unit() {
        int bookable = REGION.bookable(21);

        assertThat(bookable).isEqualTo(17);
        assertThat(REGION.quotas(bookable)).containsExactly(10, 2, 2, 2, 1);
    }

    @Test
    void a_single_unit_goes_to_the_app() {
        assertThat(REGION.bookable(1)).isEqualTo(1);
        assertThat(REGION.quotas(1)).containsExactly(1, 0, 0, 0, 0);
    }

    @Test
    void a_tenth_is_kept_for_doctors_and_the_channels_split_the_rest() {
        QuotaPolicy keeping = new QuotaPolicy(80, List.of(60, 15, 10, 10, 5), 10);

        assertThat(keeping.bookable(21)).isEqualTo(17);
        assertThat(keeping.reserved(17)).isEqualTo(2);
        assertThat(keeping.quotas(17)).containsExactly(9, 2, 2, 1, 1);
        assertThat(keeping.reserved(4)).isZero();
        assertThat(keeping.reserved(6)).isEqualTo(1);
    }

    @Property
    void reserve_and_quotas_are_what_is_bookable(
            @ForAll @IntRange(max = 5_000) int bookable, @ForAll @IntRange(max = 100) int percent) {
        QuotaPolicy keeping = new QuotaPolicy(80, List.of(60, 15, 10, 10, 5), percent);

        int channels = Arrays.stream(keeping.quotas(bookable)).sum();
        assertThat(keeping.reserved(bookable) + channels).isEqualTo(bookable);
    }

    @Test
    void without_any_weight_nobody_gets_anything() {
        assertThat(new QuotaPolicy(80, List.of(0, 0, 0, 0, 0), 0).quotas(17)).containsExactly(0, 0, 0, 0, 0);
    }

    @Property
    void nothing_is_lost_or_invented(
            @ForAll @IntRange(max = 5_000) int total, @ForAll @Size(5) List<@IntRange(max = 100) Integer> weights) {
        int[] parts = QuotaPolicy.split(total, weights);

        boolean anybody = weights.stream().anyMatch(weight -> weight > 0);
        assertThat(Arrays.stream(parts).sum()).isEqualTo(anybody ? total : 0);
    }

    @Property
    void nobody_is_further_than_one_unit_from_the_exact_share(
            @ForAll @IntRange(max = 5_000) int total,
            @ForAll @Size(5) List<@IntRange(min = 1, max = 100) Integer> weights) {
        int[] parts = QuotaPolicy.split(total, weights);

        int sum = weights.stream().mapToInt(Integer::intValue).sum();
        for (int i = 0; i < parts.length; i++) {
            double exact = (double) total * weights.get(i) / sum;
            assertThat(parts[i]).isBetween((int) Math.floor(exact), (int) Math.ceil(exact));
        }
    }

    @Property
    void the_bookable_share_never_exceeds_the_capacity(
            @ForAll @IntRange(max = 5_000) int capacity, @ForAll @IntRange(max = 100) int percent) {
        assertThat(new QuotaPolicy(percent, List.of(1, 1, 1, 1, 1), 0).bookable(capacity))
                .isBetween(0, capacity);
    }
}
