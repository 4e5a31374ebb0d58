package cn.kangka.empi.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a Subscription must be (IHE PMIR ITI-94): all patients, by messages, to where the institution may have them sent. */
final class SubscriptionRules {
    private static final Set<String> PAYLOADS =
            Set.of("", "application/fhir+json", "application/json", "application/fhir+xml", "application/xml");
    private static final Set<String> CRITERIA = Set.of("Patient", "Patient?");
    private static final Set<String> STATES = Set.of("requested", "active", "off");
    private static final Set<String> OURS =
            Set.of("content-type", "content-length", "host", "accept", "transfer-encoding");

    private SubscriptionRules() {}

    /**
     * What is wrong with it.
     *
     * @param base below which the endpoint must be; null when the institution may have none
     */
    static List<FhirIssue> issues(JsonNode subscription, String base) {
        List<FhirIssue> issues = new ArrayList<>();
        JsonNode channel = subscription.path("channel");
        if (!STATES.contains(subscription.path("status").asText())) {
            issues.add(new FhirIssue("value", "Subscription.status", "requested, active or off"));
        }
        if (!CRITERIA.contains(subscription.path("criteria").asText())) {
            issues.add(new FhirIssue("not-supported", "Subscription.criteria", "Patient: all patients are told of"));
        }
        if (!channel.path("type").asText().equals("message")) {
            issues.add(new FhirIssue("not-supported", "Subscription.channel.type", "message is what is done"));
        }
        if (!PAYLOADS.contains(channel.path("payload").asText())) {
            issues.add(new FhirIssue(
                    "not-supported", "Subscription.channel.payload", "application/fhir+json or application/fhir+xml"));
        }
        if (base == null) {
            issues.add(new FhirIssue(
                    "forbidden", "Subscription.channel.endpoint", "this institution has no fhirEndpoint configured"));
        } else if (!isBelow(channel.path("endpoint").asText(), base)) {
            issues.add(new FhirIssue(
                    "forbidden",
                    "Subscription.channel.endpoint",
                    "the endpoint is not below the one that is configured for this institution"));
        }
        for (JsonNode header : channel.path("header")) {
            int colon = header.asText().indexOf(':');
            if (colon <= 0
                    || header.asText().matches("(?s).*[\r\n].*")
                    || OURS.contains(header.asText().substring(0, colon).strip().toLowerCase(java.util.Locale.ROOT))) {
                issues.add(
                        new FhirIssue("value", "Subscription.channel.header", "Name: value, and none that HTTP needs"));
            }
        }
        return issues;
    }

    /** Whether an address is the base or below it; {@code ..} and user names don't help. */
    static boolean isBelow(String endpoint, String base) {
        if (base == null) {
            return false;
        }
        try {
            URI asked = URI.create(endpoint);
            URI allowed = URI.create(base);
            String path = asked.normalize().getPath();
            String root = allowed.getPath().replaceFirst("/$", "");
            return asked.getUserInfo() == null
                    && asked.getFragment() == null
                    && allowed.getScheme().equalsIgnoreCase(asked.getScheme())
                    && allowed.getAuthority().equalsIgnoreCase(asked.getAuthority())
                    && (path.equals(root) || path.startsWith(root + "/"));
        } catch (IllegalArgumentException | NullPointerException e) {
            return false;
        }
    }

    /** Name and value of each header that the subscriber wants. */
    static List<String[]> headers(JsonNode channel) {
        List<String[]> headers = new ArrayList<>();
        channel.path("header").forEach(header -> {
            String[] parts = header.asText().split(":", 2);
            headers.add(new String[] {parts[0].strip(), parts[1].strip()});
        });
        return headers;
    }
}
