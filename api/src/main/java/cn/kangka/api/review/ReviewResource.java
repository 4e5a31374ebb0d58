package cn.kangka.api.review;

import cn.kangka.kit.page.Limits;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The registrar's queue of doubtful pairs; shapes are those of {@code empi}'s own OpenAPI. */
@Path("/v1/reviews")
@RolesAllowed("registrar")
@Tag(name = "Reviews")
public class ReviewResource {
    private static final int DAY = 86_400;

    private final ReviewDesk desk;

    ReviewResource(ReviewDesk desk) {
        this.desk = desk;
    }

    record Decision(
            @NotNull @Pattern(regexp = "SAME|DIFFERENT|LATER")
            String decision,

            @Size(max = 500) String reason,
            @Min(0) @Max(DAY) int seconds) {
        @Override
        public String toString() {
            return "a decision";
        }
    }

    @GET
    @Operation(
            summary = "待复核队列 The queue of doubtful pairs",
            description = "Masked; items of id, state, probability (0–1), veto, createdAt, decidedAt, decidedBy, and"
                    + " source and name of both sides.")
    @APIResponse(
            responseCode = "200",
            description = "A page: the likeliest or the oldest first, decided ones last first")
    public Uni<JsonNode> list(
            @QueryParam("state") @DefaultValue("OPEN") @Pattern(regexp = "OPEN|LATER|DECIDED") String state,
            @QueryParam("order") @DefaultValue("probability") @Pattern(regexp = "probability|age") String order,
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit,
            @QueryParam("cursor") String cursor) {
        return desk.list(state, order, limit, cursor);
    }

    @GET
    @Path("statistics")
    @Operation(
            summary = "复核统计 How the queue does",
            description =
                    "open, later and the oldest open now; decided, medianSeconds and p90Seconds of the last 30 days.")
    @APIResponse(responseCode = "200", description = "Counts and seconds")
    public Uni<JsonNode> statistics() {
        return desk.statistics();
    }

    @GET
    @Path("{id}")
    @Operation(
            summary = "对照两份档案 Both records in full",
            description = "Both sides, and per field both values, their agreement (SAME, CLOSE, DIFFERENT, MISSING) and"
                    + " the bits for or against; prior, household and bits add up to the score. Every reading is audited"
                    + " for both persons.")
    @APIResponse(responseCode = "200", description = "Scored now, by the model in use")
    @APIResponse(responseCode = "404", description = "No such task")
    public Uni<JsonNode> read(@PathParam("id") UUID id) {
        return desk.read(id);
    }

    @POST
    @Path("{id}/decision")
    @Operation(
            summary = "复核结论 Decide",
            description = "SAME joins the two persons, DIFFERENT keeps them apart for ever (or parts them when they are"
                    + " one), LATER puts the task off. No rule ever changes it.")
    @APIResponse(responseCode = "200", description = "state, and event for what happened to persons")
    @APIResponse(responseCode = "404", description = "No such task")
    @APIResponse(responseCode = "409", description = "review-decided: by somebody else, or by new data")
    public Uni<JsonNode> decide(@PathParam("id") UUID id, @NotNull @Valid Decision decision) {
        return desk.decide(id, decision.decision(), decision.reason(), decision.seconds());
    }

    @POST
    @Path("{id}/undo")
    @Operation(summary = "撤销结论 Take a decision back", description = "The task is open again, the persons as before.")
    @APIResponse(responseCode = "200", description = "Open again")
    @APIResponse(responseCode = "404", description = "No such task")
    @APIResponse(responseCode = "409", description = "undo-impossible: later events stand in the way")
    public Uni<JsonNode> undo(@PathParam("id") UUID id) {
        return desk.undo(id);
    }
}
