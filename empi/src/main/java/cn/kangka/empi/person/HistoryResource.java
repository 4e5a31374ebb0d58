package cn.kangka.empi.person;

import cn.kangka.empi.person.PersonRequests.PersonId;
import cn.kangka.kit.page.Cursor;
import cn.kangka.kit.page.Limits;
import cn.kangka.kit.page.Page;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What was done to persons, and taking it back. */
@Path("/v1/persons")
@RolesAllowed({"service", "registrar"})
@Tag(name = "persons")
public class HistoryResource {
    private final PersonHistory history;

    public HistoryResource(PersonHistory history) {
        this.history = history;
    }

    /** Merges, splits, moves and undos of a person. */
    @GET
    @Path("/{id}/events")
    @Operation(summary = "个人的合并、拆分与撤销记录 · Merges, splits, moves and undos of a person, newest first")
    @APIResponse(responseCode = "200", description = "A page; empty when nothing was done, or the id was never given")
    public Uni<Page<HistoryView>> of(
            @PathParam("id") UUID id,
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit,
            @QueryParam("cursor") String cursor) {
        return history.of(id, limit, Cursor.decode(cursor));
    }

    /** A registrar takes an event back. */
    @POST
    @Path("/events/{event}/undo")
    @Operation(summary = "撤销 · Takes a merge, split or move back; what a rule did it will not do again")
    @APIResponse(responseCode = "200", description = "The person that had been merged away, made, or moved from")
    @APIResponse(responseCode = "404", description = "No such event")
    @APIResponse(
            responseCode = "409",
            description = "Undone before, or something that happened since stands in the way")
    public Uni<PersonId> undo(@PathParam("event") UUID event, @NotNull @Valid PersonRequests.Review why) {
        return history.undo(event, why);
    }
}
