package cn.kangka.api.record;

import java.time.Instant;

/** When the citizen may see a version of a report, and by which rule. */
sealed interface Release {
    /** The rule's stable id, such as {@code report.normal-at-once}. */
    String rule();

    /** At once. */
    record AtOnce(String rule) implements Release {}

    /** When a clinician released it, at the latest then. */
    record NotBefore(String rule, Instant at) implements Release {}

    /** Only when a clinician releases it, or a later version comes that may be shown. */
    record Held(String rule) implements Release {}
}
