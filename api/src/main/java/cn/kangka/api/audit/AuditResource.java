package cn.kangka.api.audit;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** For auditors. */
@Path("/v1/audit")
@Tag(name = "Audit")
public class AuditResource {
    private final AuditTrail trail;

    AuditResource(AuditTrail trail) {
        this.trail = trail;
    }

    @GET
    @Path("/verify")
    @RolesAllowed("auditor")
    @Operation(
            summary = "Check the audit's hash chain",
            description =
                    "Recomputes the whole chain and counts what is in none: tells whether an entry was altered, removed,"
                            + " slipped in or left out.")
    @APIResponse(responseCode = "200", description = "The verdict")
    public Uni<AuditTrail.Verdict> verify() {
        return trail.verify();
    }
}
