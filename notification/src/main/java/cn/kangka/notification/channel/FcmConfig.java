package cn.kangka.notification.channel;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import jakarta.validation.constraints.Max;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Firebase Cloud Messaging. */
@ConfigMapping(prefix = "kangka.fcm")
public interface FcmConfig {
    /** Where a fake of FCM's HTTP v1 endpoint listens; empty in production, where the SDK talks to Google. */
    Optional<URI> url();

    /** The service account's JSON file; without one and with a fake's {@code url} no credential is needed. */
    Optional<Path> credentials();

    /** The Firebase project. */
    @WithDefault("sandbox")
    String project();

    /** Title of every push: the product's name, nothing else. */
    @WithDefault("康卡 Kangka")
    String title();

    /** How long to wait for one answer. */
    @WithDefault("5s")
    Duration timeout();

    /** Messages in one {@code sendEach}; FCM allows 500. */
    @WithDefault("100")
    @Max(500)
    int batch();

    /** Threads of each lane; the SDK sends one message per thread at a time. */
    @WithDefault("16")
    int threads();

    /** Bytes of one payload that FCM takes. */
    @WithDefault("4096")
    int payloadBytes();

    /** What FCM bears. */
    @WithParentName
    GateConfig gate();
}
