package cn.kangka.api.schedule;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What became of a file.
 *
 * @param saved false for a dry run, and whenever there are errors
 * @param sessions in the file; {@code created} of them are new
 * @param departments that were not known before, like {@code doctors}
 */
public record ScheduleImportView(
        boolean saved, int sessions, int created, int departments, int doctors, List<Error> errors) {

    /** What is wrong with a cell. */
    public record Error(
            @Schema(description = "line of the file, the header is 1")
            int row,

            @Schema(nullable = true, examples = "日期") String column,

            @Schema(description = "stable id of the rule", examples = "day-range")
            String rule,

            String message) {}
}
