package cn.kangka.notification.channel;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.time.Duration;

/** The SMS provider; its address is {@code kangka.sms.url} (application.properties). */
@ConfigMapping(prefix = "kangka.sms")
public interface SmsConfig {
    /** Base address; {@code POST /sms} below it takes one message. */
    @WithDefault("http://localhost:8070")
    String url();

    /** How long to wait for the provider's answer. */
    @WithDefault("5s")
    Duration timeout();

    /** Calls at the same time from one lane of this replica. */
    @WithDefault("32")
    int batch();

    /** What the provider bears. */
    @WithParentName
    GateConfig gate();
}
