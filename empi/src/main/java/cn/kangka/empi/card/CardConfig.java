package cn.kangka.empi.card;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Set;

/** The rules of cards and their codes (domain rules, "Health card"). */
@ConfigMapping(prefix = "kangka.card")
public interface CardConfig {
    /** How long a dynamic code is shown as valid. */
    @WithDefault("60S")
    Duration codeLife();

    /** How long after that a code is still taken, for clocks that differ and queues at the counter. */
    @WithDefault("15S")
    Duration codeGrace();

    /** How long a used or expired code's hash is kept, so that "used" and "unknown" can be told apart. */
    @WithDefault("1D")
    Duration codeKept();

    /** How long a report of loss may be lifted; then the card is cancelled and replaced by itself. */
    @WithDefault("15D")
    Duration liftLossWithin();

    /** Types of ids (PID-3, CX.5) that are numbers of a hospital's own card (就诊卡). */
    @WithDefault("JZK,VC")
    Set<String> hospitalCardTypes();

    /** How often old codes are forgotten and overdue losses settled. */
    @WithDefault("10M")
    Duration sweepEvery();
}
