package cn.kangka.api.search;

import cn.kangka.kit.page.Limits;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** One box for everything that can be booked; public, because people look before they log in. */
@Path("/v1/directory/search")
@Tag(name = "Directory")
public class SearchResource {
    private static final int LONGEST = 40;
    private static final int MOST = 50;

    private final DirectorySearch search;

    SearchResource(DirectorySearch search) {
        this.search = search;
    }

    @GET
    @PermitAll
    @Operation(
            summary = "找医生、科室、医院 Search doctors, departments, hospitals",
            description =
                    "By Chinese name or a part of it, pinyin initials (xxgnk), English name, specialty, or symptom"
                            + " (头痛, 孩子咳嗽): the table of symptoms leads to departments by the national list 诊疗科目名录. The"
                            + " best first: exact names, beginnings, the likeliest departments of a symptom, parts of names,"
                            + " initials, specialties, other departments; among equals departments before doctors, and the nearest first"
                            + " where near is given. Each with the first band that the channel of the token (the app's without one)"
                            + " can book. urgent is there when the question names a red flag. No diagnosis.")
    @APIResponse(responseCode = "200", description = "One page")
    @APIResponse(responseCode = "400", description = "q is missing, or a parameter breaks its rule")
    @APIResponse(responseCode = "401", description = "The token is not valid")
    @APIResponse(responseCode = "422", description = "near, from or cursor cannot be read")
    public Uni<SearchAnswer> search(
            @Parameter(description = "what the person typed, at most 40 characters", example = "头痛")
                    @QueryParam("q")
                    @NotBlank
                    @Size(max = LONGEST)
                    String question,
            @Parameter(description = "latitude,longitude in degrees, WGS 84", example = "30.25,120.17")
                    @QueryParam("near")
                    String near,
            @Parameter(description = "first visit day for nearestFree, default today") @QueryParam("from") String from,
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(MOST) int limit,
            @QueryParam("cursor") @Size(max = 200) String cursor) {
        return search.search(question, near, from, limit, cursor);
    }
}
