package cn.kangka.api.draw;

import cn.kangka.kit.idempotency.Idempotency.Answer;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where people take part in draws. */
@Path("/v1/draw-entries")
@Tag(name = "Draws")
public class DrawEntryResource {
    private final DrawEntries entries;

    DrawEntryResource(DrawEntries entries) {
        this.entries = entries;
    }

    @POST
    @RolesAllowed({"citizen", "agent", "supervisor", "partner"})
    @Operation(
            summary = "参加摇号 Take part in a draw",
            description =
                    "For sessions with mode DRAW, from their release until the draw's closesAt; when in that time makes no"
                            + " difference. Citizens enter themselves (level 1); agents and partners (scope appointments:write)"
                            + " give personId. The limits of bookings are judged now and again when the draw gives the unit."
                            + " Entering again gives the same entry.")
    @APIResponse(
            responseCode = "201",
            description = "The entry; its id is how to find it in the public list",
            content = @Content(schema = @Schema(implementation = DrawEntryView.class)))
    @APIResponse(responseCode = "400", description = "No Idempotency-Key, or a field breaks its rule")
    @APIResponse(responseCode = "404", description = "No such slot or person")
    @APIResponse(
            responseCode = "409",
            description =
                    "draw-not-open (liftsAt says from when), draw-closed, draw-not-by-lot, draw-too-many, draw-booked,"
                            + " slot-closed, slot-past, or a limit of bookings")
    public Uni<Response> enter(@HeaderParam("Idempotency-Key") String key, @NotNull @Valid DrawRequest request) {
        return entries.enter(key, request).map(DrawEntryResource::answer);
    }

    private static Response answer(Answer answer) {
        return Response.status(answer.status())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(answer.body())
                .build();
    }

    @GET
    @Path("{id}")
    @RolesAllowed({"citizen", "agent", "supervisor", "partner"})
    @Operation(
            summary = "摇号登记详情 Read an entry in a draw",
            description =
                    "With its state, and what came of it once it is drawn. Partners those they made (scope appointments:write).")
    @APIResponse(responseCode = "200", description = "The entry")
    @APIResponse(responseCode = "404", description = "No such entry, or not the caller's")
    public Uni<DrawEntryView> one(@PathParam("id") UUID id) {
        return entries.one(id);
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed({"citizen", "agent", "supervisor", "partner"})
    @Operation(
            summary = "退出摇号 Take an entry back",
            description =
                    "Until closesAt. Later the list is fixed; a unit that was won is given back by cancelling it.")
    @APIResponse(responseCode = "204", description = "Taken back, or ended before")
    @APIResponse(responseCode = "404", description = "No such entry, or not the caller's")
    @APIResponse(responseCode = "409", description = "draw-closed")
    public Uni<Void> leave(@PathParam("id") UUID id) {
        return entries.leave(id);
    }
}
