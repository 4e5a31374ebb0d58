package cn.kangka.api.queue;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where people see their place in the queue. */
@Path("/v1/appointments/{id}/queue")
@Tag(name = "Queue")
public class QueuePositionResource {
    private final QueuePositions positions;
    private final JsonWebToken caller;

    QueuePositionResource(QueuePositions positions, JsonWebToken caller) {
        this.positions = positions;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({"citizen", "agent", "supervisor", "partner"})
    @Operation(
            summary = "排队情况 Where a booking stands at the clinic",
            description = "Whether one may check in, and afterwards number, people ahead and estimated minutes")
    @APIResponse(responseCode = "200", description = "Where it stands now")
    @APIResponse(responseCode = "404", description = "No such booking of the caller's")
    public Uni<QueueView> now(@PathParam("id") UUID id) {
        return positions.now(id);
    }

    @GET
    @Path("events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @BeforeStream
    @RolesAllowed("citizen")
    @Operation(
            summary = "实时排队 Follow one's place in the queue",
            description =
                    "Server-sent events `queue` with the whole state as data, at once and at every change; a comment every"
                            + " 15 seconds shows that the stream is alive. It ends with the token, or when nothing more can change."
                            + " Last-Event-ID is not needed: the first event says everything")
    @APIResponse(responseCode = "200", description = "The stream")
    @APIResponse(responseCode = "404", description = "No such booking of the caller's")
    @APIResponse(responseCode = "429", description = "too-many-streams")
    public Multi<OutboundSseEvent> live(@PathParam("id") UUID id, @Context Sse sse) {
        // By the system's clock, like the check of the token itself; it accepts a token for some seconds more.
        Duration left = Duration.between(Instant.now(), Instant.ofEpochSecond(caller.getExpirationTime()));
        return positions
                .live(id, left.toSeconds() < 1 ? Duration.ofSeconds(1) : left)
                .map(view -> event(view, sse));
    }

    private static OutboundSseEvent event(Optional<QueueView> view, Sse sse) {
        return view.map(each -> sse.newEventBuilder()
                        .name("queue")
                        .mediaType(MediaType.APPLICATION_JSON_TYPE)
                        .data(QueueView.class, each)
                        .build())
                .orElseGet(() -> sse.newEventBuilder().comment("alive").build());
    }
}
