package cn.kangka.api.draw;

import cn.kangka.kit.problem.Problems;
import io.quarkiverse.resteasy.problem.HttpProblem;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;

/** Every way an entry is refused, as a problem with the rule's id. */
final class DrawRefusals {
    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private DrawRefusals() {}

    static HttpProblem notByLot() {
        return Problems.refused("draw-not-by-lot", "draw.not-by-lot", null);
    }

    static HttpProblem notOpen(OffsetDateTime opens) {
        return Problems.refused("draw-not-open", "draw.not-open", opens, opens.format(MINUTES));
    }

    static HttpProblem closed(OffsetDateTime closedAt, OffsetDateTime drawsAt) {
        return Problems.refused("draw-closed", "draw.closed", null, closedAt.format(MINUTES), drawsAt.format(MINUTES));
    }

    static HttpProblem tooMany(int most) {
        return Problems.refused("draw-too-many", "draw.too-many", null, most);
    }

    static HttpProblem booked() {
        return Problems.refused("draw-booked", "draw.booked", null);
    }
}
