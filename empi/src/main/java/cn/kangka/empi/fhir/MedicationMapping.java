package cn.kangka.empi.fhir;

import cn.kangka.empi.hl7.Repetition;
import cn.kangka.empi.hl7.Segment;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * RDE^O11 and O25: one MedicationRequest per ORC that names a drug (RXE-2, else RXO-1). A drug that ends is told twice, by
 * the order's number and by number and drug: it may have been one of several under that number.
 */
final class MedicationMapping {
    private static final Set<String> ENDED = Set.of("cancelled", "stopped", "completed");

    private MedicationMapping() {}

    static List<ObjectNode> resources(Clinical clinical) {
        List<PrescriptionGroup> groups = PrescriptionGroup.of(clinical.message()).stream()
                .filter(group -> drug(group).isPresent())
                .toList();
        Map<String, Long> uses =
                groups.stream().collect(Collectors.groupingBy(group -> number(clinical, group), Collectors.counting()));
        List<ObjectNode> requests = new ArrayList<>();
        for (PrescriptionGroup group : groups) {
            Repetition drug = drug(group).orElseThrow();
            String number = number(clinical, group);
            boolean alone = uses.get(number) == 1;
            ObjectNode request = request(clinical, group, drug, alone ? number : number + "/" + key(drug));
            requests.add(request);
            if (alone && ENDED.contains(request.get("status").asText())) {
                requests.add(request(clinical, group, drug, number + "/" + key(drug)));
            }
        }
        return requests;
    }

    private static Optional<Repetition> drug(PrescriptionGroup group) {
        Optional<Repetition> encoded = group.first("RXE").map(segment -> segment.repetition(2, 1));
        return encoded.filter(MedicationMapping::named)
                .or(() -> group.first("RXO").map(segment -> segment.repetition(1, 1)))
                .filter(MedicationMapping::named);
    }

    private static boolean named(Repetition drug) {
        return !Codes.display(drug).isBlank();
    }

    /** What tells several drugs under one number apart: their place says nothing when a later message ends one of them. */
    private static String key(Repetition drug) {
        return (drug.component(1).isBlank() ? Codes.display(drug) : drug.component(1)).strip();
    }

    /** The placer's order number. */
    private static String number(Clinical clinical, PrescriptionGroup group) {
        return Stream.of(group.order().value(2), group.order().value(3), group.value("RXE", 15))
                .filter(value -> !value.isBlank())
                .findFirst()
                .orElse(clinical.message().controlId());
    }

    private static ObjectNode request(Clinical clinical, PrescriptionGroup group, Repetition drug, String number) {
        Segment order = group.order();
        ObjectNode request = Nodes.resource(
                "MedicationRequest", "urn:kangka:order:" + clinical.source(), number, clinical.written());
        request.put("status", status(order.value(1), order.value(5)));
        request.put("intent", "order");
        request.set("medicationCodeableConcept", Codes.concept(drug, clinical.source()));
        request.set("subject", clinical.subject());
        Nodes.put(request, "authoredOn", authored(clinical, group));
        String requester = requester(group);
        if (!requester.isBlank()) {
            request.putObject("requester").put("display", requester);
        }
        String dosage = dosage(group);
        if (!dosage.isBlank()) {
            request.putArray("dosageInstruction").add(Nodes.text(dosage));
        }
        return request;
    }

    /** ORC-1 (table 0119) and ORC-5 (table 0038). */
    private static String status(String control, String status) {
        return switch (control) {
            case "CA", "OC", "CR" -> "cancelled";
            case "DC", "OD", "DR" -> "stopped";
            case "HD", "OH", "HR" -> "on-hold";
            default ->
                switch (status) {
                    case "CM" -> "completed";
                    case "CA" -> "cancelled";
                    case "DC" -> "stopped";
                    case "HD" -> "on-hold";
                    default -> "active";
                };
        };
    }

    private static String authored(Clinical clinical, PrescriptionGroup group) {
        return Stream.of(group.order().value(9), group.order().value(15), group.value("RXE", 32))
                .map(Hl7Time::dateTime)
                .filter(time -> time != null)
                .findFirst()
                .orElse(clinical.written());
    }

    private static String requester(PrescriptionGroup group) {
        String ordering = PersonNames.ofStaff(group.order().repetition(12, 1));
        return ordering.isBlank()
                ? group.first("RXE")
                        .map(segment -> PersonNames.ofStaff(segment.repetition(13, 1)))
                        .orElse("")
                : ordering;
    }

    /** Amount and unit, route, frequency, then what the prescriber wrote. */
    private static String dosage(PrescriptionGroup group) {
        String amount = group.value("RXE", 3).isBlank() ? text(group, "RXO", 2, 4) : text(group, "RXE", 3, 5);
        String route = group.first("RXR")
                .map(segment -> Codes.display(segment.repetition(1, 1)))
                .orElse("");
        return Stream.of(amount, route, frequency(group), instructions(group))
                .filter(part -> !part.isBlank())
                .distinct()
                .collect(Collectors.joining(" "));
    }

    private static String text(PrescriptionGroup group, String name, int amount, int unit) {
        return group.first(name)
                .map(segment -> segment.value(amount) + Codes.display(segment.repetition(unit, 1)))
                .orElse("");
    }

    private static String frequency(PrescriptionGroup group) {
        String timing = group.first("TQ1").map(segment -> segment.value(3)).orElse("");
        return timing.isBlank()
                ? group.first("RXE").map(segment -> segment.value(1, 2)).orElse("")
                : timing;
    }

    private static String instructions(PrescriptionGroup group) {
        return Stream.of(
                        group.first("RXE").map(segment -> Codes.display(segment.repetition(7, 1))),
                        group.first("RXE").map(segment -> Codes.display(segment.repetition(21, 1))))
                .flatMap(Optional::stream)
                .filter(part -> !part.isBlank())
                .distinct()
                .collect(Collectors.joining(" "));
    }
}
