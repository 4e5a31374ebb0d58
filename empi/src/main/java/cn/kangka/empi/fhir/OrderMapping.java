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
 * ORM^O01, OMG^O19, OML^O21 and O33 to O36, OMI^O23: one ServiceRequest per ORC that orders an examination (its first OBR),
 * or only ends or holds one that was ordered before. Earlier results that come along (ORC-1 PR, or an OBR without its own
 * ORC) are no orders. One that ends is told twice, by its number and by number and service: it may have been one of several.
 */
final class OrderMapping {
    private static final Set<String> AFTER_NOTES = Set.of("OBX", "SPM", "PID", "PV1");

    private OrderMapping() {}

    static List<ObjectNode> resources(Clinical clinical) {
        List<CommonOrder> orders = CommonOrder.of(clinical.message()).stream()
                .filter(OrderMapping::orders)
                .toList();
        Map<String, Long> uses =
                orders.stream().collect(Collectors.groupingBy(order -> number(clinical, order), Collectors.counting()));
        List<ObjectNode> requests = new ArrayList<>();
        for (CommonOrder order : orders) {
            String number = number(clinical, order);
            boolean alone = uses.get(number) == 1;
            requests.add(request(clinical, order, alone ? number : number + "/" + service(order)));
            if (alone && order.state().ends() && !service(order).isBlank()) {
                requests.add(request(clinical, order, number + "/" + service(order)));
            }
        }
        return requests;
    }

    private static boolean orders(CommonOrder order) {
        boolean examination = order.first("OBR").isPresent();
        boolean drug = order.first("RXO").isPresent() || order.first("RXE").isPresent();
        boolean bare = !examination && !drug && order.state() != CommonOrder.State.ACTIVE;
        return !order.order().value(1).equals("PR") && (examination || bare);
    }

    /** The placer's number, by which both sides know the order; else the filler's. */
    private static String number(Clinical clinical, CommonOrder order) {
        return Stream.of(
                        order.order().value(2),
                        order.value("OBR", 2),
                        order.order().value(3),
                        order.value("OBR", 3))
                .filter(value -> !value.isBlank())
                .findFirst()
                .orElse(clinical.message().controlId());
    }

    private static String service(CommonOrder order) {
        String code = order.value("OBR", 4);
        return code.isBlank() ? order.display("OBR", 4) : code;
    }

    private static ObjectNode request(Clinical clinical, CommonOrder order, String number) {
        Optional<Segment> examination = order.first("OBR");
        ObjectNode request =
                Nodes.resource("ServiceRequest", "urn:kangka:order:" + clinical.source(), number, clinical.written());
        request.put("status", status(order.state()));
        request.put("intent", "order");
        Nodes.put(request, "priority", priority(order));
        examination.ifPresent(
                segment -> Nodes.set(request, "code", Codes.concept(segment.repetition(4, 1), clinical.source())));
        request.set("subject", clinical.subject());
        Nodes.put(request, "occurrenceDateTime", occurrence(order));
        Nodes.put(
                request,
                "authoredOn",
                clinical.firstTime(order.order().value(9), order.order().value(15)));
        Nodes.display(request, "requester", order.ordering("OBR", 16));
        reasons(clinical, order).forEach(reason -> Nodes.add(request, "reasonCode", reason));
        Nodes.notes(request, notes(order));
        return request;
    }

    private static String status(CommonOrder.State state) {
        return switch (state) {
            case CANCELLED, STOPPED -> "revoked";
            case HELD -> "on-hold";
            case COMPLETED -> "completed";
            case ACTIVE -> "active";
        };
    }

    /** TQ1-9, OBR-27.6, ORC-7.6 or OBR-5 (table 0485); what only means "in some days" is routine. */
    private static String priority(CommonOrder order) {
        String value = Stream.of(
                        order.value("TQ1", 9),
                        order.first("OBR").map(segment -> segment.value(27, 6)).orElse(""),
                        order.order().value(7, 6),
                        order.value("OBR", 5))
                .filter(each -> !each.isBlank())
                .findFirst()
                .orElse("");
        return switch (value) {
            case "S" -> "stat";
            case "A" -> "asap";
            case "R", "P", "T", "C" -> "routine";
            default -> null;
        };
    }

    /** When it is to be done: TQ1-7, else OBR-36, OBR-6. */
    private static String occurrence(CommonOrder order) {
        return Stream.of(order.value("TQ1", 7), order.value("OBR", 36), order.value("OBR", 6))
                .map(Hl7Time::dateTime)
                .filter(time -> time != null)
                .findFirst()
                .orElse(null);
    }

    /** OBR-31, else ORC-16, and the diagnoses (DG1-3). */
    private static List<ObjectNode> reasons(Clinical clinical, CommonOrder order) {
        List<Repetition> told = order.first("OBR")
                .map(segment -> segment.repetitions(31))
                .filter(reasons -> !reasons.isEmpty())
                .orElseGet(() -> order.order().repetitions(16));
        return Stream.concat(
                        told.stream(),
                        order.segments().stream()
                                .filter(segment -> segment.name().equals("DG1"))
                                .map(segment -> segment.repetition(3, 1)))
                .map(reason -> Codes.concept(reason, clinical.source()))
                .filter(reason -> reason != null)
                .distinct()
                .toList();
    }

    /** The NTE of the order itself, not those of its observations and specimens. */
    private static List<Segment> notes(CommonOrder order) {
        return order.segments().stream()
                .dropWhile(segment -> !segment.name().equals("OBR"))
                .takeWhile(segment -> !AFTER_NOTES.contains(segment.name()))
                .filter(segment -> segment.name().equals("NTE"))
                .toList();
    }
}
