package cn.kangka.empi.fhir;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Patients, for hospitals: FHIR R4 as IHE profiles it (PIXm, PDQm). JSON and XML. */
@Path("/fhir/Patient")
@Produces(MediaType.WILDCARD)
@Consumes(MediaType.WILDCARD)
@RolesAllowed({"hospital", "service"})
public class PatientResource {
    private static final String OUTCOME = "OperationOutcome that names each element at fault";

    private final PatientService patients;
    private final JsonWebToken token;
    private final HttpHeaders headers;
    private final UriInfo uri;

    PatientResource(PatientService patients, JsonWebToken token, HttpHeaders headers, UriInfo uri) {
        this.patients = patients;
        this.token = token;
        this.headers = headers;
        this.uri = uri;
    }

    @GET
    @Operation(
            summary = "查询患者 · Search patients (IHE PDQm ITI-78)",
            description =
                    "Parameters: identifier (system|value; a system alone limits whose ids are shown), identifier:of-type,"
                            + " _id, name, family, given, telecom, phone, birthdate (whole, or with lt, le, gt, ge, ne),"
                            + " gender, address and its parts, active, _count (0 to 200, default 20). One of those that"
                            + " people are found by is needed; names match whole. Every search is in the access log.")
    @APIResponse(responseCode = "200", description = "Bundle of type searchset; link next leads to the next page")
    @APIResponse(responseCode = "400", description = "OperationOutcome: unknown parameter, or too costly")
    @APIResponse(responseCode = "404", description = "OperationOutcome: a domain that is not known (ITI-78)")
    public Uni<Response> search() {
        return patients.search(call(null), call(null).query(), sender());
    }

    @POST
    @Path("_search")
    @Operation(summary = "查询患者 · Search patients, the query in the body", description = "The same as GET.")
    @APIResponse(responseCode = "200", description = "Bundle of type searchset")
    @APIResponse(responseCode = "400", description = "OperationOutcome: unknown parameter, or too costly")
    @APIResponse(responseCode = "415", description = "OperationOutcome: no application/x-www-form-urlencoded")
    public Uni<Response> searchByForm(byte[] form) {
        return patients.searchByForm(call(null), new String(form, StandardCharsets.UTF_8), sender());
    }

    @GET
    @Path("{id}")
    @Operation(
            summary = "读取患者 · Read a patient (IHE PDQm ITI-78)",
            description = "By the region's id. One who was merged away has active false and a link replaced-by.")
    @APIResponse(responseCode = "200", description = "Patient; ETag is its version")
    @APIResponse(responseCode = "404", description = "OperationOutcome: no such patient")
    public Uni<Response> read(@PathParam("id") String id) {
        return patients.read(call(null), id, sender());
    }

    @GET
    @Path("$ihe-pix")
    @Operation(
            summary = "患者标识交叉引用 · Ids of a patient in other domains (IHE PIXm ITI-83)",
            description = "sourceIdentifier (system|value) and any number of targetSystem; all domains without one.")
    @APIResponse(responseCode = "200", description = "Parameters: targetIdentifier and targetId")
    @APIResponse(responseCode = "400", description = "OperationOutcome: sourceIdentifier's domain is not known")
    @APIResponse(responseCode = "403", description = "OperationOutcome: targetSystem is not known")
    @APIResponse(responseCode = "404", description = "OperationOutcome: nobody has that id")
    public Uni<Response> crossReference() {
        return patients.crossReference(call(null), sender());
    }

    @POST
    @Path("$ihe-pix")
    @Operation(
            summary = "患者标识交叉引用 · Ids of a patient, asked by Parameters",
            description = "The same as GET, in a Parameters resource.")
    @APIResponse(responseCode = "200", description = "Parameters: targetIdentifier and targetId")
    @APIResponse(responseCode = "400", description = "OperationOutcome: sourceIdentifier's domain is not known")
    public Uni<Response> crossReferenceOf(byte[] body) {
        return patients.crossReferenceOf(call(body), sender());
    }

    @PUT
    @Operation(
            summary = "上报患者 · Register or update a patient (IHE PIXm ITI-104)",
            description =
                    "PUT Patient?identifier=system|value with the whole Patient; what it does not have is deleted at this"
                            + " institution. active false and a link replaced-by tell that the chart was merged into"
                            + " another one (resolve duplicate). The answer is the region's patient: its id is the region's,"
                            + " its demographics the best of all institutions.")
    @APIResponse(responseCode = "200", description = "Updated; Location and ETag")
    @APIResponse(responseCode = "201", description = "Registered; Location and ETag")
    @APIResponse(responseCode = "400", description = "OperationOutcome: cannot be read")
    @APIResponse(responseCode = "403", description = "OperationOutcome: another institution's patient")
    @APIResponse(responseCode = "412", description = "OperationOutcome: no query, or another one")
    @APIResponse(responseCode = "422", description = OUTCOME)
    public Uni<Response> update(byte[] body) {
        return patients.update(call(body), sender());
    }

    @POST
    @Operation(
            summary = "登记患者 · Register a patient",
            description =
                    "Create; with If-None-Exist: identifier=system|value only when the institution has not told of that id"
                            + " yet (FHIR R4 conditional create).")
    @APIResponse(responseCode = "200", description = "If-None-Exist: was there already, and stays as it is")
    @APIResponse(responseCode = "201", description = "Registered; Location and ETag")
    @APIResponse(responseCode = "409", description = "OperationOutcome: was there already")
    @APIResponse(responseCode = "422", description = OUTCOME)
    public Uni<Response> create(@HeaderParam("If-None-Exist") String ifNoneExist, byte[] body) {
        return patients.create(call(body), ifNoneExist, sender());
    }

    private FhirSender sender() {
        return FhirSender.of(token);
    }

    private FhirCall call(byte[] body) {
        return new FhirCall(headers, uri, body);
    }
}
