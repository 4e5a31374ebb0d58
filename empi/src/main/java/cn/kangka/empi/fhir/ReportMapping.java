package cn.kangka.empi.fhir;

import cn.kangka.empi.hl7.Repetition;
import cn.kangka.empi.hl7.Segment;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** ORU^R01 (and its relatives): one DiagnosticReport per OBR, one Observation per OBX with a value. */
final class ReportMapping {
    private static final String DIAGNOSTIC_SERVICE = "http://terminology.hl7.org/CodeSystem/v2-0074";

    private ReportMapping() {}

    /** All reports of the message, each followed by its observations. */
    static List<ObjectNode> resources(Clinical clinical) {
        List<ObjectNode> resources = new ArrayList<>();
        List<OrderGroup> groups = OrderGroup.of(clinical.message());
        Map<String, Integer> uses = new HashMap<>();
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            String number = number(clinical, groups.get(i), i);
            numbers.add(number);
            uses.merge(number, 1, Integer::sum);
        }
        for (int i = 0; i < groups.size(); i++) {
            OrderGroup group = groups.get(i);
            String number = numbers.get(i);
            resources.addAll(report(clinical, group, uses.get(number) == 1 ? number : number + "/" + service(group)));
        }
        return resources;
    }

    /** What was asked for: tells the reports of one accession apart that share its number. */
    private static String service(OrderGroup group) {
        Repetition service = group.order().repetition(4, 1);
        return service.component(1).isBlank() ? Codes.display(service) : service.component(1);
    }

    /** Filler order number, else the placer's, else one that this message gives. */
    private static String number(Clinical clinical, OrderGroup group, int index) {
        Segment order = group.order();
        return Stream.of(order.value(3), group.common(3), order.value(2), group.common(2))
                .filter(value -> !value.isBlank())
                .findFirst()
                .orElse(clinical.message().controlId() + "-" + (index + 1));
    }

    private static List<ObjectNode> report(Clinical clinical, OrderGroup group, String number) {
        Segment order = group.order();
        ObjectNode report = Nodes.resource(
                "DiagnosticReport", "urn:kangka:report:" + clinical.source(), number, clinical.written());
        report.put("status", status(order.value(25)));
        ObjectNode code = Codes.concept(order.repetition(4, 1), clinical.source());
        report.set("code", code == null ? Nodes.text("检查报告") : code);
        if (!order.value(24).isBlank()) {
            report.putArray("category").add(Nodes.code(DIAGNOSTIC_SERVICE, order.value(24)));
        }
        report.set("subject", clinical.subject());
        Nodes.put(report, "effectiveDateTime", Hl7Time.dateTime(order.value(7)));
        String issued = Hl7Time.instant(order.value(22));
        report.put("issued", issued == null ? clinical.written() : issued);
        report.putArray("performer").addObject().put("display", clinical.hospital());
        List<ObjectNode> observations = observations(clinical, group, number);
        ArrayNode results = report.putArray("result");
        observations.forEach(each -> results.addObject()
                .put("reference", "Observation/" + each.get("id").asText()));
        Nodes.put(report, "conclusion", conclusion(group.notes()));
        return Stream.concat(Stream.of(report), observations.stream()).toList();
    }

    private static List<ObjectNode> observations(Clinical clinical, OrderGroup group, String number) {
        List<ObjectNode> observations = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < group.observations().size(); i++) {
            Segment result = group.observations().get(i);
            String name = ObservationMapping.name(result, i + 1);
            // Lines of one text repeat code and sub-id: each is a value of its own.
            String own = names.add(name) ? name : name + "/#" + (i + 1);
            ObjectNode observation = ObservationMapping.resource(clinical, group.order(), result, number + "/" + own);
            if (observation != null) {
                observations.add(observation);
            }
        }
        return observations;
    }

    private static String conclusion(List<Segment> notes) {
        return notes.stream()
                .map(note -> FormattedText.plain(note.text(3)))
                .filter(text -> !text.isBlank())
                .collect(Collectors.joining("\n"));
    }

    /** OBR-25 (table 0123); what has no status is a final result, because OBX-11 would say otherwise. */
    private static String status(String value) {
        return switch (value) {
            case "", "F", "M", "N", "Y", "Z" -> "final";
            case "C", "K" -> "corrected";
            case "X" -> "cancelled";
            default -> "preliminary";
        };
    }
}
