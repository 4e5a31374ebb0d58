package cn.kangka.empi.fhir;

import cn.kangka.empi.hl7.Segment;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** RDS^O13: one MedicationDispense per RXD that names a drug, bound to the prescription by the order's number. */
final class DispenseMapping {
    private DispenseMapping() {}

    static List<ObjectNode> resources(Clinical clinical) {
        return CommonOrder.of(clinical.message()).stream()
                .flatMap(order -> order.segments().stream()
                        .filter(segment -> segment.name().equals("RXD"))
                        .filter(segment ->
                                !Codes.display(segment.repetition(2, 1)).isBlank())
                        .map(segment -> dispense(clinical, order, segment)))
                .toList();
    }

    private static ObjectNode dispense(Clinical clinical, CommonOrder order, Segment dispense) {
        ObjectNode told = Nodes.resource(
                "MedicationDispense",
                "urn:kangka:dispense:" + clinical.source(),
                number(clinical, order, dispense),
                clinical.written());
        told.put("status", status(order.state()));
        told.set("medicationCodeableConcept", Codes.concept(dispense.repetition(2, 1), clinical.source()));
        told.set("subject", clinical.subject());
        String staff = PersonNames.ofStaff(dispense.repetition(10, 1));
        if (!staff.isBlank()) {
            told.putArray("performer").addObject().putObject("actor").put("display", staff);
        }
        String prescription = prescription(order, dispense);
        if (!prescription.isBlank()) {
            told.putArray("authorizingPrescription")
                    .add(Nodes.identified("urn:kangka:order:" + clinical.source(), prescription));
        }
        Nodes.set(told, "quantity", quantity(dispense));
        Nodes.put(told, "whenHandedOver", Hl7Time.dateTime(dispense.value(3)));
        notes(told, dispense);
        String dosage = dosage(order, dispense);
        if (!dosage.isBlank()) {
            told.putArray("dosageInstruction").add(Nodes.text(dosage));
        }
        return told;
    }

    /** The pharmacy's order number, prescription number or the prescriber's, with the dispense's own counter. */
    private static String number(Clinical clinical, CommonOrder order, Segment dispense) {
        String number = Stream.of(
                        order.order().value(3), dispense.value(7), order.order().value(2))
                .filter(value -> !value.isBlank())
                .findFirst()
                .orElse(clinical.message().controlId());
        return dispense.value(1).isBlank() ? number : number + "/" + dispense.value(1);
    }

    private static String prescription(CommonOrder order, Segment dispense) {
        return order.order().value(2).isBlank()
                ? dispense.value(7)
                : order.order().value(2);
    }

    private static String status(CommonOrder.State state) {
        return switch (state) {
            case CANCELLED -> "cancelled";
            case STOPPED -> "stopped";
            case HELD -> "on-hold";
            case ACTIVE, COMPLETED -> "completed";
        };
    }

    /** RXD-4 and 5; nothing when it is no number. */
    private static ObjectNode quantity(Segment dispense) {
        BigDecimal amount = ObservationValue.decimal(dispense.value(4));
        if (amount == null) {
            return null;
        }
        ObjectNode quantity = Nodes.object().put("value", amount);
        Nodes.put(quantity, "unit", Codes.display(dispense.repetition(5, 1)));
        return quantity;
    }

    private static void notes(ObjectNode told, Segment dispense) {
        dispense.repetitions(9).stream()
                .map(note -> FormattedText.plain(note.text()))
                .filter(text -> !text.isBlank())
                .forEach(text -> Nodes.add(told, "note", Nodes.text(text)));
    }

    /**
     * Amount, route and frequency as prescribed, then what the pharmacist wrote on it. What was prescribed says nothing of
     * another drug that was given in its place.
     */
    private static String dosage(CommonOrder order, Segment dispense) {
        Stream<String> prescribed = order.value("RXE", 2).equals(dispense.value(2))
                ? Stream.of(
                        order.value("RXE", 3) + order.display("RXE", 5),
                        order.display("RXR", 1),
                        order.value("TQ1", 3),
                        order.display("RXE", 7))
                : Stream.of();
        return Stream.concat(prescribed, Stream.of(Codes.display(dispense.repetition(15, 1))))
                .filter(part -> !part.isBlank())
                .distinct()
                .collect(Collectors.joining(" "));
    }
}
