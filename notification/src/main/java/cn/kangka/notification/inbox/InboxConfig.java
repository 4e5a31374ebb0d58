package cn.kangka.notification.inbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The inbox and its streams. */
@ConfigMapping(prefix = "kangka.inbox")
public interface InboxConfig {
    /** How often an idle stream shows that it is alive, and looks for what no signal told. */
    @WithDefault("15s")
    Duration heartbeat();

    /** Streams that one account may hold open in this replica. */
    @WithDefault("6")
    int streamsPerAccount();

    /** How late a transaction may commit and its entry still be found by a stream that is ahead of it. */
    @WithDefault("5s")
    Duration lateCommit();

    /** How long entries are kept. */
    @WithDefault("730d")
    Duration kept();
}
