package cn.kangka.api.policy;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Rules of a hospital's own. */
@Path("/v1/hospitals/{hospital}/policies")
@RolesAllowed("supervisor")
@Tag(name = "Policies", description = "预约规则 Rules for appointments, by hospital")
public class HospitalPolicyResource {
    private static final String VERSION = "\"\\d{1,18}\"";
    private static final int MOST = 100;

    private final HospitalPolicies policies;

    HospitalPolicyResource(HospitalPolicies policies) {
        this.policies = policies;
    }

    /**
     * What a hospital wants to have otherwise than the region.
     *
     * @param values by rule; what is not there is as the region has it
     */
    public record Change(
            @NotNull @Size(max = MOST) @Schema(examples = "{\"appointment.max-per-7-days\": 2}")
            Map<String, Integer> values) {}

    @GET
    @Operation(
            summary = "医院的预约规则 A hospital's rules",
            description =
                    "Limits and pauses, release, quotas, times, holds, waiting lists, check-in and draws: each with the"
                            + " region's value, the hospital's own, the range, the unit, and from when a change holds.")
    @APIResponse(
            responseCode = "200",
            description = "The values, with an ETag",
            content = @Content(schema = @Schema(implementation = HospitalPoliciesView.class)))
    @APIResponse(responseCode = "404", description = "No such hospital")
    public Uni<Response> read(@PathParam("hospital") String hospital) {
        return policies.read(hospital).map(HospitalPolicyResource::answer);
    }

    @PUT
    @Operation(
            summary = "设置医院的预约规则 Set a hospital's rules",
            description =
                    "Replaces all of its own values; audited. From when each holds, its begins says: never to the worse for"
                            + " who has booked. Limits count what was booked elsewhere too; try them by POST"
                            + " /v1/policy-dry-runs first. The quotas of the five channels make 100 together.")
    @APIResponse(
            responseCode = "200",
            description = "The values, with an ETag",
            content = @Content(schema = @Schema(implementation = HospitalPoliciesView.class)))
    @APIResponse(responseCode = "400", description = "If-Match is missing or no ETag of this list")
    @APIResponse(responseCode = "404", description = "No such hospital")
    @APIResponse(responseCode = "412", description = "Somebody changed them meanwhile")
    @APIResponse(
            responseCode = "422",
            description = "No such rule, out of its range, or in conflict with another; every one is named")
    public Uni<Response> replace(
            @PathParam("hospital") String hospital,
            @HeaderParam("If-Match") @NotNull @Pattern(regexp = VERSION) String seen,
            @NotNull @Valid Change change) {
        long version = Long.parseLong(seen.substring(1, seen.length() - 1));
        return policies.replace(hospital, version, change.values()).map(HospitalPolicyResource::answer);
    }

    private static Response answer(HospitalPoliciesView view) {
        return Response.ok(view).tag(Long.toString(view.version())).build();
    }
}
