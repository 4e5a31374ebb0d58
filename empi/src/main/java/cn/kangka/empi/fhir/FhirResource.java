package cn.kangka.empi.fhir;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.json.JsonString;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** FHIR R4 of hospitals. */
@Path("/fhir")
@Produces(FhirResource.FHIR_JSON)
@RolesAllowed({"hospital", "service"})
public class FhirResource {
    static final String FHIR_JSON = "application/fhir+json";

    private final FhirIntake intake;
    private final JsonWebToken token;

    public FhirResource(FhirIntake intake, JsonWebToken token) {
        this.intake = intake;
        this.token = token;
    }

    @POST
    @Consumes({FHIR_JSON, MediaType.APPLICATION_JSON})
    @Operation(
            summary = "上报目录与号源 · Directory and timetable of a hospital",
            description =
                    "A Bundle (transaction, batch or collection) of Organization, HealthcareService, Practitioner,"
                            + " PractitionerRole, Schedule and Slot, at most 8 MB, all or nothing. Every identifier's"
                            + " system ends in the id of an institution for which the token speaks.")
    @APIResponse(responseCode = "200", description = "A Bundle of responses: kept and on its way")
    @APIResponse(responseCode = "400", description = "OperationOutcome: no JSON, no Bundle")
    @APIResponse(responseCode = "403", description = "OperationOutcome: another institution's resources")
    @APIResponse(responseCode = "413", description = "More than 8 MB (too-large)")
    @APIResponse(responseCode = "422", description = "OperationOutcome that names each element at fault")
    public Uni<Response> take(byte[] body) {
        return intake.take(body, sender()).map(answer -> Response.status(answer.status())
                .type(FHIR_JSON)
                .entity(answer.body())
                .build());
    }

    @GET
    @Path("/metadata")
    @Operation(summary = "FHIR 能力声明 · What this FHIR server can do", description = "CapabilityStatement (R4).")
    @APIResponse(responseCode = "200", description = "The statement")
    public String metadata() {
        return CapabilityStatement.JSON;
    }

    private FhirSender sender() {
        return new FhirSender(token.getSubject(), token.getGroups().contains("service") ? Set.of() : sources());
    }

    /** Claim {@code source}, and {@code sources} of a connection that several centres share. */
    private Set<String> sources() {
        Set<String> sources = new HashSet<>();
        Optional.ofNullable(token.<Object>getClaim("source"))
                .map(FhirResource::text)
                .ifPresent(sources::add);
        if (token.getClaim("sources") instanceof Iterable<?> several) {
            several.forEach(each -> sources.add(text(each)));
        }
        // A hospital's token without a source speaks for nobody, not for all.
        return sources.isEmpty() ? Set.of("-") : sources;
    }

    private static String text(Object claim) {
        return claim instanceof JsonString string ? string.getString() : claim.toString();
    }
}
