package cn.kangka.notification.notice;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** The intake over HTTP. */
@Path("/v1/notices")
@Tag(name = "Notices")
@RolesAllowed({"service", "producer"})
public class NoticeResource {
    /** What was accepted. */
    public record Accepted(
            @Schema(description = "notices, repetitions included")
            int accepted) {}

    private final NoticeService notices;
    private final JsonWebToken caller;

    NoticeResource(NoticeService notices, JsonWebToken caller) {
        this.notices = notices;
        this.caller = caller;
    }

    @POST
    @ResponseStatus(202)
    @Operation(
            summary = "Tell somebody something",
            description =
                    "One notice, or an array of at most 1,000, accepted whole or not at all. Idempotent by key: the"
                            + " same key with the same content changes nothing, with other content it replaces what is not yet"
                            + " sent. Keys belong to the caller")
    @APIResponse(responseCode = "202", description = "Durable: it will be told")
    @APIResponse(
            responseCode = "422",
            description = "A field breaks a rule, the template or a parameter is unknown, or its time is past. Every"
                    + " field is named")
    public Uni<Accepted> accept(@NotNull NoticeBatch batch) {
        return notices.accept(caller.getSubject(), batch.notices()).map(Accepted::new);
    }

    /** Keys of notices of the caller. */
    public record Keys(@NotNull @Size(min = 1, max = 1_000) List<@NotBlank @Size(max = 200) String> keys) {}

    /** A notice that was read in the inbox. */
    public record Read(String key, OffsetDateTime readAt) {}

    /** Those that were read. */
    public record Reads(List<Read> items) {}

    @POST
    @Path("/reads")
    @RolesAllowed("service")
    @Operation(
            summary = "Which notices were read",
            description = "Of the caller's own notices with these keys, those that were read in the inbox, and when")
    @APIResponse(responseCode = "200", description = "The ones that were read")
    public Uni<Reads> reads(@NotNull @Valid Keys asked) {
        return notices.reads(caller.getSubject(), asked.keys()).map(Reads::new);
    }

    @DELETE
    @Path("/{key}")
    @Operation(summary = "Take a notice back", description = "Cancels what is not yet sent; idempotent")
    @APIResponse(responseCode = "204", description = "Nothing more will be sent")
    public Uni<Void> cancel(@PathParam("key") String key) {
        return notices.cancel(caller.getSubject(), key);
    }
}
