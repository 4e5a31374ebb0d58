package cn.kangka.api.imaging;

import cn.kangka.kit.page.Limits;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestMulti;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** A citizen's images. */
@Path("/v1/me/imaging")
@Tag(name = "Imaging", description = "Studies of every hospital's picture archive, by the citizen they show (level 2)")
@RolesAllowed("citizen")
public class ImagingResource {
    private static final String NEVER_KEPT = "private, no-store";
    private static final String UID = "[0-9.]{1,64}";

    private final Imaging imaging;

    ImagingResource(Imaging imaging) {
        this.imaging = imaging;
    }

    @GET
    @Operation(
            summary = "List my imaging studies",
            description = "Newest first. The archives of my hospitals are asked; those that do not answer are named in"
                    + " incomplete. In the access log.")
    @APIResponse(responseCode = "200", description = "A page of studies")
    @APIResponse(responseCode = "403", description = "level-required or account-suspended")
    public Uni<RestResponse<ImagingPage>> list(
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit,
            @QueryParam("cursor") @Size(max = 200) String cursor) {
        return imaging.list(cursor, limit).map(ImagingResource::notKept);
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "Open one of my studies", description = "Its series and images. In the access log.")
    @APIResponse(responseCode = "200", description = "The study")
    @APIResponse(responseCode = "404", description = "No such study, or not mine")
    @APIResponse(responseCode = "503", description = "The hospital's archive does not answer")
    public Uni<RestResponse<StudyView>> study(@PathParam("id") UUID id) {
        return imaging.study(id).map(ImagingResource::notKept);
    }

    @GET
    @Path("/{id}/instances/{uid}/rendered")
    @Produces("image/jpeg")
    @Operation(
            summary = "See one image",
            description = "As JPEG (or PNG when the archive has no other), streamed from the hospital's archive. Each"
                    + " picture is in the access log.")
    @APIResponse(responseCode = "200", description = "The picture")
    @APIResponse(responseCode = "404", description = "No such image, or not mine")
    @APIResponse(responseCode = "503", description = "The hospital's archive does not answer")
    public RestMulti<byte[]> rendered(@PathParam("id") UUID id, @PathParam("uid") @Pattern(regexp = UID) String uid) {
        return streamed(imaging.picture(id, uid, false));
    }

    @GET
    @Path("/{id}/instances/{uid}/thumbnail")
    @Produces("image/jpeg")
    @Operation(
            summary = "See one image, small",
            description = "Like rendered; an archive that cannot scale sends the whole picture.")
    @APIResponse(responseCode = "200", description = "The picture")
    @APIResponse(responseCode = "404", description = "No such image, or not mine")
    @APIResponse(responseCode = "503", description = "The hospital's archive does not answer")
    public RestMulti<byte[]> thumbnail(@PathParam("id") UUID id, @PathParam("uid") @Pattern(regexp = UID) String uid) {
        return streamed(imaging.picture(id, uid, true));
    }

    private static <T> RestResponse<T> notKept(T body) {
        return ResponseBuilder.ok(body)
                .header(HttpHeaders.CACHE_CONTROL, NEVER_KEPT)
                .build();
    }

    private static RestMulti<byte[]> streamed(Uni<Picture> picture) {
        return RestMulti.fromUniResponse(picture, Picture::bytes, ImagingResource::headers);
    }

    private static Map<String, List<String>> headers(Picture picture) {
        return Map.of(
                HttpHeaders.CONTENT_TYPE,
                List.of(picture.type()),
                HttpHeaders.CACHE_CONTROL,
                List.of(NEVER_KEPT),
                "X-Content-Type-Options",
                List.of("nosniff"));
    }
}
