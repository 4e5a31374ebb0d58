package cn.kangka.api.search;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One page of what was found, with what the question is about.
 *
 * @param items the best first, the nearest first among equals where a place was given
 * @param urgent what to do at once, in words; null when nothing in the question is urgent
 */
public record SearchAnswer(
        List<Hit> items,
        @Schema(nullable = true) String next,
        List<About> symptoms,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(nullable = true, description = "what to do at once", examples = "请立即拨打 120 或前往最近的急诊")
        String urgent) {

    /** A symptom, or of whom the question is, with the departments for it, the likeliest first. */
    public record About(@Schema(examples = "头痛") String name, boolean urgent, List<Subject> departments) {}

    /** A subject of the national list 诊疗科目名录. */
    public record Subject(
            @Schema(examples = "03.03") String code,
            @Schema(examples = "神经内科") String name) {}

    /**
     * Somebody or something that can be booked.
     *
     * @param id of the doctor or department, or the hospital's id
     * @param distance in metres, where a place was given and the hospital's is known
     * @param nearestFree start of the first band that the caller's channel can book; null when there is none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Hit(
            @Schema(description = "DOCTOR, DEPARTMENT, HOSPITAL or CENTRE", examples = "DOCTOR")
            String kind,

            String id,
            @Schema(examples = "王建国") String name,
            @Schema(nullable = true, examples = "主任医师") String title,
            @Schema(examples = "H001") String hospital,
            String hospitalName,
            @Schema(nullable = true) UUID department,
            @Schema(nullable = true) String departmentName,
            @Schema(nullable = true, examples = "03.04") String standardCode,
            @Schema(nullable = true) String specialty,
            @Schema(nullable = true) String campus,

            @Schema(nullable = true, description = "metres") Integer distance,

            @Schema(nullable = true) OffsetDateTime nearestFree,
            @Schema(nullable = true) UUID nearestSlot) {}
}
