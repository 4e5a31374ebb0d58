package cn.kangka.api.queue;

import cn.kangka.kit.idempotency.Idempotency.Answer;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
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

/** Where doctors' stations call, and what the waiting room shows. */
@Path("/v1/queues/{session}")
@Tag(name = "Queue")
public class QueueResource {
    private final Queues queues;

    QueueResource(Queues queues) {
        this.queues = queues;
    }

    @POST
    @Path("next")
    @RolesAllowed({"terminal", "hospital", "clerk", "supervisor"})
    @Operation(
            summary = "叫下一位 Call the next",
            description = "Booked band first, within it check-in; several rooms may call at once. `Idempotency-Key` is"
                    + " mandatory: a retry calls nobody else. Whoever was called stays called until passed or done")
    @APIResponse(
            responseCode = "200",
            description = "Who is called; nobody when nobody waits",
            content = @Content(schema = @Schema(implementation = CallView.class)))
    @APIResponse(responseCode = "400", description = "Without Idempotency-Key")
    @APIResponse(responseCode = "404", description = "No such session of the caller's hospital")
    public Uni<Response> next(
            @PathParam("session") UUID session,
            @HeaderParam("Idempotency-Key") String key,
            @NotNull @Valid NextRequest request) {
        return queues.next(session, key, request).map(QueueResource::response);
    }

    private static Response response(Answer answer) {
        return Response.status(answer.status())
                .type(MediaType.APPLICATION_JSON)
                .entity(answer.body())
                .build();
    }

    @POST
    @Path("passed")
    @RolesAllowed({"terminal", "hospital", "clerk", "supervisor"})
    @Operation(
            summary = "过号 Who was called did not come",
            description =
                    "They may check in again and are put behind 3 others, twice at most (per hospital; kangka.queue.requeue-behind,"
                            + " requeue-most)")
    @APIResponse(responseCode = "200", description = "The board afterwards")
    @APIResponse(
            responseCode = "404",
            description = "No such session of the caller's hospital, or no such booking in it")
    @APIResponse(responseCode = "409", description = "not-called")
    public Uni<BoardView> passed(@PathParam("session") UUID session, @NotNull @Valid TicketRequest request) {
        return queues.passed(session, request.appointment());
    }

    @POST
    @Path("done")
    @RolesAllowed({"terminal", "hospital", "clerk", "supervisor"})
    @Operation(summary = "就诊完成 They were seen", description = "Completes the booking, wherever they stood in the queue")
    @APIResponse(responseCode = "200", description = "The board afterwards")
    @APIResponse(
            responseCode = "404",
            description = "No such session of the caller's hospital, or no such booking in it")
    @APIResponse(responseCode = "409", description = "not-checked-in")
    public Uni<BoardView> done(@PathParam("session") UUID session, @NotNull @Valid TicketRequest request) {
        return queues.done(session, request.appointment());
    }

    @GET
    @Path("board")
    @PermitAll
    @Operation(summary = "候诊屏 What the waiting room shows", description = "Numbers only, for the screen on the wall")
    @APIResponse(responseCode = "200", description = "The board")
    @APIResponse(responseCode = "404", description = "No such session")
    public Uni<BoardView> board(@PathParam("session") UUID session) {
        return queues.board(session);
    }
}
