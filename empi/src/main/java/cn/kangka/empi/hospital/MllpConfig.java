package cn.kangka.empi.hospital;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;

/** HL7 v2 over MLLP, inbound. */
@ConfigMapping(prefix = "kangka.mllp")
public interface MllpConfig {
    /** Where the server listens. */
    @WithDefault("0.0.0.0")
    String host();

    /** The port; 0 takes a free one (tests). */
    @WithDefault("2575")
    int port();

    /**
     * The common port for TLS with client certificates (IHE ATNA, ITI-19), beside the plain one; 0 takes a free one. Keys and
     * trusted authorities are those of {@code quarkus.tls.mllp}, read again every {@code quarkus.tls.mllp.reload-period}.
     * Default: none.
     */
    OptionalInt tlsPort();

    /** Whether the common port without TLS is open. */
    @WithDefault("true")
    boolean plain();

    /** Event loops that share the port, 1–64; a free port has one. */
    @WithDefault("2")
    int loops();

    /** The longest message in bytes; a longer one closes its connection. */
    @WithDefault("16777216")
    int maxMessage();

    /** How many bytes outside a frame are passed over before the connection is closed. */
    @WithDefault("65536")
    int maxGarbage();

    /** How long a message may take from its start block to its end block. */
    @WithDefault("30s")
    Duration frameTimeout();

    /** How long a connection may be silent. */
    @WithDefault("30m")
    Duration idleTimeout();

    /** Connections at a time; further ones are closed at once. */
    @WithDefault("500")
    int maxConnections();

    /**
     * Memory that messages of all connections may take, unfinished ones counted twice and handled ones four times; the
     * connection that goes beyond is closed, and its sender sends again. At most a third of the heap.
     */
    @WithDefault("83886080")
    long maxBuffered();

    /** How often a message is tried whose handling broke on our side, before a person must look. */
    @WithDefault("10")
    int attempts();

    /** How long a stored message may stay unhandled before it is taken up again. */
    @WithDefault("60s")
    Duration resumeAfter();
}
