package cn.kangka.api.education;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the education articles. */
@ConfigMapping(prefix = "kangka.education")
public interface EducationConfig {
    /** How long browsers and proxies may show an article or a list without asking again. */
    @WithDefault("PT5M")
    Duration cacheFor();
}
