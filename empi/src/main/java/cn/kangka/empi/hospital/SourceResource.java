package cn.kangka.empi.hospital;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The connected institutions, for other services. */
@Path("/v1/sources")
@Tag(name = "sources")
public class SourceResource {
    private final Sources sources;

    public SourceResource(Sources sources) {
        this.sources = sources;
    }

    /** All connected institutions. */
    public record SourceList(List<SourceView> items) {}

    /** What other services know of an institution. */
    public record SourceView(String id, String name, SourceKind kind, BookingMode bookingMode, String dicomWeb) {}

    /** The connected institutions. */
    @GET
    @RolesAllowed("service")
    @Operation(summary = "接入机构 · Connected institutions, in the order of the configuration")
    @APIResponse(responseCode = "200", description = "All of them")
    public SourceList list() {
        return new SourceList(sources.all().stream()
                .map(each -> new SourceView(each.id(), each.name(), each.kind(), each.bookingMode(), each.dicomWeb()))
                .toList());
    }
}
