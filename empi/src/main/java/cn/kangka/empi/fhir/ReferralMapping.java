package cn.kangka.empi.fhir;

import cn.kangka.empi.hl7.Repetition;
import cn.kangka.empi.hl7.Segment;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** REF^I12 to I14: the RF1 as ServiceRequest of category referral, who refers (PRD role RP) and to whom (RT). */
final class ReferralMapping {
    private static final String SNOMED = "http://snomed.info/sct";
    private static final String PATIENT_REFERRAL = "3457005";

    private ReferralMapping() {}

    /** Nothing when the referral has no number. */
    static List<ObjectNode> resources(Clinical clinical) {
        return clinical.message()
                .segment("RF1")
                .filter(referral -> !number(referral).isBlank())
                .map(referral -> List.of(request(clinical, referral)))
                .orElse(List.of());
    }

    /** RF1-6, else the number that others know it by. */
    private static String number(Segment referral) {
        return referral.value(6).isBlank() ? referral.value(11) : referral.value(6);
    }

    private static ObjectNode request(Clinical clinical, Segment referral) {
        ObjectNode request = Nodes.resource(
                "ServiceRequest", "urn:kangka:referral:" + clinical.source(), number(referral), clinical.written());
        request.put("status", status(clinical, referral));
        request.put("intent", "order");
        request.putArray("category").add(Nodes.code(SNOMED, PATIENT_REFERRAL));
        Nodes.put(request, "priority", priority(referral.value(2)));
        Nodes.set(request, "code", Codes.concept(referral.repetition(3, 1), clinical.source()));
        request.set("subject", clinical.subject());
        period(request, referral);
        Nodes.put(request, "authoredOn", clinical.firstTime(referral.value(9), referral.value(7)));
        provider(clinical, "RP").ifPresent(name -> Nodes.display(request, "requester", name));
        performer(clinical).ifPresent(performer -> request.putArray("performer").add(performer));
        reasons(clinical, referral).forEach(reason -> Nodes.add(request, "reasonCode", reason));
        return request;
    }

    /** I14 cancels; RF1-1 (table 0283) says what became of it. */
    private static String status(Clinical clinical, Segment referral) {
        if (clinical.message().trigger().equals("I14")) {
            return "revoked";
        }
        return switch (referral.value(1)) {
            case "E", "R" -> "revoked";
            default -> "active";
        };
    }

    /** RF1-2 (table 0280). */
    private static String priority(String value) {
        return switch (value) {
            case "S" -> "stat";
            case "A" -> "asap";
            case "R" -> "routine";
            default -> null;
        };
    }

    /** From RF1-7 to RF1-8: when the patient may come with it. */
    private static void period(ObjectNode request, Segment referral) {
        String from = Hl7Time.dateTime(referral.value(7));
        String until = Hl7Time.dateTime(referral.value(8));
        if (from != null || until != null) {
            ObjectNode period = request.putObject("occurrencePeriod");
            Nodes.put(period, "start", from);
            Nodes.put(period, "end", until);
        }
    }

    /** To whom; with the institution's id where PRD-4.4 of the role RT tells it. */
    private static Optional<ObjectNode> performer(Clinical clinical) {
        ObjectNode performer = JsonNodeFactory.instance.objectNode();
        clinical.message().segments("PRD").stream()
                .filter(provider -> is(provider, "RT"))
                .map(provider -> provider.value(4, 4))
                .filter(institution -> !institution.isBlank())
                .findFirst()
                .ifPresent(institution -> performer
                        .putObject("identifier")
                        .put("system", "urn:kangka:source")
                        .put("value", institution.strip()));
        provider(clinical, "RT").ifPresent(name -> performer.put("display", name));
        return performer.isEmpty() ? Optional.empty() : Optional.of(performer);
    }

    private static boolean is(Segment provider, String role) {
        return provider.repetitions(1).stream()
                .anyMatch(each -> each.component(1).equals(role));
    }

    /** The person of that role, else the institution. */
    private static Optional<String> provider(Clinical clinical, String role) {
        return clinical.message().segments("PRD").stream()
                .filter(provider -> is(provider, role))
                .flatMap(provider -> Stream.of(
                        PersonNames.ofPerson(provider.repetition(2, 1)), provider.value(4, 9), provider.value(10)))
                .filter(name -> !name.isBlank())
                .findFirst();
    }

    /** RF1-10 and the diagnoses (DG1-3). */
    private static List<ObjectNode> reasons(Clinical clinical, Segment referral) {
        Stream<Repetition> diagnoses =
                clinical.message().segments("DG1").stream().map(diagnosis -> diagnosis.repetition(3, 1));
        return Stream.concat(referral.repetitions(10).stream(), diagnoses)
                .map(reason -> Codes.concept(reason, clinical.source()))
                .filter(reason -> reason != null)
                .distinct()
                .toList();
    }
}
