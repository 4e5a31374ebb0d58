package cn.kangka.api.callcentre;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** What the console does with a caller on the phone. */
@Path("/v1/calls")
@RolesAllowed({"agent", "supervisor"})
@Tag(name = "Call centre")
public class CallResource {
    private final Calls calls;

    CallResource(Calls calls) {
        this.calls = calls;
    }

    record Search(
            @Size(max = 100) String name,
            @Pattern(regexp = "\\d{5,20}") String phone,
            @Pattern(regexp = "[0-9A-Za-z()/-]{4,30}") String idNumber,
            LocalDate birthDate) {
        @Override
        public String toString() {
            return "a search";
        }
    }

    record Found(List<Candidate> items) {}

    record With(@NotNull UUID person) {}

    record Lift(@NotBlank @Size(max = 200) String reason) {
        @Override
        public String toString() {
            return "a lift";
        }
    }

    @POST
    @Path("candidates")
    @Operation(
            summary = "找来电人 Find a caller",
            description = "By phone, by id number, or by name and one more; at most 20, masked. Audited.")
    @APIResponse(responseCode = "200", description = "Masked candidates")
    @APIResponse(responseCode = "422", description = "Too little to search by")
    public Uni<Found> search(@NotNull @Valid Search search) {
        return calls.search(
                        new CallerClient.Search(search.name(), search.phone(), search.idNumber(), search.birthDate()))
                .map(Found::new);
    }

    @POST
    @Operation(summary = "开始通话 Open a call with a person", description = "The agent's earlier call ends.")
    @APIResponse(responseCode = "201", description = "The call, at level 0")
    public Uni<RestResponse<Call>> open(@NotNull @Valid With with) {
        return calls.open(with.person()).map(call -> RestResponse.status(RestResponse.Status.CREATED, call));
    }

    @POST
    @Path("{id}/checks")
    @Operation(
            summary = "核对身份 Check the caller's answers",
            description =
                    "Three right items of five give level 1. Which one was wrong is never told; after three failed"
                            + " checks about a person within 24 hours, in whichever calls, a supervisor takes over."
                            + " A check that the index could not answer does not count.")
    @APIResponse(responseCode = "200", description = "The call with its level and the tries left")
    @APIResponse(responseCode = "404", description = "Not the agent's open call")
    @APIResponse(
            responseCode = "409",
            description = "call-needs-supervisor: rule call-centre.tries-per-person or call-centre.tries-per-agent")
    public Uni<Call> check(@PathParam("id") UUID id, @NotNull @Valid Answers answers) {
        return calls.check(id, answers);
    }

    @POST
    @Path("{id}/lift")
    @RolesAllowed("supervisor")
    @Operation(
            summary = "解除核对限制 Lift the block on checks",
            description = "A supervisor in a call of their own with the person: the failed checks about them no longer"
                    + " count. The reason is in the audit, which the citizen can read.")
    @APIResponse(responseCode = "200", description = "The call with all its tries")
    @APIResponse(responseCode = "404", description = "Not the supervisor's open call")
    public Uni<Call> lift(@PathParam("id") UUID id, @NotNull @Valid Lift lift) {
        return calls.lift(id, lift.reason().strip());
    }

    @POST
    @Path("{id}/end")
    @Operation(summary = "结束通话 End the call", description = "Nothing can be done for the person afterwards.")
    @APIResponse(responseCode = "204", description = "Ended")
    @APIResponse(responseCode = "404", description = "Not the agent's open call")
    public Uni<Void> end(@PathParam("id") UUID id) {
        return calls.end(id);
    }
}
