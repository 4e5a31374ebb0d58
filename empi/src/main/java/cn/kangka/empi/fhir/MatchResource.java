package cn.kangka.empi.fhir;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
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

/** Patients by likeness, for hospitals. */
@Path("/fhir/Patient/$match")
@Produces(MediaType.WILDCARD)
@Consumes(MediaType.WILDCARD)
@RolesAllowed({"hospital", "service"})
public class MatchResource {
    private final MatchService matches;
    private final JsonWebToken token;
    private final HttpHeaders headers;
    private final UriInfo uri;

    MatchResource(MatchService matches, JsonWebToken token, HttpHeaders headers, UriInfo uri) {
        this.matches = matches;
        this.token = token;
        this.headers = headers;
        this.uri = uri;
    }

    @POST
    @Operation(
            summary = "患者匹配 · Who a patient may be ($match, IHE PDQm ITI-119)",
            description =
                    "Parameters: resource (a Patient with what is known: name, gender, birthDate, telecom, address,"
                            + " identifier), count (1 to 50, default 10) and onlyCertainMatches. The answer is a Bundle of type"
                            + " searchset, the likeliest first; entry.search has score (probability, 0 to 1) and the extension"
                            + " match-grade: certain (a registration would be linked to it by itself), probable or possible."
                            + " Nothing is stored but who asked.")
    @APIResponse(responseCode = "200", description = "Bundle; empty when nobody is likely")
    @APIResponse(responseCode = "400", description = "OperationOutcome: no JSON or XML, no Parameters")
    @APIResponse(responseCode = "422", description = "OperationOutcome that names each element at fault")
    public Uni<Response> match(byte[] body) {
        return matches.match(new FhirCall(headers, uri, body), FhirSender.of(token));
    }
}
