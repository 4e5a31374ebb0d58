package cn.kangka.empi.person;

import cn.kangka.empi.person.PersonRequests.Checked;
import cn.kangka.empi.person.PersonRequests.Checks;
import cn.kangka.empi.person.PersonRequests.Claim;
import cn.kangka.empi.person.PersonRequests.Claimed;
import cn.kangka.empi.person.PersonRequests.Matches;
import cn.kangka.empi.person.PersonRequests.PersonId;
import cn.kangka.empi.person.PersonRequests.Search;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.net.URI;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Persons for other services, and for registrars. */
@Path("/v1/persons")
@Tag(name = "persons")
public class PersonResource {
    private static final int PERMANENT_REDIRECT = 308;

    private final PersonService persons;

    public PersonResource(PersonService persons) {
        this.persons = persons;
    }

    /** A person by enterprise id. */
    @GET
    @Path("/{id}")
    @RolesAllowed({"service", "registrar"})
    @Operation(summary = "按主索引号查询个人 · A person by enterprise id")
    @APIResponse(responseCode = "200", description = "The person")
    @APIResponse(responseCode = "308", description = "Merged away; Location is the person it became")
    @APIResponse(responseCode = "404", description = "Never given")
    public Uni<RestResponse<PersonView>> get(@PathParam("id") UUID id) {
        return persons.get(id)
                .map(person -> person.id().equals(id)
                        ? RestResponse.ok(person)
                        : ResponseBuilder.<PersonView>create(PERMANENT_REDIRECT)
                                .location(URI.create("/v1/persons/" + person.id()))
                                .build());
    }

    /** Who somebody is by name, id document and phone. */
    @POST
    @Path("/claim")
    @RolesAllowed("service")
    @Operation(summary = "实名核验 · Who somebody is by name, id document and phone")
    @APIResponse(responseCode = "200", description = "Level 2 when a hospital recorded that phone for them, else 1")
    @APIResponse(responseCode = "404", description = "No such person, whichever part was wrong")
    public Uni<Claimed> claim(@NotNull @Valid Claim claim) {
        return persons.claim(claim);
    }

    /** Persons by name and birth date, by phone or by id number. */
    @POST
    @Path("/search")
    @RolesAllowed({"service", "registrar"})
    @Operation(summary = "查找个人 · Finds persons; the answer is masked, at most 20")
    @APIResponse(responseCode = "200", description = "Persons that agree with everything given")
    @APIResponse(responseCode = "422", description = "Too little was given")
    public Uni<Matches> search(@NotNull @Valid Search search) {
        return persons.search(search);
    }

    /** How many of a caller's statements about a person are right. */
    @POST
    @Path("/{id}/checks")
    @RolesAllowed("service")
    @Operation(summary = "核对身份要素 · How many statements are right, never which")
    @APIResponse(responseCode = "200", description = "Counts only")
    @APIResponse(responseCode = "404", description = "Never given")
    public Uni<Checked> checks(@PathParam("id") UUID id, @NotNull @Valid Checks checks) {
        return persons.checks(id, checks);
    }

    /** A registrar says that two persons are one. */
    @POST
    @Path("/{id}/merge")
    @RolesAllowed({"service", "registrar"})
    @Operation(summary = "合并个人 · This person becomes another one; its id redirects for ever")
    @APIResponse(responseCode = "200", description = "The survivor")
    @APIResponse(responseCode = "404", description = "One of them was never given")
    @APIResponse(responseCode = "409", description = "One of them is merged away already")
    public Uni<PersonId> merge(@PathParam("id") UUID id, @NotNull @Valid PersonRequests.Merge merge) {
        return persons.merge(id, merge);
    }

    /** A registrar says that a person is two. */
    @POST
    @Path("/{id}/split")
    @RolesAllowed({"service", "registrar"})
    @Operation(summary = "拆分个人 · Identities leave this person for a new one; both are suspect until reviewed")
    @APIResponse(responseCode = "200", description = "The new person")
    @APIResponse(responseCode = "404", description = "Never given")
    @APIResponse(responseCode = "409", description = "Not this person's identities, or all of them")
    public Uni<PersonId> split(@PathParam("id") UUID id, @NotNull @Valid PersonRequests.Split split) {
        return persons.split(id, split);
    }

    /** A registrar says that a suspect person is who the index says. */
    @POST
    @Path("/{id}/review")
    @RolesAllowed({"service", "registrar"})
    @Operation(summary = "复核个人 · A person that a split made suspect is reviewed; suspended accounts go on")
    @APIResponse(responseCode = "200", description = "The person, or who it became")
    @APIResponse(responseCode = "404", description = "Never given")
    public Uni<PersonId> review(@PathParam("id") UUID id, @NotNull @Valid PersonRequests.Review review) {
        return persons.review(id, review);
    }
}
