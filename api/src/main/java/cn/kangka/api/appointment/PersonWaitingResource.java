package cn.kangka.api.appointment;

import cn.kangka.kit.page.Limits;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where agents see what the person on the phone waits for. */
@Path("/v1/persons/{id}/waiting-entries")
@Tag(name = "Booking")
public class PersonWaitingResource {
    private final WaitingList waiting;

    PersonWaitingResource(WaitingList waiting) {
        this.waiting = waiting;
    }

    @GET
    @RolesAllowed({"agent", "supervisor"})
    @Operation(
            summary = "某人的候补 A person's waiting lists, for agents",
            description =
                    "The newest first, with what is offered. Audited. A screen that waits for an offer asks again with"
                            + " If-None-Match: while nothing has changed the answer is 304 and no look is recorded.")
    @APIResponse(
            responseCode = "200",
            description = "One page of entries, with an ETag",
            content =
                    @Content(
                            schema =
                                    @Schema(
                                            type = SchemaType.OBJECT,
                                            properties = {
                                                @SchemaProperty(
                                                        name = "items",
                                                        type = SchemaType.ARRAY,
                                                        implementation = WaitingView.class),
                                                @SchemaProperty(
                                                        name = "next",
                                                        type = SchemaType.STRING,
                                                        description = "cursor of the next page; null at the end")
                                            })))
    @APIResponse(responseCode = "304", description = "Unchanged since the given ETag")
    @APIResponse(responseCode = "403", description = "The caller on the phone was not checked")
    public Uni<Response> ofPerson(
            @PathParam("id") UUID person,
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit,
            @QueryParam("cursor") String cursor,
            @HeaderParam("If-None-Match") String seen) {
        return waiting.ofPerson(person, limit, cursor, seen == null ? null : seen.replaceAll("^W/|\"", ""))
                .map(PersonWaitingResource::answer);
    }

    private static Response answer(WaitingLook look) {
        Response.ResponseBuilder answer = look.page() == null
                ? Response.notModified()
                : Response.ok(look.page(), MediaType.APPLICATION_JSON_TYPE);
        return answer.tag(look.version()).build();
    }
}
