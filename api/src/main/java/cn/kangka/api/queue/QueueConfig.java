package cn.kangka.api.queue;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The region's rules for check-in and queues (domain rules, "Appointments"). */
@ConfigMapping(prefix = "kangka.queue")
public interface QueueConfig {
    /** How long before the band check-in opens; it is open to the end of the band. */
    @WithDefault("60m")
    Duration checkInOpens();

    /** Whether who comes after the band is put behind everybody, as long as the session runs; else the visit is missed. */
    @WithDefault("true")
    boolean lateCheckIn();

    /** Behind how many others somebody goes who did not come when called; at least 1. */
    @WithDefault("3")
    int requeueBehind();

    /** How often that is possible. */
    @WithDefault("2")
    int requeueMost();

    /** People are told that it is nearly their turn when so many are ahead. */
    @WithDefault("3")
    int nearAhead();

    /** How long a consultation is taken to last while the session has not shown it yet. */
    @WithDefault("6m")
    Duration consultation();

    /** Of how many last turns the time per turn is the median. */
    @WithDefault("10")
    int turnsMeasured();

    /** How long a place code is shown before the next one; the one before it is good for as long again. */
    @WithDefault("60s")
    Duration placeCodeShown();

    /** Where phones reach the citizens' app: the QR code on the wall leads there. */
    @WithDefault("${kangka.scheduling-links.book-url:${kangka.url.mobile-bff:http://localhost:8081}}")
    String appUrl();

    /** So many wrong place codes … */
    @WithDefault("5")
    int placeCodeTries();

    /** … within so long close the caller's check-in by code until then. */
    @WithDefault("15m")
    Duration placeCodeTriesWithin();

    /** How often an idle stream shows that it is alive, and looks for what no signal told. */
    @WithDefault("15s")
    Duration heartbeat();

    /** Streams that one account may hold open in this replica. */
    @WithDefault("3")
    int streamsPerAccount();

    /** Streams that this replica holds open at a time. */
    @WithDefault("5000")
    int streams();

    /** How long after the end of its session a queue is closed. */
    @WithDefault("6h")
    Duration closesAfter();
}
