package cn.kangka.notification.inbox;

import cn.kangka.kit.page.Limits;
import cn.kangka.kit.page.Page;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
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
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A citizen's own inbox. */
@Path("/v1/me/inbox")
@Tag(name = "Inbox")
@RolesAllowed("citizen")
public class InboxResource {
    /** A number of entries. */
    public record Count(
            @Schema(description = "entries", minimum = "0") long count) {}

    private final InboxService inbox;
    private final JsonWebToken caller;

    InboxResource(InboxService inbox, JsonWebToken caller) {
        this.inbox = inbox;
        this.caller = caller;
    }

    @GET
    @Operation(summary = "My inbox", description = "Newest first")
    @APIResponse(responseCode = "200", description = "A page of entries")
    public Uni<Page<InboxItem>> list(
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit,
            @QueryParam("cursor") String cursor) {
        return inbox.list(account(), limit, cursor);
    }

    @GET
    @Path("/unread")
    @Operation(summary = "How many entries are unread")
    @APIResponse(responseCode = "200", description = "The number")
    public Uni<Count> unread() {
        return inbox.unread(account()).map(Count::new);
    }

    @POST
    @Path("/{id}/read")
    @Operation(summary = "Mark an entry as read", description = "Idempotent; a fallback SMS is not sent any more")
    @APIResponse(responseCode = "204", description = "It is read")
    @APIResponse(responseCode = "404", description = "No such entry in this inbox")
    public Uni<Void> read(@PathParam("id") UUID id) {
        return inbox.read(account(), id);
    }

    @POST
    @Path("/read-all")
    @Operation(summary = "Mark every entry as read")
    @APIResponse(responseCode = "200", description = "How many were unread")
    public Uni<Count> readAll() {
        return inbox.readAll(account()).map(Count::new);
    }

    @GET
    @Path("/stream")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "Follow my inbox",
            description = "Server-sent events `notice` with an entry as data and its id as event id; a comment every 15"
                    + " seconds shows that the stream is alive. With Last-Event-ID it goes on after that entry. It ends"
                    + " when the token expires: connect again with a new one")
    @APIResponse(responseCode = "200", description = "The stream")
    @APIResponse(responseCode = "429", description = "Too many streams of this account")
    public Multi<OutboundSseEvent> stream(@HeaderParam("Last-Event-ID") UUID last, @Context Sse sse) {
        // By the system's clock, like the check of the token itself; it accepts a token for some seconds more.
        Duration left = Duration.between(Instant.now(), Instant.ofEpochSecond(caller.getExpirationTime()));
        return inbox.stream(account(), last, left.toSeconds() < 1 ? Duration.ofSeconds(1) : left)
                .map(item -> event(item, sse));
    }

    private static OutboundSseEvent event(Optional<InboxItem> item, Sse sse) {
        return item.map(each -> sse.newEventBuilder()
                        .id(each.id().toString())
                        .name("notice")
                        .mediaType(MediaType.APPLICATION_JSON_TYPE)
                        .data(InboxItem.class, each)
                        .build())
                .orElseGet(() -> sse.newEventBuilder().comment("alive").build());
    }

    private UUID account() {
        return UUID.fromString(caller.getSubject());
    }
}
