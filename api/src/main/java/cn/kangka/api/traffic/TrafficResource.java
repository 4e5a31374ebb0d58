package cn.kangka.api.traffic;

import cn.kangka.api.traffic.MessageResource.Reason;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Connections and queues of the hospital link, for integration staff. */
@Path("/v1/traffic")
@RolesAllowed("integration")
@Tag(name = "Hospital link")
public class TrafficResource {
    private final TrafficDesk desk;

    TrafficResource(TrafficDesk desk) {
        this.desk = desk;
    }

    @GET
    @Operation(
            summary = "连接与队列 · Every connection and queue now",
            description =
                    "lines (of the last 15 seconds), queues with the age of the oldest message, unhandled messages.")
    @APIResponse(responseCode = "200", description = "Now")
    public Uni<JsonNode> live() {
        return desk.live();
    }

    @GET
    @Path("waiting")
    @Operation(summary = "待发送 · The first 200 messages that wait for a destination", description = "Without content.")
    @APIResponse(responseCode = "200", description = "In order")
    public Uni<JsonNode> waiting(@QueryParam("destination") @NotBlank @Size(max = 100) String destination) {
        return desk.waiting(destination);
    }

    @POST
    @Path("resume")
    @Operation(summary = "恢复全部挂起 · Let everything go that is parked for a destination", description = "Audited.")
    @APIResponse(responseCode = "200", description = "How many")
    public Uni<JsonNode> resumeAll(
            @QueryParam("destination") @NotBlank @Size(max = 100) String destination, @NotNull @Valid Reason reason) {
        return desk.resumeAll(destination, reason.reason());
    }
}
