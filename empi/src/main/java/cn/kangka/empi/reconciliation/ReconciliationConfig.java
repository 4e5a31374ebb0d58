package cn.kangka.empi.reconciliation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When and how fast hospitals are compared. */
@ConfigMapping(prefix = "kangka.reconciliation")
public interface ReconciliationConfig {
    /** When every subscribing hospital is compared, as a Quarkus cron expression such as {@code 0 30 1 * * ?}; off never. */
    @WithDefault("off")
    String cron();

    /** How many charts are compared before what was found is written. */
    @WithDefault("20")
    int batch();

    /** After how many questions without an answer, one after the other, a run waits for a minute. */
    @WithDefault("3")
    int patience();

    /** For how long a batch is its worker's own. */
    @WithDefault("5m")
    Duration lease();
}
