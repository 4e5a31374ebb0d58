package cn.kangka.api.fhir;

import cn.kangka.api.fhir.BulkPublication.Kind;
import cn.kangka.api.fhir.BulkPublication.Published;
import cn.kangka.kit.problem.Problems;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** SMART Scheduling Links: everything that can be booked, for whoever wants to show it. */
@Path("/fhir")
@Tag(name = "FHIR")
public class BulkResource {
    private final BulkPublication publication;
    private final BulkConfig config;

    BulkResource(BulkPublication publication, BulkConfig config) {
        this.publication = publication;
        this.config = config;
    }

    @GET
    @Path("$bulk-publish")
    @PermitAll
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "号源公开清单 Manifest of what can be booked",
            description =
                    "SMART Scheduling Links: transactionTime, request, and output with the NDJSON files of each hospital:"
                            + " Location (places), Schedule (sessions) and Slot (bands to come, with capacity and the link to"
                            + " book). Ask again with If-None-Match, once a minute or less often.")
    @APIResponse(responseCode = "200", description = "The manifest")
    @APIResponse(responseCode = "304", description = "Unchanged since the given ETag")
    public Uni<Response> manifest(@Context UriInfo uri, @HeaderParam(HttpHeaders.IF_NONE_MATCH) String known) {
        return publication.published().map(published -> {
            String tag = Long.toHexString(published.at().getEpochSecond());
            Response.ResponseBuilder answer =
                    BulkFiles.same(tag, known) ? Response.notModified() : Response.ok(manifest(published, uri));
            publication.caching(tag).forEach(answer::header);
            return answer.build();
        });
    }

    private String manifest(Published published, UriInfo uri) {
        String base = uri.getBaseUri().toString().replaceAll("/$", "") + "/fhir";
        ObjectNode manifest = JsonNodeFactory.instance
                .objectNode()
                .put("transactionTime", published.at().toString())
                .put("request", base + "/$bulk-publish");
        ArrayNode output = manifest.putArray("output");
        for (Kind kind : Kind.values()) {
            for (String hospital : published.hospitals()) {
                ObjectNode file = output.addObject()
                        .put("type", kind.name())
                        .put("url", base + "/bulk/" + hospital + "/" + kind + ".ndjson");
                config.state()
                        .ifPresent(state ->
                                file.putObject("extension").putArray("state").add(state));
            }
        }
        manifest.putArray("error");
        return manifest.toString();
    }

    @GET
    @Path("bulk/{hospital}/{file: Location|Schedule|Slot}.ndjson")
    @PermitAll
    @Produces(BulkFiles.NDJSON)
    @Operation(
            summary = "号源公开文件 A published file",
            description =
                    "One FHIR R4 resource a line; file is Location, Schedule or Slot. At most as old as the setting"
                            + " kangka.scheduling-links.refresh says.")
    @APIResponse(responseCode = "200", description = "The file, compressed where the client takes gzip")
    @APIResponse(responseCode = "304", description = "Unchanged since the given ETag")
    @APIResponse(responseCode = "404", description = "No such hospital is published")
    public Uni<byte[]> file(@PathParam("hospital") String hospital, @PathParam("file") Kind kind) {
        // Files are sent by BulkFiles; what comes here is told that there is none.
        return publication.file(hospital, kind).chain(found -> Uni.createFrom().failure(Problems.notFound()));
    }
}
