package cn.kangka.empi.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.ErrorHandlerAdapter;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import ca.uhn.fhir.parser.json.BaseJsonLikeValue.ScalarType;
import ca.uhn.fhir.parser.json.BaseJsonLikeValue.ValueType;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Reads resources by the FHIR R4 definitions. There is one context per process: it takes seconds and tens of megabytes,
 * and is warmed on a worker while the service starts. Blocking.
 */
@ApplicationScoped
class FhirParsing {
    private static final Logger LOG = Logger.getLogger(FhirParsing.class);

    private final ObjectMapper json;

    FhirParsing(ObjectMapper json) {
        this.json = json;
    }

    void warm(@Observes StartupEvent event) {
        Uni.createFrom()
                .item(() -> issues(Nodes.object().put("resourceType", "Slot").put("status", "free"), "Slot"))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .subscribe()
                .with(ready -> LOG.debug("FHIR is warm"), failure -> LOG.warn("FHIR is not warm", failure));
    }

    /** What is wrong with a resource; {@code element} says where it stands. */
    List<FhirIssue> issues(JsonNode resource, String element) {
        Findings findings = new Findings(element);
        IParser parser = FhirContext.forR4Cached().newJsonParser();
        parser.setParserErrorHandler(findings);
        try {
            parser.parseResource(resource.toString());
        } catch (DataFormatException | IllegalArgumentException e) {
            findings.add("structure", null, "not a resource of FHIR R4");
        }
        return findings.issues;
    }

    /**
     * A request's body as JSON, whatever its format.
     *
     * @throws FhirRefusedException with 400 when it cannot be read
     */
    JsonNode read(FhirCall call) {
        String text = new String(call.body(), UTF_8);
        // Some clients begin with a byte order mark.
        String body = text.startsWith("\uFEFF") ? text.substring(1) : text;
        boolean xml = call.given().orElse(FhirCall.Format.JSON) == FhirCall.Format.XML;
        try {
            JsonNode read = json.readTree(xml ? json(body) : body);
            if (read != null && read.isObject()) {
                return read;
            }
        } catch (JsonProcessingException e) {
            LOG.debug("a body is no JSON");
        }
        throw unreadable(xml ? "the body is no resource in XML" : "the body is not JSON");
    }

    private static String json(String xml) {
        try {
            IParser parser = FhirContext.forR4Cached().newXmlParser();
            parser.setParserErrorHandler(new StrictErrorHandler());
            return FhirContext.forR4Cached().newJsonParser().encodeResourceToString(parser.parseResource(xml));
        } catch (DataFormatException | IllegalArgumentException e) {
            throw unreadable("the body is no resource of FHIR R4 in XML");
        }
    }

    private static FhirRefusedException unreadable(String text) {
        return new FhirRefusedException(400, "invalid", null, text);
    }

    /** A resource of ours in XML. */
    String xml(String resource) {
        return FhirContext.forR4Cached()
                .newXmlParser()
                .encodeResourceToString(
                        FhirContext.forR4Cached().newJsonParser().parseResource(resource));
    }

    private static final class Findings extends ErrorHandlerAdapter {
        private final List<FhirIssue> issues = new ArrayList<>();
        private final String element;

        Findings(String element) {
            this.element = element;
        }

        @Override
        public void unknownElement(IParseLocation location, String name) {
            add("structure", place(location, name), "unknown element");
        }

        @Override
        public void unknownAttribute(IParseLocation location, String name) {
            add("structure", place(location, name), "unknown attribute");
        }

        @Override
        public void unexpectedRepeatingElement(IParseLocation location, String name) {
            add("structure", place(location, name), "the element must not repeat");
        }

        @Override
        public void missingRequiredElement(IParseLocation location, String name) {
            add("required", place(location, name), "the element is required");
        }

        @Override
        public void incorrectJsonType(
                IParseLocation location,
                String name,
                ValueType expected,
                ScalarType expectedScalar,
                ValueType found,
                ScalarType foundScalar) {
            add("structure", place(location, name), "wrong JSON type: " + found);
        }

        @Override
        public void invalidValue(IParseLocation location, String value, String error) {
            add("value", place(location, null), "the value is not allowed here");
        }

        private void add(String code, String place, String text) {
            issues.add(new FhirIssue(code, place == null ? element : place, text));
        }

        private String place(IParseLocation location, String name) {
            String parent = location == null ? null : location.getParentElementName();
            StringBuilder place = new StringBuilder(element);
            if (parent != null && !element.endsWith(parent)) {
                place.append('.').append(parent);
            }
            return name == null
                    ? place.toString()
                    : place.append('.').append(name).toString();
        }
    }
}
