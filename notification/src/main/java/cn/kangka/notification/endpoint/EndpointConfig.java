package cn.kangka.notification.endpoint;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Set;

/** Rules of devices. */
@ConfigMapping(prefix = "kangka.endpoint")
public interface EndpointConfig {
    /** Kinds that an app may register; those without a channel wait for one. */
    @WithDefault("fcm,web-push,huawei,honor,xiaomi,oppo,vivo,apns")
    Set<String> kinds();

    /** Devices of one account; the one that was seen longest ago goes when there are more. */
    @WithDefault("10")
    int devices();
}
