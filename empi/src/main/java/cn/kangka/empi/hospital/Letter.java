package cn.kangka.empi.hospital;

import cn.kangka.empi.hl7.Hl7Builder;
import cn.kangka.empi.hl7.Hl7Message;
import cn.kangka.empi.person.PersonSnapshot;
import cn.kangka.kit.id.Ids;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A message for one institution.
 *
 * @param id of the message in the log and of its event; MSH-10 follows from it
 * @param topic what it is about, such as {@code announcement} or {@code booking}
 * @param aggregate person or appointment; messages about one of them arrive in order
 * @param barrier a second person whose order it keeps; null for most
 * @param version the aggregate's version
 * @param identity whom it is about at the institution; null when unknown
 * @param person whom it is about
 */
public record Letter(
        UUID id,
        Source to,
        String topic,
        String aggregate,
        String barrier,
        long version,
        UUID identity,
        UUID person,
        Hl7Message message) {
    static final String DESTINATION = "hospital:";
    static final String ANNOUNCEMENT = "announcement";
    static final String TRACE = "ZTR";
    private static final String LANE = "/";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmssZ");
    private static final String US = "KANGKA";
    private static final int MESSAGE_TIME = 7;
    private static final int CONTROL_ID = 10;

    /**
     * What a letter is about.
     *
     * @param aggregate see {@link Letter}
     * @param person see {@link Letter}
     */
    public record Subject(String topic, String aggregate, String barrier, long version, UUID identity, UUID person) {}

    /**
     * Writes a letter: header, then what {@code body} adds, then the trace.
     *
     * @param type code, trigger and structure, such as ADT, A31, ADT_A05
     * @param trace W3C traceparent for the ZTR segment; null for none
     */
    public static Letter write(
            Source to, Subject subject, String[] type, OffsetDateTime now, String trace, Consumer<Hl7Builder> body) {
        UUID id = Ids.next();
        Hl7Builder message = new Hl7Builder()
                .header()
                .set(3, US)
                .set(4, US)
                .set(5, to.application())
                .set(6, to.facility())
                .set(7, TIME.format(now))
                .set(9, type)
                .set(10, ControlId.of(id))
                .set(11, "P")
                .set(12, "2.5.1")
                .set(17, "CHN")
                .set(18, Wire.charset(to));
        body.accept(message);
        if (trace != null) {
            message.segment(TRACE).set(1, trace);
        }
        return new Letter(
                id,
                to,
                subject.topic(),
                subject.aggregate(),
                subject.barrier(),
                subject.version(),
                subject.identity(),
                subject.person(),
                message.build());
    }

    /** An announcement as it was, with an id and a time of its own. */
    static Letter again(Source to, PersonSnapshot person, String text, UUID id, OffsetDateTime now) {
        int end = text.indexOf('\r');
        String[] header = text.substring(0, end).split("\\|", -1);
        header[MESSAGE_TIME - 1] = TIME.format(now);
        header[CONTROL_ID - 1] = ControlId.of(id);
        return new Letter(
                id,
                to,
                ANNOUNCEMENT,
                person.id().toString(),
                null,
                person.version(),
                null,
                person.id(),
                Hl7Message.of(String.join("|", header) + text.substring(end)));
    }

    /**
     * Announcements of persons go one way, every other topic has a lane of its own: a booking must not wait behind a
     * thousand registrations.
     */
    String destination() {
        return DESTINATION + to.id() + (topic.equals(ANNOUNCEMENT) ? "" : LANE + topic);
    }

    /** The institution a destination leads to. */
    static String institution(String destination) {
        int lane = destination.indexOf(LANE);
        return destination.substring(DESTINATION.length(), lane < 0 ? destination.length() : lane);
    }
}
