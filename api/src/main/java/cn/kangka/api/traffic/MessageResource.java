package cn.kangka.api.traffic;

import cn.kangka.api.traffic.TrafficClient.Query;
import cn.kangka.kit.page.Limits;
import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The message log of the hospital link, for integration staff; shapes are those of {@code empi}'s own OpenAPI. */
@Path("/v1/messages")
@RolesAllowed("integration")
@Tag(name = "Hospital link")
public class MessageResource {
    private final TrafficDesk desk;

    MessageResource(TrafficDesk desk) {
        this.desk = desk;
    }

    @Schema(name = "TrafficReason", description = "Why; kept in the access log")
    record Reason(@NotBlank @Size(max = 200) String reason) {}

    @GET
    @Operation(
            summary = "接口消息查询 · Messages received from and sent to hospitals, newest first",
            description =
                    "By direction (IN, OUT), source, code, trigger, state (repeatable), person, control (MSH-10), from"
                            + " and until (RFC 3339). Nothing of their content.")
    @APIResponse(responseCode = "200", description = "One page")
    public Uni<JsonNode> list(
            @BeanParam Query query,
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit,
            @QueryParam("cursor") String cursor) {
        return desk.list(query, limit, cursor);
    }

    @GET
    @Path("{id}")
    @Operation(
            summary = "消息结构 · One message as segments and fields, or a resource",
            description = "Values that say something of a person are hidden until it is opened.")
    @APIResponse(responseCode = "200", description = "The message, its answer, and what belongs to it")
    @APIResponse(responseCode = "404", description = "No such message")
    public Uni<JsonNode> read(@PathParam("id") UUID id) {
        return desk.read(id);
    }

    @POST
    @Path("{id}/{act}")
    @Operation(
            summary = "打开、重放、挂起、恢复 · Do something with a message",
            description =
                    "open: every value, in the person's access log. replay: handled or sent once more, within seconds."
                            + " park: a waiting message is held back. resume: a parked one goes.")
    @APIResponse(responseCode = "200", description = "open: the message whole; replay: how many are noted")
    @APIResponse(responseCode = "204", description = "park, resume: done")
    @APIResponse(responseCode = "404", description = "No such message; or none that waits, or is parked")
    @APIResponse(responseCode = "409", description = "message-not-repeatable")
    public Uni<JsonNode> act(
            @PathParam("id") UUID id,
            @PathParam("act") @Pattern(regexp = "open|replay|park|resume") String act,
            @NotNull @Valid Reason reason) {
        return desk.act(id, act, reason.reason());
    }

    @POST
    @Path("replay")
    @Operation(
            summary = "按条件重放 · Do all messages of a search once more",
            description = "The same parameters as the list; at most the newest 10,000.")
    @APIResponse(responseCode = "200", description = "How many; more when there were more than 10,000")
    public Uni<JsonNode> again(@BeanParam Query query, @NotNull @Valid Reason reason) {
        return desk.again(query, reason.reason());
    }
}
