package cn.kangka.api.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One look at, or act on, the caller's data. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "Who did what with the caller's data, and when")
record Access(
        UUID id,
        OffsetDateTime at,

        @Schema(description = "CITIZEN, AGENT, SUPERVISOR, CLERK, PARTNER, TERMINAL, HOSPITAL, SERVICE …")
        String actorKind,

        @Schema(description = "Oneself, a role, or an institution; never a staff member's name")
        String actor,

        @Schema(description = "Such as report.read") String action,

        @Schema(description = "Id of what it was about; absent for lists")
        String object,

        @Schema(description = "ALLOWED or DENIED") String outcome,

        @Schema(description = "Given by the actor, where one was asked for")
        String reason) {}
