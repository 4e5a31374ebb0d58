package cn.kangka.empi.matching;

import java.util.UUID;

/** What matching says of an identity. */
public sealed interface Decision {
    /**
     * It is a human that is known.
     *
     * @param probability 0–1
     * @param rule id of the rule or model that says so
     * @param candidate the identity that it agrees with
     */
    record Same(UUID person, double probability, String rule, UUID candidate) implements Decision {}

    /** Nobody that is known. */
    record Different() implements Decision {}
}
