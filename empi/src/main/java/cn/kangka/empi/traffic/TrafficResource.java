package cn.kangka.empi.traffic;

import cn.kangka.empi.traffic.MessageResource.Reason;
import cn.kangka.empi.traffic.MessageViews.Asked;
import cn.kangka.empi.traffic.MessageViews.Letter;
import cn.kangka.empi.traffic.MessageViews.Live;
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
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Connections and queues, for integration staff. */
@Path("/v1/traffic")
@RolesAllowed({"service", "integration"})
@Tag(name = "messages")
public class TrafficResource {
    private final Messages messages;

    TrafficResource(Messages messages) {
        this.messages = messages;
    }

    /** How everything stands. */
    @GET
    @Operation(
            summary = "连接与队列 · Every connection and queue now",
            description =
                    "Connections of the last 15 seconds of every instance; queues with the age of their oldest message.")
    @APIResponse(responseCode = "200", description = "Now")
    public Uni<Live> live() {
        return messages.live();
    }

    /** What waits. */
    @GET
    @Path("waiting")
    @Operation(summary = "待发送 · The first 200 messages that wait for a destination, without content")
    @APIResponse(responseCode = "200", description = "In order")
    public Uni<List<Letter>> waiting(@QueryParam("destination") @NotBlank @Size(max = 100) String destination) {
        return messages.waiting(destination);
    }

    /** Lets all go. */
    @POST
    @Path("resume")
    @Operation(summary = "恢复全部挂起 · Let everything go that is parked for a destination")
    @APIResponse(responseCode = "200", description = "How many")
    public Uni<Asked> resumeAll(
            @QueryParam("destination") @NotBlank @Size(max = 100) String destination, @NotNull @Valid Reason reason) {
        return messages.resumeAll(destination, reason.by(), reason.reason());
    }
}
