package cn.kangka.api.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PlaceCodePolicyTest {
    private static final PlaceCodePolicy CODES =
            new PlaceCodePolicy(Duration.ofSeconds(60), PlaceCodePolicyTest::digest);
    private static final UUID HERE = UUID.fromString("0190d3a0-0000-7000-8000-000000000001");
    private static final UUID ELSEWHERE = UUID.fromString("0190d3a0-0000-7000-8000-000000000002");
    private static final Instant NOW = Instant.parse("2028-02-28T16:00:00Z");

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_code_is_good_while_it_is_shown_and_as_long_again() {
        String code = CODES.code(HERE, NOW);

        assertThat(CODES.until(NOW)).isEqualTo(NOW.plusSeconds(60));
        assertThat(CODES.good(HERE, code, NOW)).isTrue();
        assertThat(CODES.good(HERE, code, NOW.plusSeconds(119))).isTrue();
        assertThat(CODES.good(HERE, code, NOW.plusSeconds(120))).isFalse();
        assertThat(CODES.good(HERE, code, NOW.minusMillis(1))).isFalse();
        assertThat(CODES.good(ELSEWHERE, code, NOW)).isFalse();
    }

    @Property
    void a_code_has_six_digits(@ForAll int seconds) {
        Instant then = NOW.plusSeconds(seconds);

        assertThat(CODES.code(HERE, then)).matches("\\d{6}");
        assertThat(CODES.good(HERE, CODES.code(HERE, then), then)).isTrue();
    }
}
