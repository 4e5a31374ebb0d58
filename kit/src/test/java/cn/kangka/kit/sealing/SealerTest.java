package cn.kangka.kit.sealing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealerTest {
    private final Sealer sealer = new Sealer(SealingKeys.random());

    @Test
    void opens_what_it_sealed_and_never_seals_alike() {
        byte[] first = sealer.seal("phone", "13812345678");
        byte[] second = sealer.seal("phone", "13812345678");
        assertThat(first).isNotEqualTo(second);
        assertThat(sealer.open("phone", first)).isEqualTo("13812345678");
        assertThat(new String(first, UTF_8)).doesNotContain("13812345678");
        assertThat(sealer.seal("phone", (String) null)).isNull();
        assertThat(sealer.open("phone", null)).isNull();
    }

    @Test
    void an_envelope_opens_for_its_purpose_only_and_only_unaltered() {
        byte[] envelope = sealer.seal("phone", "13812345678");
        assertThatThrownBy(() -> sealer.open("name", envelope)).isInstanceOf(SealingException.class);
        envelope[envelope.length - 1] ^= 1;
        assertThatThrownBy(() -> sealer.open("phone", envelope))
                .isInstanceOf(SealingException.class)
                .hasMessageNotContaining("138");
        assertThatThrownBy(() -> sealer.open("phone", new byte[3])).isInstanceOf(SealingException.class);
    }

    @Test
    void a_hash_is_stable_per_purpose_and_differs_between_purposes() {
        assertThat(sealer.hash("phone", "13812345678")).isEqualTo(sealer.hash("phone", "13812345678"));
        assertThat(sealer.hash("phone", "13812345678")).isNotEqualTo(sealer.hash("id", "13812345678"));
        assertThat(new Sealer(SealingKeys.random()).hash("phone", "1")).isNotEqualTo(sealer.hash("phone", "1"));
    }

    @Test
    void a_new_key_seals_and_the_old_one_still_opens(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("keys.properties");
        byte[] old = new Sealer(SealingKeys.loadOrCreate(file)).seal("phone", "13812345678");
        Files.writeString(
                file, Files.readString(file) + "seal.2=" + Base64.getEncoder().encodeToString(new byte[32]) + "\n");
        Sealer rotated = new Sealer(SealingKeys.loadOrCreate(file));
        assertThat(rotated.open("phone", old)).isEqualTo("13812345678");
        assertThat(rotated.seal("phone", "1")[4]).isEqualTo((byte) 2);
    }
}
