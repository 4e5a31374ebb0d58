package cn.kangka.api.dependant;

import cn.kangka.kit.page.Page;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** For whom a citizen books. */
@Path("/v1/me/dependants")
@Tag(name = "Dependant", description = "家人代办 People for whom a citizen books")
public class DependantResource {
    private final Dependants dependants;

    DependantResource(Dependants dependants) {
        this.dependants = dependants;
    }

    /** The code that the person was sent. */
    @Schema(description = "The code that the person was sent")
    public record Agreement(
            @NotNull @Pattern(regexp = "\\d{6}") @Schema(examples = "123456")
            String code) {
        @Override
        public String toString() {
            return "an agreement";
        }
    }

    @GET
    @RolesAllowed("citizen")
    @Operation(
            summary = "我的家人 For whom I book",
            description = "At most five (setting). The same name is person of a booking.")
    @APIResponse(responseCode = "200", description = "All of them")
    public Uni<Page<DependantView>> mine() {
        return dependants.mine();
    }

    @POST
    @ResponseStatus(201)
    @RolesAllowed("citizen")
    @Operation(
            summary = "添加家人 Add somebody to book for",
            description =
                    "Level 2. A child (under 18) is added at once when name and document agree with a record that a"
                            + " hospital keeps with the caller's phone. Anybody else, and a child from 14 on with an account of their"
                            + " own, needs phone: theirs, which a hospital recorded for them; a code goes there, and it is PENDING until"
                            + " POST …/{id}/agreement. It is about bookings only. Again for the same person gives the same.")
    @APIResponse(responseCode = "201", description = "ACTIVE, or PENDING until the person agreed")
    @APIResponse(responseCode = "403", description = "Level 2 is missing")
    @APIResponse(responseCode = "409", description = "dependants-too-many")
    @APIResponse(
            responseCode = "422",
            description =
                    "dependant-not-confirmed: never says which part was wrong; or the caller's own document, or no mobile number")
    @APIResponse(
            responseCode = "429",
            description = "identity-paused after three wrong tries, or too many codes to a phone")
    @APIResponse(responseCode = "503", description = "unavailable: the index does not answer; the try does not count")
    public Uni<DependantView> add(@NotNull @Valid DependantRequest request) {
        return dependants.add(request);
    }

    @POST
    @Path("{id}/agreement")
    @RolesAllowed("citizen")
    @Operation(
            summary = "家人同意 The person agreed",
            description = "With the code from their phone; five tries, ten minutes.")
    @APIResponse(responseCode = "200", description = "ACTIVE")
    @APIResponse(responseCode = "404", description = "No such pending one of the caller's")
    @APIResponse(responseCode = "422", description = "dependant-code-wrong")
    public Uni<DependantView> agree(@PathParam("id") UUID id, @NotNull @Valid Agreement agreement) {
        return dependants.agree(id, agreement.code());
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed("citizen")
    @Operation(summary = "移除家人 Stop booking for somebody", description = "At once; bookings that stand stay.")
    @APIResponse(responseCode = "204", description = "Ended")
    @APIResponse(responseCode = "404", description = "No such one of the caller's")
    public Uni<Void> end(@PathParam("id") UUID id) {
        return dependants.end(id);
    }
}
