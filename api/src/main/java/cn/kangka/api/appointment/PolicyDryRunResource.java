package cn.kangka.api.appointment;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a changed rule would have done. */
@Path("/v1/policy-dry-runs")
@RolesAllowed("supervisor")
@Tag(name = "Policies")
public class PolicyDryRunResource {
    private final PolicyDryRuns runs;

    PolicyDryRunResource(PolicyDryRuns runs) {
        this.runs = runs;
    }

    @POST
    @Operation(
            summary = "规则试算 Try a rule on what was booked",
            description =
                    "Judges every booking made in the period, in order, by the rules as they are and by the tried ones:"
                            + " how many would have been stopped, by which rule, of how many people, by age, and how many pauses would"
                            + " have begun. Changes nothing; no identities. Bookings that were refused are not recorded, so a looser"
                            + " rule shows fewer stops than before, never more bookings. At most 31 days, not beyond today; audited.")
    @APIResponse(responseCode = "200", description = "Counts of both")
    @APIResponse(responseCode = "404", description = "No such hospital")
    @APIResponse(responseCode = "422", description = "No such rule, out of its range, or an impossible period")
    @APIResponse(responseCode = "429", description = "Another one is running; Retry-After tells when to ask again")
    public Uni<PolicyDryRunView> run(@NotNull @Valid PolicyDryRunView.Request request) {
        return runs.run(request);
    }
}
