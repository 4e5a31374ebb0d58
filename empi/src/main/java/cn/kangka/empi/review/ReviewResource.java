package cn.kangka.empi.review;

import cn.kangka.empi.review.ReviewRequests.Order;
import cn.kangka.empi.review.ReviewRequests.Queue;
import cn.kangka.empi.review.ReviewViews.Item;
import cn.kangka.empi.review.ReviewViews.Outcome;
import cn.kangka.empi.review.ReviewViews.Pair;
import cn.kangka.empi.review.ReviewViews.Statistics;
import cn.kangka.kit.page.Limits;
import cn.kangka.kit.page.Page;
import cn.kangka.kit.page.TextCursor;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
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

/** Doubtful pairs for registrars. */
@Path("/v1/reviews")
@RolesAllowed({"service", "registrar"})
@Tag(name = "reviews")
public class ReviewResource {
    private final Reviews reviews;

    public ReviewResource(Reviews reviews) {
        this.reviews = reviews;
    }

    /** The queue. */
    @GET
    @Operation(summary = "待复核队列 · Doubtful pairs, masked; the likeliest or the oldest first")
    @APIResponse(responseCode = "200", description = "A page; decided ones come last decided first")
    @APIResponse(responseCode = "422", description = "cursor.unknown")
    public Uni<Page<Item>> list(
            @QueryParam("state") @DefaultValue("OPEN") Queue state,
            @QueryParam("order") @DefaultValue("probability") Order order,
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit,
            @QueryParam("cursor") String cursor) {
        return reviews.list(state, order, limit, TextCursor.decode(cursor));
    }

    /** How long the queue is, and how long a decision takes. */
    @GET
    @Path("/statistics")
    @Operation(summary = "复核统计 · How long the queue is, and seconds per decision")
    @APIResponse(responseCode = "200", description = "Counts now, seconds of the last 30 days")
    public Uni<Statistics> statistics() {
        return reviews.statistics();
    }

    /** Both records side by side. */
    @POST
    @Path("/{id}/read")
    @Operation(summary = "对照两份档案 · Both records in full with the reasons of their score; audited")
    @APIResponse(responseCode = "200", description = "Scored now, by the model in use")
    @APIResponse(responseCode = "404", description = "No such task")
    public Uni<Pair> read(@PathParam("id") UUID id, @NotNull @Valid ReviewRequests.Reader reader) {
        return reviews.read(id, reader.by());
    }

    /** A registrar decides. */
    @POST
    @Path("/{id}/decision")
    @Operation(summary = "复核结论 · SAME joins the two persons, DIFFERENT keeps them apart for ever, LATER puts it off")
    @APIResponse(responseCode = "200", description = "Done; no rule ever changes it")
    @APIResponse(responseCode = "404", description = "No such task")
    @APIResponse(responseCode = "409", description = "review-decided: by somebody else, or by other facts")
    public Uni<Outcome> decide(@PathParam("id") UUID id, @NotNull @Valid ReviewRequests.Decision decision) {
        return reviews.decide(id, decision);
    }

    /** A registrar takes a decision back. */
    @POST
    @Path("/{id}/undo")
    @Operation(summary = "撤销复核结论 · The task is open again, and the persons are what they were")
    @APIResponse(responseCode = "200", description = "Open again")
    @APIResponse(responseCode = "404", description = "No such task")
    @APIResponse(responseCode = "409", description = "undo-impossible: not decided, or later events stand in the way")
    public Uni<Outcome> undo(@PathParam("id") UUID id, @NotNull @Valid ReviewRequests.Undo who) {
        return reviews.undo(id, who.by());
    }
}
