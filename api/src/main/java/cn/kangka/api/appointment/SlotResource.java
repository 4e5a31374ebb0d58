package cn.kangka.api.appointment;

import cn.kangka.kit.page.Limits;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What can be booked; public, with a token as that token's channel. */
@Path("/v1/slots")
@Tag(name = "Booking")
public class SlotResource {
    /** Longer than any hospital's code and any cursor of ours. */
    private static final int CODE = 100;

    private final Availability availability;

    SlotResource(Availability availability) {
        this.availability = availability;
    }

    @GET
    @PermitAll
    @Operation(
            summary = "号源查询 List bookable slots",
            description = "Future, released slots by start; free is exact at the time of the answer. Without a token"
                    + " as the app's channel. Days are Asia/Shanghai, both inclusive.")
    @APIResponse(
            responseCode = "200",
            description = "One page of slots",
            content =
                    @Content(
                            schema =
                                    @Schema(
                                            type = SchemaType.OBJECT,
                                            properties = {
                                                @SchemaProperty(
                                                        name = "items",
                                                        type = SchemaType.ARRAY,
                                                        implementation = SlotView.class),
                                                @SchemaProperty(
                                                        name = "next",
                                                        type = SchemaType.STRING,
                                                        description = "cursor of the next page; null at the end")
                                            })))
    @APIResponse(responseCode = "401", description = "The token is not valid")
    @APIResponse(responseCode = "422", description = "Neither hospital nor doctor, or an impossible period")
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<byte[]> slots(
            @QueryParam("hospital") @Size(max = CODE) String hospital,
            @Parameter(description = "id or the hospital's own code") @QueryParam("department") @Size(max = CODE)
                    String department,
            @QueryParam("doctor") String doctor,
            @Parameter(description = "first visit day, default today") @QueryParam("from") String from,
            @Parameter(description = "last visit day") @QueryParam("to") String to,
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit,
            @QueryParam("cursor") @Size(max = CODE) String cursor) {
        return availability.slots(hospital, department, doctor, from, to, limit, cursor);
    }
}
