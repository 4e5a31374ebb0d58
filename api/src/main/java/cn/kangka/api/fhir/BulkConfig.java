package cn.kangka.api.fhir;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** What is published by SMART Scheduling Links. */
@ConfigMapping(prefix = "kangka.scheduling-links")
public interface BulkConfig {
    /** How old a published file may be; until then everybody gets the same one. */
    @WithDefault("60s")
    Duration refresh();

    /** How many days ahead are published. */
    @WithDefault("30")
    int days();

    /** Where the citizens' app is: the links to book a band lead there. */
    @WithDefault("${kangka.url.mobile-bff:http://localhost:8081}")
    String bookUrl();

    /** Told of places that state no telephone; 12320 is the national health line. */
    @WithDefault("12320")
    String phone();

    /** Province and city of the region, for addresses and for clients that look for some regions only. */
    Optional<String> state();

    Optional<String> city();
}
