package cn.kangka.empi.traffic;

import cn.kangka.empi.hospital.MessageState;
import cn.kangka.empi.traffic.MessageViews.Asked;
import cn.kangka.empi.traffic.MessageViews.Detail;
import cn.kangka.empi.traffic.MessageViews.Item;
import cn.kangka.kit.page.Cursor;
import cn.kangka.kit.page.Limits;
import cn.kangka.kit.page.Page;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The message log, for integration staff. */
@Path("/v1/messages")
@RolesAllowed({"service", "integration"})
@Tag(name = "messages")
public class MessageResource {
    private final Messages messages;

    MessageResource(Messages messages) {
        this.messages = messages;
    }

    /** Which messages; what is absent does not matter. */
    public static class Query {
        @QueryParam("direction")
        @Pattern(regexp = "IN|OUT")
        String direction;

        @QueryParam("source")
        @Size(max = 100)
        String source;

        @QueryParam("code")
        @Size(max = 20)
        String code;

        @QueryParam("trigger")
        @Size(max = 20)
        String trigger;

        @QueryParam("state")
        Set<MessageState> states;

        @QueryParam("person")
        UUID person;

        @QueryParam("control")
        @Size(max = 200)
        String control;

        @QueryParam("from")
        Instant from;

        @QueryParam("until")
        Instant until;

        MessageFilter filter() {
            return new MessageFilter(
                    direction, source, code, trigger, states == null ? Set.of() : states, person, control, from, until);
        }
    }

    @Schema(name = "MessageReason", description = "Who does it, and why; both are in the access log")
    record Reason(
            @NotBlank @Size(max = 100) String by,
            @NotBlank @Size(max = 200) String reason) {}

    /** A list. */
    @GET
    @Operation(
            summary = "接口消息查询 · Messages received and sent, newest first",
            description =
                    "By direction (IN, OUT), source, code, trigger, state (repeatable), person, control (MSH-10), from and until"
                            + " (RFC 3339, UTC offset). Nothing of their content.")
    @APIResponse(responseCode = "200", description = "One page")
    @APIResponse(responseCode = "422", description = "cursor.unknown")
    public Uni<Page<Item>> list(
            @Valid @BeanParam Query query,
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit,
            @QueryParam("cursor") String cursor) {
        return messages.list(query.filter(), limit, Cursor.decode(cursor));
    }

    /** One message, taken apart. */
    @GET
    @Path("{id}")
    @Operation(
            summary = "消息结构 · One message as segments and fields",
            description = "Codes and the header are shown; values that say something of a person are hidden.")
    @APIResponse(responseCode = "200", description = "The message, its answer, what belongs to it")
    @APIResponse(responseCode = "404", description = "No such message")
    public Uni<Detail> read(@PathParam("id") UUID id) {
        return messages.read(id);
    }

    /** One message with all it says. */
    @POST
    @Path("{id}/open")
    @Operation(
            summary = "查看消息原文 · Open a message",
            description =
                    "Every value, and the text as it went over the wire. In the person's access log, with the reason.")
    @APIResponse(responseCode = "200", description = "The message whole")
    @APIResponse(responseCode = "404", description = "No such message")
    public Uni<Detail> open(@PathParam("id") UUID id, @NotNull @Valid Reason reason) {
        return messages.open(id, reason.by(), reason.reason());
    }

    /** Does one again. */
    @POST
    @Path("{id}/replay")
    @Operation(
            summary = "重放一条消息 · Do a message once more",
            description =
                    "Received: handled again as it came. Waiting or parked: sent now. Sent (A28, A31): the person as it is today;"
                            + " A40 and A37 as they were. It is noted, and done within seconds; oldest first.")
    @APIResponse(responseCode = "200", description = "Noted")
    @APIResponse(responseCode = "404", description = "No such message")
    @APIResponse(responseCode = "409", description = "message-not-repeatable: a booking that the hospital has decided")
    public Uni<Asked> again(@PathParam("id") UUID id, @NotNull @Valid Reason reason) {
        return messages.again(id, reason.by(), reason.reason());
    }

    /** Does all again that a search finds. */
    @POST
    @Path("replay")
    @Operation(
            summary = "按条件重放 · Do all messages of a search once more",
            description =
                    "The same parameters as the list; at most the newest 10,000. What cannot be done again is left out.")
    @APIResponse(responseCode = "200", description = "How many; more when there were more than 10,000")
    public Uni<Asked> again(@Valid @BeanParam Query query, @NotNull @Valid Reason reason) {
        return messages.again(query.filter(), reason.by(), reason.reason());
    }

    /** Holds one back. */
    @POST
    @Path("{id}/park")
    @Operation(summary = "挂起 · Hold a waiting message back, and what waits behind it about the same person")
    @APIResponse(responseCode = "204", description = "Parked")
    @APIResponse(responseCode = "404", description = "No such message waits")
    public Uni<Void> park(@PathParam("id") UUID id, @NotNull @Valid Reason reason) {
        return messages.park(id, reason.by(), reason.reason());
    }

    /** Lets one go. */
    @POST
    @Path("{id}/resume")
    @Operation(summary = "恢复 · Let a parked message go")
    @APIResponse(responseCode = "204", description = "On its way")
    @APIResponse(responseCode = "404", description = "No such message is parked")
    public Uni<Void> resume(@PathParam("id") UUID id, @NotNull @Valid Reason reason) {
        return messages.resume(id, reason.by(), reason.reason());
    }
}
