package cn.kangka.empi.fhir;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.util.List;

/** What was refused under {@code /fhir} before anybody there saw it is an OperationOutcome too. */
@Provider
public class FhirErrors implements ContainerResponseFilter {
    private static final String FHIR = "fhir";

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        String path = request.getUriInfo().getPath().replaceFirst("^/", "");
        boolean refused = response.getStatus() >= 400;
        if (refused && (path.equals(FHIR) || path.startsWith(FHIR + "/")) && !isFhir(response.getMediaType())) {
            FhirIssue issue = new FhirIssue(code(response.getStatus()), null, text(response.getStatus()));
            response.setEntity(
                    FhirIssue.outcome(List.of(issue)).toString(),
                    null,
                    MediaType.valueOf(FhirCall.Format.JSON.mediaType()));
        }
    }

    private static boolean isFhir(MediaType type) {
        return type != null && type.getSubtype().startsWith("fhir+");
    }

    /** Of FHIR's issue-type. */
    private static String code(int status) {
        return switch (status) {
            case 401 -> "login";
            case 403 -> "forbidden";
            case 404 -> "not-found";
            case 405, 406, 415 -> "not-supported";
            case 413 -> "too-long";
            case 429 -> "throttled";
            default -> status < 500 ? "invalid" : "exception";
        };
    }

    private static String text(int status) {
        return switch (status) {
            case 401 -> "a token is needed";
            case 403 -> "this client may not do that";
            case 404 -> "there is nothing of that name";
            case 405 -> "that is not done here; see /fhir/metadata";
            case 413 -> "at most 8 MB";
            case 429 -> "too many requests";
            default -> status < 500 ? "the request cannot be read" : "an internal error; try again";
        };
    }
}
