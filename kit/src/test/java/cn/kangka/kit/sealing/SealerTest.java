package cn.kangka.kit.sealing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;
import javax.crypto.Cipher;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

    @ParameterizedTest
    @EnumSource(Suite.class)
    void every_suite_seals_opens_and_hashes(Suite suite) {
        try (Sealer own = new Sealer(SealingKeys.random(suite))) {
            byte[] envelope = own.seal("phone", "13812345678");
            assertThat(own.open("phone", envelope)).isEqualTo("13812345678");
            assertThat(new String(envelope, StandardCharsets.ISO_8859_1)).doesNotContain("138");
            envelope[envelope.length - 1] ^= 1;
            assertThatThrownBy(() -> own.open("phone", envelope)).isInstanceOf(SealingException.class);
            assertThat(own.hash("phone", "13812345678"))
                    .hasSize(32)
                    .isEqualTo(own.hash("phone", "13812345678"))
                    .isNotEqualTo(own.hash("id", "13812345678"));
        }
    }

    /** GB/T 32905, example 1, and GB/T 32907, example 1: the algorithms are those of the standards. */
    @Test
    void sm3_and_sm4_are_those_of_the_standards() throws Exception {
        assertThat(MessageDigest.getInstance("SM3", new BouncyCastleProvider())
                        .digest("abc".getBytes(StandardCharsets.UTF_8)))
                .asHexString()
                .isEqualToIgnoringCase("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
        byte[] example = HexFormat.of().parseHex("0123456789abcdeffedcba9876543210");
        Cipher block = Cipher.getInstance("SM4/ECB/NoPadding", new BouncyCastleProvider());
        block.init(Cipher.ENCRYPT_MODE, Suite.SM.key(example));
        assertThat(block.doFinal(example)).asHexString().isEqualToIgnoringCase("681edf34d206965e86b3e94f536e4246");
    }

    @Test
    void keys_are_made_once_and_for_their_owner_only(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("keys.properties");
        KeySource source = KeySource.file(file, Suite.SM);
        source.load();
        String text = Files.readString(file);
        assertThat(text).contains("hash.sm=", "seal.1.sm=");
        source.load();
        assertThat(Files.readString(file)).isEqualTo(text);
        assertThat(Files.getPosixFilePermissions(file))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }

    @Test
    void a_new_key_seals_without_downtime_and_the_old_one_still_opens(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("keys.properties");
        try (Sealer running = new Sealer(KeySource.file(file, Suite.AES), Duration.ofMillis(20));
                Sealer late = new Sealer(KeySource.file(file, Suite.AES), Duration.ofHours(1))) {
            byte[] old = running.seal("phone", "13812345678");
            byte[] hash = running.hash("phone", "13812345678");
            String key = Base64.getEncoder().encodeToString(new byte[16]);
            // First every instance learns the key, then it seals.
            Files.writeString(file, Files.readString(file) + "seal.2.sm=" + key + "\ncurrent=1\n");
            await().during(Duration.ofMillis(100))
                    .until(() ->
                            running.seal("phone", "1")[4] == 1 && running.seal("phone", "1")[0] == Suite.AES.version);
            Files.writeString(file, Files.readString(file).replace("current=1", "current=2"));
            await().until(() -> running.seal("phone", "1")[4] == 2);
            byte[] fresh = running.seal("phone", "13987654321");
            assertThat(fresh[0]).isEqualTo(Suite.SM.version);
            assertThat(running.open("phone", old)).isEqualTo("13812345678");
            assertThat(running.open("phone", fresh)).isEqualTo("13987654321");
            assertThat(running.hash("phone", "13812345678")).isEqualTo(hash);
            // An instance that had not read the keys yet does so when it meets the new one.
            assertThatThrownBy(() -> late.open("phone", fresh)).isInstanceOf(SealingException.class);
            await().ignoreExceptions().until(() -> late.open("phone", fresh).equals("13987654321"));
        }
    }

    @Test
    void keys_that_would_find_nothing_or_cannot_be_read_are_not_taken(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("keys.properties");
        try (Sealer running = new Sealer(KeySource.file(file, Suite.AES), Duration.ofMillis(20))) {
            byte[] hash = running.hash("phone", "1");
            byte[] old = running.seal("phone", "1");
            Files.writeString(file, "hash=AAAA\n");
            await().during(Duration.ofMillis(100))
                    .until(() -> running.open("phone", old).equals("1"));
            Properties others = SealingKeys.generate(Suite.AES);
            Files.writeString(
                    file,
                    "hash=" + others.get("hash") + "\nseal.1=" + others.get("seal.1") + "\nseal.2="
                            + others.get("seal.1"));
            await().during(Duration.ofMillis(100))
                    .until(() -> running.seal("phone", "1")[4] == 1
                            && running.open("phone", old).equals("1"));
            assertThat(running.hash("phone", "1")).isEqualTo(hash);
        }
        assertThatThrownBy(() -> new Sealer(KeySource.file(folder.resolve("x/y"), Suite.AES), Duration.ofHours(1))
                        .open("phone", new byte[40]))
                .isInstanceOf(SealingException.class);
        Files.writeString(file, "seal.1=AAAA\nhash=AAAA\n");
        assertThatThrownBy(() -> new Sealer(KeySource.file(file, Suite.AES), Duration.ofHours(1)))
                .hasMessageContaining("must be 32 bytes")
                .hasMessageNotContaining("AAAA");
    }

    @Test
    void wrapped_keys_are_unwrapped_by_the_key_management_service(@TempDir Path folder) throws Exception {
        Properties plain = SealingKeys.generate(Suite.AES);
        Path token = Files.writeString(folder.resolve("token"), "t-1\n");
        HttpServer vault = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        vault.createContext("/v1/transit/decrypt/kangka", exchange -> {
            JsonObject asked =
                    new JsonObject(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            boolean known = "t-1".equals(exchange.getRequestHeaders().getFirst("X-Vault-Token"));
            String key = asked.getString("ciphertext").replaceFirst("vault:v\\d+:", "");
            byte[] answer = new JsonObject()
                    .put(
                            "data",
                            new JsonObject()
                                    .put(
                                            "plaintext",
                                            new StringBuilder(key).reverse().toString()))
                    .encode()
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(known ? 200 : 403, known ? answer.length : -1);
            if (known) {
                exchange.getResponseBody().write(answer);
            }
            exchange.close();
        });
        vault.start();
        try {
            Path file = Files.writeString(
                    folder.resolve("wrapped.properties"),
                    "hash=" + wrapped(plain.getProperty("hash")) + "\nseal.1=" + wrapped(plain.getProperty("seal.1"))
                            + "\n");
            URI decrypt = URI.create("http://localhost:" + vault.getAddress().getPort() + "/v1/transit/decrypt/kangka");
            Path same = Files.writeString(
                    folder.resolve("plain.properties"),
                    "hash=" + plain.get("hash") + "\nseal.1=" + plain.get("seal.1") + "\n");
            try (Sealer ours =
                            Sealer.of(file, Suite.AES, Duration.ofHours(1), Optional.of(decrypt), Optional.of(token));
                    Sealer plainly =
                            Sealer.of(same, Suite.AES, Duration.ofHours(1), Optional.empty(), Optional.empty())) {
                assertThat(plainly.open("phone", ours.seal("phone", "1"))).isEqualTo("1");
            }
            Files.writeString(token, "t-2");
            assertThatThrownBy(() ->
                            Sealer.of(file, Suite.AES, Duration.ofHours(1), Optional.of(decrypt), Optional.of(token)))
                    .hasMessageContaining("403");
        } finally {
            vault.stop(0);
        }
    }

    private static String wrapped(String key) {
        return "vault:v3:" + new StringBuilder(key).reverse();
    }
}
