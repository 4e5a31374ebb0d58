package cn.kangka.empi.hospital;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How messages reach hospitals. */
@ConfigMapping(prefix = "kangka.hospital.delivery")
public interface DeliveryConfig {
    /** How long to wait for an answer to one message. */
    @WithDefault("10S")
    Duration answerTimeout();

    /** How long to wait for a connection. */
    @WithDefault("3S")
    Duration connectTimeout();

    /** How long a hospital that did not take a connection is left alone. */
    @WithDefault("1S")
    Duration pauseAfterFailure();

    /** After how many AE a message is parked until a person looks. */
    @WithDefault("4")
    int errorTries();

    /** How many messages, each of another person or appointment, are taken at a time. */
    @WithDefault("100")
    int batch();

    /** How long one hospital's batch may take; what is left is taken again. */
    @WithDefault("10S")
    Duration batchBudget();

    /** How long taken messages are kept from other replicas; longer than budget and timeouts together. */
    @WithDefault("30S")
    Duration lease();

    /** How often to look for messages that nobody announced. */
    @WithDefault("500MS")
    Duration poll();

    /** Longest answer in bytes; a hospital that sends more is disconnected. */
    @WithDefault("1048576")
    int largestAnswer();

    /**
     * Ids of sources that are told the minimum: the regional id, their own ids, name, sex and birth date. All others get
     * every id, the phones, documents and address as well (一卡在手,全区就诊).
     */
    Optional<List<String>> minimalScope();

    /** Namespace of the regional id in CX.4. */
    @WithDefault("KANGKA")
    String regionAuthority();
}
