package cn.kangka.api.appointment;

import cn.kangka.kit.page.Limits;
import cn.kangka.kit.page.Page;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where somebody can be seen soonest, or nearest; public, with a token as that token's channel. */
@Path("/v1/slots/nearest")
@Tag(name = "Booking")
public class NearestSlotResource {
    private static final int MOST = 50;

    private final NearestSlots nearest;

    NearestSlotResource(NearestSlots nearest) {
        this.nearest = nearest;
    }

    @GET
    @PermitAll
    @Operation(
            summary = "最近可约 First free slots",
            description =
                    "Over all hospitals, or those that are meant: the first bands that the caller's channel can book."
                            + " order=distance (the default when near is given and nothing but kind besides) gives the first band of"
                            + " each place instead, the nearest place first; so kind=CENTRE&near=… finds the nearest community"
                            + " health centre with a free unit. At least one of department-code, doctor, hospital, near.")
    @APIResponse(responseCode = "200", description = "Slots; there is no next page")
    @APIResponse(responseCode = "400", description = "A parameter breaks its rule")
    @APIResponse(responseCode = "401", description = "The token is not valid")
    @APIResponse(responseCode = "422", description = "Nothing is asked for, or a parameter cannot be read")
    public Uni<Page<SlotView>> nearest(
            @Parameter(description = "code of the national list 诊疗科目名录; 03 is also 03.04", example = "03.04")
                    @QueryParam("department-code")
                    @Pattern(regexp = "\\d{2}(\\.\\d{2})?")
                    String departmentCode,
            @Parameter(description = "a doctor's id") @QueryParam("doctor") String doctor,
            @Parameter(description = "a hospital's id") @QueryParam("hospital") String hospital,
            @QueryParam("kind") @Pattern(regexp = "HOSPITAL|CENTRE") String kind,
            @Parameter(description = "latitude,longitude in degrees, WGS 84", example = "30.25,120.17")
                    @QueryParam("near")
                    String near,
            @Parameter(description = "first visit day, default today") @QueryParam("from") String from,
            @Parameter(description = "last visit day") @QueryParam("to") String to,
            @QueryParam("order") @Pattern(regexp = "time|distance") String order,
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(MOST) int limit) {
        boolean placeOnly = departmentCode == null && doctor == null && hospital == null && near != null;
        boolean byDistance = order == null ? placeOnly : order.equals("distance");
        return nearest.find(
                new NearestSlots.Wish(departmentCode, doctor, hospital, kind, near, from, to, byDistance), limit);
    }
}
