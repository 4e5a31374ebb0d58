package cn.kangka.empi.fhir;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** FHIR R4 of hospitals, JSON and XML. */
@Path("/fhir")
@Produces(MediaType.WILDCARD)
@Consumes(MediaType.WILDCARD)
@RolesAllowed({"hospital", "service"})
public class FhirResource {
    private static final String DESCRIPTION =
            "A Bundle, at most 8 MB. transaction (or collection): all or nothing. batch: every entry on its own. Entries: Patient"
                    + " (PUT Patient?identifier=, POST with or without ifNoneExist, GET; at most 100), and Organization, Location,"
                    + " HealthcareService, Practitioner, PractitionerRole, Schedule and Slot, where every identifier's system"
                    + " ends in the id of an institution for which the token speaks. message: a feed of patients (IHE PMIR"
                    + " ITI-93).";

    private final FhirIntake intake;
    private final JsonWebToken token;
    private final HttpHeaders headers;
    private final UriInfo uri;

    FhirResource(FhirIntake intake, JsonWebToken token, HttpHeaders headers, UriInfo uri) {
        this.intake = intake;
        this.token = token;
        this.headers = headers;
        this.uri = uri;
    }

    @POST
    @Operation(summary = "上报患者、目录与号源 · Patients, directory and timetable of a hospital", description = DESCRIPTION)
    @APIResponse(responseCode = "200", description = "A Bundle of responses; 202 in it: kept and on its way")
    @APIResponse(responseCode = "400", description = "OperationOutcome: no JSON or XML, no Bundle")
    @APIResponse(responseCode = "403", description = "OperationOutcome: another institution's resources")
    @APIResponse(responseCode = "413", description = "More than 8 MB (too-large)")
    @APIResponse(responseCode = "422", description = "OperationOutcome that names each element at fault")
    public Uni<Response> take(byte[] body) {
        return intake.take(call(body), FhirSender.of(token));
    }

    @POST
    @Path("$process-message")
    @Operation(
            summary = "患者标识推送 · Feed of patients (IHE PMIR ITI-93)",
            description = "A Bundle of type message, as POST /fhir takes it too.")
    @APIResponse(responseCode = "200", description = "A Bundle of type message: MessageHeader.response.code ok")
    @APIResponse(responseCode = "400", description = "OperationOutcome: no Bundle")
    @APIResponse(responseCode = "422", description = "OperationOutcome that names each element at fault")
    public Uni<Response> process(byte[] body) {
        return intake.take(call(body), FhirSender.of(token));
    }

    @GET
    @Path("metadata")
    @Operation(summary = "FHIR 能力声明 · What this FHIR server can do", description = "CapabilityStatement (R4).")
    @APIResponse(responseCode = "200", description = "The statement")
    public Uni<Response> metadata() {
        return intake.metadata(call(null));
    }

    private FhirCall call(byte[] body) {
        return new FhirCall(headers, uri, body);
    }
}
