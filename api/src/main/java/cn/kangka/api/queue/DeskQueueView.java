package cn.kangka.api.queue;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A session as whoever runs its queue sees it: how many, and numbers; nobody by name.
 *
 * @param open false when the clinic was stopped
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeskQueueView(
        UUID session,
        @Schema(examples = "H001") String hospital,
        String hospitalName,
        UUID department,
        String departmentName,
        String doctorName,
        LocalDate date,
        @Schema(description = "AM or PM", examples = "AM") String half,
        OffsetDateTime begins,
        OffsetDateTime ends,
        boolean open,

        @Schema(description = "how many have booked and have not come yet", minimum = "0")
        int expected,

        @Schema(description = "how many wait", minimum = "0")
        int waiting,

        @Schema(description = "who is called and was not seen yet, the last call first")
        List<CallView.Called> called) {

    DeskQueueView calling(List<CallView.Called> now) {
        return new DeskQueueView(
                session,
                hospital,
                hospitalName,
                department,
                departmentName,
                doctorName,
                date,
                half,
                begins,
                ends,
                open,
                expected,
                waiting,
                now);
    }
}
