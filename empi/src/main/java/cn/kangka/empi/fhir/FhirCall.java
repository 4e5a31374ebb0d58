package cn.kangka.empi.fhir;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What HTTP says of a FHIR request: the formats of its body and of the answer (FHIR R4, "RESTful API", 3.1.0.1.11), and what
 * {@code Prefer} asks for.
 */
record FhirCall(HttpHeaders headers, UriInfo uri, byte[] body) {
    private static final List<String> XML = List.of("application/fhir+xml", "application/xml", "text/xml", "xml");
    private static final List<String> JSON = List.of("application/fhir+json", "application/json", "text/json", "json");

    /** A request that was stored, and is done again: nobody waits for its answer. */
    static FhirCall stored(byte[] body) {
        return new FhirCall(null, null, body);
    }

    /** A format of FHIR. */
    enum Format {
        JSON("application/fhir+json;charset=UTF-8"),
        XML("application/fhir+xml;charset=UTF-8");

        private final String mediaType;

        Format(String mediaType) {
            this.mediaType = mediaType;
        }

        String mediaType() {
            return mediaType;
        }
    }

    /** Of the body; absent when it is none that FHIR has. */
    Optional<Format> given() {
        if (headers == null) {
            return Optional.of(
                    new String(body, StandardCharsets.UTF_8).stripLeading().startsWith("<") ? Format.XML : Format.JSON);
        }
        MediaType type = headers.getMediaType();
        return type == null ? Optional.of(Format.JSON) : format(type.getType() + "/" + type.getSubtype());
    }

    /** Of the answer: {@code _format} before {@code Accept} before JSON; absent when only others are wanted. */
    Optional<Format> wanted() {
        String asked = uri.getQueryParameters().getFirst("_format");
        if (asked != null) {
            // A plus sign in a query is a blank to everybody who did not escape it.
            return format(asked.replace(' ', '+').replaceFirst(";.*", ""));
        }
        for (MediaType type : headers.getAcceptableMediaTypes()) {
            if (type.isWildcardType() || type.isWildcardSubtype() && "application".equals(type.getType())) {
                return Optional.of(Format.JSON);
            }
            Optional<Format> format = format(type.getType() + "/" + type.getSubtype());
            if (format.isPresent()) {
                return format;
            }
        }
        return headers.getAcceptableMediaTypes().isEmpty() ? Optional.of(Format.JSON) : Optional.empty();
    }

    /** Whether the body is the form of a search. */
    boolean isForm() {
        return headers.getMediaType() != null
                && headers.getMediaType().isCompatible(MediaType.APPLICATION_FORM_URLENCODED_TYPE);
    }

    /** Whether {@code Prefer} has such a part, as in {@code return=minimal}. */
    boolean prefers(String part) {
        List<String> prefer = headers == null ? null : headers.getRequestHeader("Prefer");
        return prefer != null
                && prefer.stream()
                        .anyMatch(each -> List.of(each.split("\\s*[;,]\\s*")).contains(part));
    }

    /** Parameters of the query, decoded. */
    Map<String, List<String>> query() {
        return uri.getQueryParameters();
    }

    /** Where resources of a type are. */
    String base() {
        return uri == null ? "" : uri.getBaseUri() + "fhir";
    }

    private static Optional<Format> format(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (JSON.contains(lower)) {
            return Optional.of(Format.JSON);
        }
        return XML.contains(lower) ? Optional.of(Format.XML) : Optional.empty();
    }
}
