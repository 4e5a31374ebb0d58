package cn.kangka.api.directory;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A hospital or community health centre as people see it.
 *
 * @param id the region's id of it, such as H001
 * @param position of its first campus that has one
 * @param booking its booking rules
 */
public record HospitalView(
        @Schema(examples = "H001") String id,
        String name,

        @Schema(description = "HOSPITAL or CENTRE (community health centre)", examples = "HOSPITAL")
        String kind,

        List<String> aliases,

        @Schema(nullable = true, description = "grade, such as 三级甲等")
        String level,

        @Schema(nullable = true) String address,
        @Schema(nullable = true) String telephone,
        @Schema(nullable = true) Position position,
        List<CampusView> campuses,
        Booking booking) {

    /**
     * When units are released, flow back, and may be cancelled in time (Asia/Shanghai).
     *
     * @param horizonDays a session is released so many days before the visit, at {@code releaseTime}
     * @param cancelDeadline the day before the visit; a later cancel is accepted and counted
     * @param openUntil the last visit day that is released at the time of the answer
     */
    public record Booking(
            int horizonDays,
            LocalTime releaseTime,
            LocalTime flowBackTime,
            LocalTime cancelDeadline,

            @Schema(
                    description = "the last visit day (Asia/Shanghai) whose units are released by now;"
                            + " it moves on at releaseTime")
            LocalDate openUntil) {}
}
