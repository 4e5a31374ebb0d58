package cn.kangka.empi.reconciliation;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A comparison with one hospital.
 *
 * @param finishedAt null while it goes on
 * @param asked charts that were compared
 * @param agreed charts of which the hospital has what it was told
 * @param others how many ended otherwise: DIFFERS, UNKNOWN, REFUSED, UNANSWERED
 */
@Schema(name = "Reconciliation")
record Report(
        UUID id,
        String source,
        String by,
        Instant startedAt,
        Instant finishedAt,
        long asked,
        long agreed,
        Map<String, Long> others) {}
