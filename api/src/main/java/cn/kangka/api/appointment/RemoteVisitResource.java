package cn.kangka.api.appointment;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where people join remote visits. */
@Path("/v1/appointments/{id}/join")
@Tag(name = "Booking")
public class RemoteVisitResource {
    private final RemoteVisits visits;

    RemoteVisitResource(RemoteVisits visits) {
        this.visits = visits;
    }

    @GET
    @RolesAllowed("citizen")
    @Operation(
            summary = "进入远程诊疗 Join a remote visit",
            description =
                    "For the person and who books for them, from 15 minutes (setting) before the band to its end. The link"
                            + " has no name or id of a person; its token (JWT of the region, aud remote:<hospital>, sub = the booking) is"
                            + " good for five minutes. Each is audited.")
    @APIResponse(responseCode = "200", description = "The link")
    @APIResponse(responseCode = "404", description = "No such booking, or not the caller's")
    @APIResponse(
            responseCode = "409",
            description = "remote-too-early with liftsAt; remote-closed: over, cancelled, or no remote visit")
    @APIResponse(responseCode = "503", description = "The hospital has no place for remote visits")
    public Uni<JoinView> join(@PathParam("id") UUID id) {
        return visits.join(id);
    }
}
