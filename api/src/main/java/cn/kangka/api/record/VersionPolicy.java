package cn.kangka.api.record;

import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

/** Decides what a message about a report that is known already means. */
final class VersionPolicy {
    /** The current version of a report. */
    record Current(UUID id, UUID identity, int version, ReportStatus status, Instant issuedAt, byte[] fingerprint) {}

    /** What to do with the message. */
    enum Decision {
        /** The first version of a report. */
        FIRST,
        /** Said before, or older than what is known. */
        IGNORE,
        /** A new version of the same patient's report. */
        SUPERSEDE,
        /** The hospital says that the report is another patient's: earlier versions must not be read any more. */
        MOVE
    }

    private VersionPolicy() {}

    /** @param current null when the report is unknown */
    static Decision decide(Current current, ReceivedReport received) {
        if (current == null) {
            return Decision.FIRST;
        }
        if (Arrays.equals(current.fingerprint(), received.fingerprint())
                || received.issuedAt().isBefore(current.issuedAt())) {
            return Decision.IGNORE;
        }
        if (!current.identity().equals(received.identity())) {
            return Decision.MOVE;
        }
        boolean backwards =
                received.status() == ReportStatus.PRELIMINARY && current.status() != ReportStatus.PRELIMINARY;
        return backwards ? Decision.IGNORE : Decision.SUPERSEDE;
    }
}
