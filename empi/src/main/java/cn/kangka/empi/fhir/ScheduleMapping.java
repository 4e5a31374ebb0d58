package cn.kangka.empi.fhir;

import cn.kangka.empi.hl7.Hl7Message;
import cn.kangka.empi.hl7.Repetition;
import cn.kangka.empi.hl7.Segment;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** SIU^S12 to S17 and S26: the SCH as Appointment, with the resources (AIS, AIP, AIL, AIG) that are booked for it. */
final class ScheduleMapping {
    private static final long LONGEST_MINUTES = 7L * 24 * 60;
    private static final Set<String> ENDED = Set.of("cancelled", "entered-in-error", "noshow");

    private ScheduleMapping() {}

    /** Nothing when the appointment has no number, or stands and has no time; of one of ours {@code api} knows the time. */
    static List<ObjectNode> resources(Clinical clinical) {
        return clinical.message()
                .segment("SCH")
                .filter(schedule -> !number(schedule).isBlank())
                .flatMap(schedule -> appointment(clinical, schedule))
                .map(List::of)
                .orElse(List.of());
    }

    /** The hospital's own number (SCH-2), else the one of who asked for it. */
    private static String number(Segment schedule) {
        return schedule.value(2).isBlank() ? schedule.value(1) : schedule.value(2);
    }

    private static Optional<ObjectNode> appointment(Clinical clinical, Segment schedule) {
        Hl7Message message = clinical.message();
        String start = start(message, schedule);
        String end = start == null ? null : end(message, schedule, start);
        String status = status(message.trigger(), schedule);
        if (end == null && !ENDED.contains(status) && ours(schedule).isEmpty()) {
            return Optional.empty();
        }
        ObjectNode told = Nodes.resource(
                "Appointment", "urn:kangka:appointment:" + clinical.source(), number(schedule), clinical.written());
        ours(schedule)
                .ifPresent(id -> told.withArray("identifier").add(Nodes.identifier("urn:kangka:appointment", id)));
        told.put("status", status);
        if (status.equals("cancelled")) {
            Nodes.set(told, "cancelationReason", Codes.concept(schedule.repetition(6, 1), clinical.source()));
        }
        message.segments("AIS")
                .forEach(service ->
                        Nodes.add(told, "serviceType", Codes.concept(service.repetition(3, 1), clinical.source())));
        Nodes.set(told, "appointmentType", Codes.concept(schedule.repetition(8, 1), clinical.source()));
        Nodes.add(told, "reasonCode", Codes.concept(schedule.repetition(7, 1), clinical.source()));
        if (end != null) {
            told.put("start", start).put("end", end);
        }
        participants(clinical, told.putArray("participant"));
        return Optional.of(told);
    }

    /** The number of who asked (SCH-1), when it is one of ours. */
    private static Optional<String> ours(Segment schedule) {
        try {
            String placer = schedule.value(1);
            return placer.length() == 36 ? Optional.of(UUID.fromString(placer).toString()) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The event; else SCH-25 (table 0278). */
    private static String status(String trigger, Segment schedule) {
        return switch (trigger) {
            case "S15", "S16" -> "cancelled";
            case "S17" -> "entered-in-error";
            case "S26" -> "noshow";
            default ->
                switch (schedule.value(25).toUpperCase(Locale.ROOT)) {
                    case "CANCELLED", "DC", "DELETED" -> "cancelled";
                    case "NOSHOW" -> "noshow";
                    case "COMPLETE" -> "fulfilled";
                    case "PENDING" -> "pending";
                    case "WAITLIST" -> "waitlist";
                    default -> "booked";
                };
        };
    }

    /** SCH-11.4 (before 2.7), TQ1-7, else the first resource that says when. */
    private static String start(Hl7Message message, Segment schedule) {
        return Stream.concat(
                        Stream.of(schedule.value(11, 4), of(message, "TQ1", 7)),
                        Stream.of(
                                of(message, "AIP", 6),
                                of(message, "AIS", 4),
                                of(message, "AIL", 6),
                                of(message, "AIG", 8)))
                .map(Hl7Time::instant)
                .filter(time -> time != null)
                .findFirst()
                .orElse(null);
    }

    /** SCH-11.5, TQ1-8, else the start and how long it takes (SCH-9 and 10, AIP-9 and 10, AIS-7 and 8); null without. */
    private static String end(Hl7Message message, Segment schedule, String start) {
        return Stream.of(schedule.value(11, 5), of(message, "TQ1", 8))
                .map(Hl7Time::instant)
                .filter(time -> time != null && !OffsetDateTime.parse(time).isBefore(OffsetDateTime.parse(start)))
                .findFirst()
                .or(() -> Stream.of(
                                minutes(of(message, "AIP", 9), of(message, "AIP", 10)),
                                minutes(of(message, "AIS", 7), of(message, "AIS", 8)),
                                minutes(schedule.value(9), schedule.value(10)))
                        .flatMap(Optional::stream)
                        .findFirst()
                        .map(minutes ->
                                Hl7Time.format(OffsetDateTime.parse(start).plusMinutes(minutes))))
                .orElse(null);
    }

    private static Optional<Long> minutes(String amount, String unit) {
        BigDecimal number = ObservationValue.decimal(amount);
        if (number == null || number.signum() <= 0) {
            return Optional.empty();
        }
        BigDecimal minutes =
                switch (unit.toLowerCase(Locale.ROOT)) {
                    case "s", "sec" -> number.divideToIntegralValue(BigDecimal.valueOf(60));
                    case "h", "hr", "hour" -> number.multiply(BigDecimal.valueOf(60));
                    default -> number;
                };
        return minutes.compareTo(BigDecimal.valueOf(LONGEST_MINUTES)) > 0 || minutes.signum() <= 0
                ? Optional.empty()
                : Optional.of(minutes.longValue());
    }

    private static String of(Hl7Message message, String name, int field) {
        return message.segment(name).map(segment -> segment.value(field)).orElse("");
    }

    private static void participants(Clinical clinical, ArrayNode participants) {
        participants.addObject().put("status", "accepted").set("actor", clinical.subject());
        Hl7Message message = clinical.message();
        message.segments("AIP").stream()
                .map(segment -> segment.repetition(3, 1))
                .forEach(staff -> participant(
                        participants,
                        "urn:kangka:practitioner:" + clinical.source(),
                        staff.component(1),
                        PersonNames.ofStaff(staff)));
        message.segments("AIL").stream()
                .map(segment -> segment.repetition(3, 1))
                .forEach(place -> participant(
                        participants, "urn:kangka:department:" + clinical.source(), place.component(1), place(place)));
    }

    /** PL: point of care and room. */
    private static String place(Repetition place) {
        return place.component(9).isBlank() ? place.component(2) : place.component(9);
    }

    private static void participant(ArrayNode participants, String system, String code, String name) {
        if (code.isBlank() && name.isBlank()) {
            return;
        }
        ObjectNode actor = code.isBlank() ? Nodes.object() : Nodes.identified(system, code.strip());
        Nodes.put(actor, "display", name);
        participants.addObject().put("status", "accepted").set("actor", actor);
    }
}
