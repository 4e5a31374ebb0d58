package cn.kangka.bff.backend;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;

/** How requests are passed on. */
@ConfigMapping(prefix = "kangka.backend")
interface BackendConfig {
    /** Where {@code api} is; default {@code kangka.url.api}. */
    URI apiUrl();

    /** Where {@code notification} is; default {@code kangka.url.notification}. */
    URI notificationUrl();

    /** How long a connection may take to open. */
    @WithDefault("1s")
    Duration connectTimeout();

    /** How long a service may stay silent before its answer is given up: 503, or a cut connection once it has begun. */
    @WithDefault("10s")
    Duration silence();

    /** The same for answers that stay open; the sender's heartbeat must be shorter. */
    @WithDefault("90s")
    Duration streamSilence();

    /** The largest body that is passed on; what a citizen sends is small. */
    @WithDefault("64K")
    MemorySize maxBody();

    /** Connections to each service for plain requests. */
    @WithDefault("128")
    int connections();

    /** Plain requests that may wait for such a connection; one more is answered 503. */
    @WithDefault("1000")
    int waiting();

    /** Streams that may be open to each service at a time; one more is answered 503. */
    @WithDefault("5000")
    int streams();

    /** How long a service is left alone after half of the last requests failed. */
    @WithDefault("2s")
    Duration recovery();

    /** Over how many requests that half is counted. */
    @WithDefault("20")
    int window();
}
