package cn.kangka.api.platform;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** Events from the index and what became of each (docs/between-services.md, "Event batches"). */
final class RegionEventBatch {
    private static final int MOST = 500;

    private RegionEventBatch() {}

    enum Outcome {
        DONE,
        RETRY,
        PARK
    }

    record Request(@NotNull @Size(max = MOST) List<@NotNull RegionEvent> events) {}

    record Result(UUID id, Outcome outcome, String reason) {
        static Result done(UUID id) {
            return new Result(id, Outcome.DONE, null);
        }
    }

    record Response(List<Result> results) {}

    /** How far this service follows the index; nulls before the first event. */
    record Status(OffsetDateTime appliedAt, OffsetDateTime causedAt) {}
}
