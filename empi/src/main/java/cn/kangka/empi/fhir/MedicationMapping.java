package cn.kangka.empi.fhir;

import cn.kangka.empi.hl7.Repetition;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * RDE^O11 and O25, OMP^O09, ORM^O01: one MedicationRequest per ORC that names a drug (RXE-2, else RXO-1). A drug that ends
 * is told twice, by the order's number and by number and drug: it may have been one of several under that number.
 */
final class MedicationMapping {
    private MedicationMapping() {}

    static List<ObjectNode> resources(Clinical clinical) {
        List<CommonOrder> orders = CommonOrder.of(clinical.message()).stream()
                .filter(order -> drug(order).isPresent())
                .toList();
        Map<String, Long> uses =
                orders.stream().collect(Collectors.groupingBy(order -> number(clinical, order), Collectors.counting()));
        List<ObjectNode> requests = new ArrayList<>();
        for (CommonOrder order : orders) {
            Repetition drug = drug(order).orElseThrow();
            String number = number(clinical, order);
            boolean alone = uses.get(number) == 1;
            requests.add(request(clinical, order, drug, alone ? number : number + "/" + key(drug)));
            if (alone && order.state().ends()) {
                requests.add(request(clinical, order, drug, number + "/" + key(drug)));
            }
        }
        return requests;
    }

    private static Optional<Repetition> drug(CommonOrder order) {
        return order.drug("RXE", 2).or(() -> order.drug("RXO", 1));
    }

    /** What tells several drugs under one number apart: their place says nothing when a later message ends one of them. */
    private static String key(Repetition drug) {
        return (drug.component(1).isBlank() ? Codes.display(drug) : drug.component(1)).strip();
    }

    /** The placer's order number. */
    private static String number(Clinical clinical, CommonOrder order) {
        return Stream.of(order.order().value(2), order.order().value(3), order.value("RXE", 15))
                .filter(value -> !value.isBlank())
                .findFirst()
                .orElse(clinical.message().controlId());
    }

    private static ObjectNode request(Clinical clinical, CommonOrder order, Repetition drug, String number) {
        ObjectNode request = Nodes.resource(
                "MedicationRequest", "urn:kangka:order:" + clinical.source(), number, clinical.written());
        request.put("status", status(order.state()));
        request.put("intent", "order");
        request.set("medicationCodeableConcept", Codes.concept(drug, clinical.source()));
        request.set("subject", clinical.subject());
        Nodes.put(
                request,
                "authoredOn",
                clinical.firstTime(order.order().value(9), order.order().value(15), order.value("RXE", 32)));
        Nodes.display(request, "requester", order.ordering("RXE", 13));
        String dosage = dosage(order);
        if (!dosage.isBlank()) {
            request.putArray("dosageInstruction").add(Nodes.text(dosage));
        }
        return request;
    }

    private static String status(CommonOrder.State state) {
        return switch (state) {
            case CANCELLED -> "cancelled";
            case STOPPED -> "stopped";
            case HELD -> "on-hold";
            case COMPLETED -> "completed";
            case ACTIVE -> "active";
        };
    }

    /** Amount and unit, route, frequency, then what the prescriber wrote. */
    private static String dosage(CommonOrder order) {
        String amount = order.value("RXE", 3).isBlank()
                ? order.value("RXO", 2) + order.display("RXO", 4)
                : order.value("RXE", 3) + order.display("RXE", 5);
        String timing = order.value("TQ1", 3);
        String frequency = timing.isBlank()
                ? order.first("RXE").map(segment -> segment.value(1, 2)).orElse("")
                : timing;
        return Stream.of(amount, order.display("RXR", 1), frequency, order.display("RXE", 7), order.display("RXE", 21))
                .filter(part -> !part.isBlank())
                .distinct()
                .collect(Collectors.joining(" "));
    }
}
