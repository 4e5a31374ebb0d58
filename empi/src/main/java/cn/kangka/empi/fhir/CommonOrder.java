package cn.kangka.empi.fhir;

import cn.kangka.empi.hl7.Hl7Message;
import cn.kangka.empi.hl7.Repetition;
import cn.kangka.empi.hl7.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One ORC of a message with the segments that follow it. */
record CommonOrder(Segment order, List<Segment> segments) {

    /** What ORC-1 (table 0119) does to the order, else the state that ORC-5 (table 0038) tells. */
    enum State {
        ACTIVE,
        HELD,
        STOPPED,
        CANCELLED,
        COMPLETED;

        boolean ends() {
            return this == STOPPED || this == CANCELLED || this == COMPLETED;
        }
    }

    static List<CommonOrder> of(Hl7Message message) {
        List<CommonOrder> orders = new ArrayList<>();
        for (Segment segment : message.segments()) {
            if (segment.name().equals("ORC")) {
                orders.add(new CommonOrder(segment, new ArrayList<>()));
            } else if (!orders.isEmpty()) {
                orders.get(orders.size() - 1).segments().add(segment);
            }
        }
        return orders;
    }

    State state() {
        return switch (order.value(1)) {
            case "CA", "OC", "CR" -> State.CANCELLED;
            case "DC", "OD", "DR" -> State.STOPPED;
            case "HD", "OH", "HR" -> State.HELD;
            default ->
                switch (order.value(5)) {
                    case "CM" -> State.COMPLETED;
                    case "CA" -> State.CANCELLED;
                    case "DC" -> State.STOPPED;
                    case "HD" -> State.HELD;
                    default -> State.ACTIVE;
                };
        };
    }

    Optional<Segment> first(String name) {
        return segments.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /** A field of the first segment of that name; empty without one. */
    String value(String name, int field) {
        return first(name).map(segment -> segment.value(field)).orElse("");
    }

    /** What people read of a coded field of the first segment of that name; empty without one. */
    String display(String name, int field) {
        return first(name)
                .map(segment -> Codes.display(segment.repetition(field, 1)))
                .orElse("");
    }

    /** The first of two fields that names a member of staff: ORC-12, else that one. */
    String ordering(String name, int field) {
        return Stream.concat(
                        Stream.of(order.repetition(12, 1)),
                        first(name).map(segment -> segment.repetition(field, 1)).stream())
                .map(PersonNames::ofStaff)
                .filter(staff -> !staff.isBlank())
                .findFirst()
                .orElse("");
    }

    /** The drug of the first segment of that name; nothing when it names none. */
    Optional<Repetition> drug(String name, int field) {
        return first(name).map(segment -> segment.repetition(field, 1)).filter(drug -> !Codes.display(drug)
                .isBlank());
    }
}
