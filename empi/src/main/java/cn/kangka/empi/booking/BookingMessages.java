package cn.kangka.empi.booking;

import cn.kangka.empi.hl7.Hl7Builder;
import cn.kangka.empi.hospital.BookingMode;
import cn.kangka.empi.hospital.Letter;
import cn.kangka.empi.hospital.Source;
import cn.kangka.empi.person.IdentityRef;
import cn.kangka.empi.person.PersonSnapshot;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Orders as HL7 v2.5.1, chapter 10: SIU^S12 and S15 inform a hospital whose pool is ours, SRM^S01 and S04 ask one that
 * fills its own. SIU^S14 and S26 tell either who came and who did not (docs/hl7.md).
 */
record BookingMessages(
        BookingOrder order, PersonSnapshot person, Source source, String region, String hospitalReference) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmssZ").withZone(ZoneId.of("Asia/Shanghai"));

    Letter letter(Letter.Subject subject, OffsetDateTime now, String trace) {
        return Letter.write(source, subject, type(), now, trace, body());
    }

    /** The person's record at that hospital; empty when it does not know them yet. */
    Optional<IdentityRef> known() {
        return person.identities().stream()
                .filter(identity -> identity.source().equals(source.id()))
                .findFirst();
    }

    private boolean asks() {
        return source.bookingMode() == BookingMode.HOSPITAL_FILLS
                && order.action().asks();
    }

    private String[] type() {
        return switch (order.action()) {
            case BOOK -> asks() ? type("SRM", "S01") : type("SIU", "S12");
            case CANCEL -> asks() ? type("SRM", "S04") : type("SIU", "S15");
            case ARRIVED -> type("SIU", "S14");
            case MISSED -> type("SIU", "S26");
        };
    }

    private static String[] type(String code, String trigger) {
        return new String[] {code, trigger, code.equals("SRM") ? "SRM_S01" : "SIU_S12"};
    }

    /** SCH-25, table 0278, which is user-defined and lacks arrivals. */
    private String status() {
        return switch (order.action()) {
            case BOOK -> "Booked";
            case CANCEL -> "Cancelled";
            case ARRIVED -> "Arrived";
            case MISSED -> "Noshow";
        };
    }

    /** Table 0206: what becomes of the booked resources. */
    private String segmentAction() {
        return switch (order.action()) {
            case BOOK -> "A";
            case CANCEL -> "D";
            case ARRIVED, MISSED -> "X";
        };
    }

    private Consumer<Hl7Builder> body() {
        return message -> {
            if (asks()) {
                request(message);
                patient(message);
            } else {
                notice(message);
                timing(message);
                patient(message);
            }
            resources(message);
        };
    }

    private void request(Hl7Builder message) {
        message.segment("ARQ")
                .set(1, order.appointment().toString())
                .set(2, hospitalReference)
                .set(5, order.action().name(), "", "HL70276")
                .set(
                        11,
                        TIME.format(order.slot().start()),
                        TIME.format(order.slot().end()))
                .set(15, "KANGKA")
                .set(19, "KANGKA");
    }

    private void notice(Hl7Builder message) {
        message.segment("SCH")
                .set(1, order.appointment().toString())
                .set(2, hospitalReference)
                .set(6, order.action().name(), "", "HL70276")
                .set(9, Long.toString(minutes()))
                .set(10, "min")
                .set(
                        11,
                        "",
                        "",
                        "",
                        TIME.format(order.slot().start()),
                        TIME.format(order.slot().end()))
                .set(16, "KANGKA")
                .set(20, "KANGKA")
                .set(25, status(), "", "HL70278");
    }

    private void timing(Hl7Builder message) {
        message.segment("TQ1")
                .set(1, "1")
                .set(7, TIME.format(order.slot().start()))
                .set(8, TIME.format(order.slot().end()));
    }

    private void patient(Hl7Builder message) {
        message.segment("PID").set(1, "1").add(3, person.id().toString(), "", "", region, "PI");
        known().ifPresent(identity -> message.add(
                3,
                identity.localId(),
                "",
                "",
                source.authority() == null ? source.id() : source.authority().name(),
                "MR"));
        name(message);
        message.set(7, person.birth() == null ? null : person.birth().replace("-", ""))
                .set(8, person.sex().hl7());
        person.documents()
                .forEach(document -> message.add(
                        3, document.number(), "", "", "", document.type().hl7()));
        person.phones().stream().findFirst().ifPresent(phone -> message.set(13, phone, "PRN", "CP"));
    }

    private void name(Hl7Builder message) {
        if (person.family() != null || person.given() != null) {
            message.set(5, person.family(), person.given());
        } else {
            message.set(5, person.name());
        }
    }

    private void resources(Hl7Builder message) {
        String start = TIME.format(order.slot().start());
        message.segment("RGS")
                .set(1, "1")
                .set(2, segmentAction())
                .set(3, order.department().code());
        message.segment("AIS")
                .set(1, "1")
                .set(2, segmentAction())
                .set(3, order.department().code(), order.department().name())
                .set(4, start)
                .set(7, Long.toString(minutes()))
                .set(8, "min");
        if (order.slot().id() != null) {
            message.segment("AIG")
                    .set(1, "1")
                    .set(3, order.slot().id().toString())
                    .set(4, "SLOT")
                    .set(8, start);
        }
        if (order.practitioner() != null) {
            message.segment("AIP")
                    .set(1, "1")
                    .set(3, order.practitioner().code(), order.practitioner().name())
                    .set(6, start);
        }
    }

    private long minutes() {
        return Duration.between(order.slot().start(), order.slot().end()).toMinutes();
    }
}
