package cn.kangka.empi.fhir;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How FHIR bundles are handed on, and messages sent to subscribers. */
@ConfigMapping(prefix = "kangka.fhir")
public interface FhirConfig {
    /** How many resources one {@code directory.bundle} has at most. */
    @WithDefault("200")
    int part();

    /** Where this service says that it is, in messages to subscribers; they don't call it back. */
    @WithDefault("urn:kangka:empi")
    String base();

    /** How long a subscriber may take to answer a message. */
    @WithDefault("10s")
    Duration answerTimeout();

    /** Connections to one subscriber. */
    @WithDefault("4")
    int connections();

    /** How often the delivery looks by itself. */
    @WithDefault("500ms")
    Duration poll();

    /** How many messages, each of another person, are taken at a time. */
    @WithDefault("20")
    int batch();

    /** For how long a batch is its worker's own: longer than its messages take when each one times out. */
    @WithDefault("5m")
    Duration lease();
}
