package cn.kangka.notification.template;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Set;

/** Rules of templates. */
@ConfigMapping(prefix = "kangka.template")
public interface TemplateConfig {
    /** The only parameters that a push or SMS text may use: none may hold a diagnosis, department, result, name or id. */
    @WithDefault("code,minutes")
    Set<String> discreetParams();

    /** Longest push or SMS text, in characters before rendering. */
    @WithDefault("200")
    int discreetLength();

    /** Longest title or body of an inbox text, in characters before rendering. */
    @WithDefault("2000")
    int inboxLength();

    /** How soon a version that another replica saved is used here. */
    @WithDefault("2s")
    Duration refresh();
}
