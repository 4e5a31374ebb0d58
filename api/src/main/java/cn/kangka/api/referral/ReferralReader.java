package cn.kangka.api.referral;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Reads referrals that institutions tell by HL7 (REF^I12–I14), as docs/v2-to-fhir.md maps them. */
final class ReferralReader {
    private static final String REFERRAL = "3457005";
    private static final String SYSTEM = "urn:kangka:referral:";
    private static final String SOURCE = "urn:kangka:source";
    private static final String ICD_10 = "http://hl7.org/fhir/sid/icd-10";
    private static final int ISO_DATE = 10;
    private static final int LONGEST = 2000;

    private ReferralReader() {}

    /**
     * What is told.
     *
     * @param number the sender's own
     * @param to the other institution's id or name; null when none is told
     */
    record Told(
            String number,
            boolean revoked,
            String to,
            ReferralRequest.Urgency urgency,
            ReferralView.Reason reason,
            LocalDate from,
            LocalDate until) {
        @Override
        public String toString() {
            return "a referral";
        }
    }

    static List<Told> read(String source, JsonNode bundle) {
        List<Told> told = new ArrayList<>();
        for (JsonNode entry : bundle.path("entry")) {
            JsonNode resource = entry.path("resource");
            String number = number(source, resource);
            if (resource.path("resourceType").asText().equals("ServiceRequest")
                    && number != null
                    && resource.at("/category/0/coding/0/code").asText().equals(REFERRAL)) {
                told.add(referral(number, resource));
            }
        }
        return told;
    }

    private static String number(String source, JsonNode resource) {
        for (JsonNode identifier : resource.path("identifier")) {
            if (identifier.path("system").asText().equals(SYSTEM + source)) {
                return identifier.path("value").asText(null);
            }
        }
        return null;
    }

    private static Told referral(String number, JsonNode resource) {
        boolean routine = resource.path("priority").asText("routine").equals("routine");
        return new Told(
                number,
                resource.path("status").asText().equals("revoked"),
                receiver(resource.at("/performer/0")),
                routine ? ReferralRequest.Urgency.ROUTINE : ReferralRequest.Urgency.URGENT,
                reason(resource),
                date(resource.at("/occurrencePeriod/start").asText("")),
                date(resource.at("/occurrencePeriod/end").asText("")));
    }

    private static String receiver(JsonNode performer) {
        JsonNode identifier = performer.path("identifier");
        return identifier.path("system").asText().equals(SOURCE)
                ? identifier.path("value").asText(null)
                : performer.path("display").asText(null);
    }

    private static ReferralView.Reason reason(JsonNode resource) {
        String code = null;
        for (JsonNode each : resource.path("reasonCode")) {
            for (JsonNode coding : each.path("coding")) {
                code = code == null && coding.path("system").asText().equals(ICD_10)
                        ? coding.path("code").asText(null)
                        : code;
            }
        }
        String text = StreamSupport.stream(resource.path("reasonCode").spliterator(), false)
                .map(each -> each.path("text").asText(""))
                .filter(each -> !each.isBlank())
                .distinct()
                .collect(Collectors.joining("；"));
        String words = text.isBlank() ? resource.at("/code/text").asText("") : text;
        return new ReferralView.Reason(code, words.length() > LONGEST ? words.substring(0, LONGEST) : words);
    }

    private static LocalDate date(String text) {
        try {
            return text.length() < ISO_DATE ? null : LocalDate.parse(text.substring(0, ISO_DATE));
        } catch (DateTimeParseException e) {
            return null; // Not told in a way that can be shown.
        }
    }
}
