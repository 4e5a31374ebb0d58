package cn.kangka.api.appointment;

import cn.kangka.kit.page.Limits;
import cn.kangka.kit.page.Page;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where agents see what counts against the person on the phone. */
@Path("/v1/persons/{id}/marks")
@Tag(name = "Booking")
public class PersonMarksResource {
    private final Appeals appeals;

    PersonMarksResource(Appeals appeals) {
        this.appeals = appeals;
    }

    @GET
    @RolesAllowed({"agent", "supervisor"})
    @Operation(
            summary = "某人的违约记录 A person's marks, for agents",
            description =
                    "Missed visits and late cancels, also erased ones, the newest visit first; what became of appeals,"
                            + " without the words in which they were made. Audited.")
    @APIResponse(responseCode = "200", description = "One page of marks")
    @APIResponse(responseCode = "403", description = "The caller on the phone was not checked")
    public Uni<Page<MarkView>> ofPerson(
            @PathParam("id") UUID person,
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit,
            @QueryParam("cursor") String cursor) {
        return appeals.ofPerson(person, limit, cursor);
    }
}
