package cn.kangka.empi.fhir;

import cn.kangka.empi.hl7.Hl7Message;
import cn.kangka.empi.hl7.Segment;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What an ADT says of a visit: data of {@code visit.reported}.
 *
 * @param visitNumber PV1-19; null when absent
 * @param at RFC 3339
 * @param department code of PV1-3.1; null when absent
 * @param appointment our appointment's id when PV1-5 or PV1-50 carries it; null for most visits
 */
record Visit(
        UUID identity, String source, Kind kind, String visitNumber, String at, String department, UUID appointment) {

    enum Kind {
        ARRIVED,
        ADMITTED,
        DISCHARGED,
        CANCELLED
    }

    /** Empty for triggers that say nothing of a visit, and without PV1. */
    static Optional<Visit> of(Clinical clinical) {
        Hl7Message message = clinical.message();
        return kind(message.trigger()).flatMap(kind -> message.segment("PV1")
                .map(visit -> new Visit(
                        clinical.identity(),
                        clinical.source(),
                        kind,
                        blankToNull(visit.value(19)),
                        at(clinical, kind, visit),
                        blankToNull(visit.value(3)),
                        appointment(visit))));
    }

    private static Optional<Kind> kind(String trigger) {
        return Optional.ofNullable(
                switch (trigger) {
                    case "A01", "A13" -> Kind.ADMITTED;
                    case "A04" -> Kind.ARRIVED;
                    case "A03" -> Kind.DISCHARGED;
                    case "A11" -> Kind.CANCELLED;
                    default -> null;
                });
    }

    private static String at(Clinical clinical, Kind kind, Segment visit) {
        String own = visit.value(kind == Kind.DISCHARGED ? 45 : 44);
        String event = clinical.message()
                .segment("EVN")
                .map(each -> each.value(6).isBlank() ? each.value(2) : each.value(6))
                .orElse("");
        return Stream.of(own, event)
                .map(Hl7Time::instant)
                .filter(time -> time != null)
                .findFirst()
                .orElse(clinical.written());
    }

    private static UUID appointment(Segment visit) {
        return Stream.of(visit.value(5), visit.value(50))
                .map(Visit::uuid)
                .filter(id -> id != null)
                .findFirst()
                .orElse(null);
    }

    private static UUID uuid(String text) {
        try {
            return text.length() == 36 ? UUID.fromString(text) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String blankToNull(String text) {
        return text.isBlank() ? null : text;
    }
}
