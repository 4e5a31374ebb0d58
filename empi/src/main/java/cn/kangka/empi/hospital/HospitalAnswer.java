package cn.kangka.empi.hospital;

import cn.kangka.empi.hl7.AckCode;
import cn.kangka.empi.hl7.Hl7Message;
import cn.kangka.empi.hl7.Segment;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an institution answered.
 *
 * @param code MSA-1
 * @param text why, for people: ERR-8, else the text of ERR-3, of ERR-1.4 or of MSA-3; empty when it gave no reason
 * @param message the whole answer
 */
public record HospitalAnswer(AckCode code, String text, Hl7Message message) {

    /** Reads an answer to the message of that control id; empty when it is none. */
    static Optional<HospitalAnswer> to(String controlId, String received) {
        return Hl7Message.read(received) instanceof Hl7Message message
                ? message.segment("MSA")
                        .filter(acknowledgement -> acknowledgement.value(2).equals(controlId))
                        .flatMap(acknowledgement -> of(message, acknowledgement))
                : Optional.empty();
    }

    /** Reads the verdict of a message that has an MSA; empty when MSA-1 is none of table 0008. */
    public static Optional<HospitalAnswer> of(Hl7Message message, Segment acknowledgement) {
        return Stream.of(AckCode.values())
                .filter(code -> code.name().equals(acknowledgement.value(1)))
                .findFirst()
                .map(code -> new HospitalAnswer(code, reason(message, acknowledgement), message));
    }

    /** Whether it took the message. */
    public boolean isAccepted() {
        return switch (code) {
            case AA, CA -> true;
            case AE, AR, CE, CR -> false;
        };
    }

    private static String reason(Hl7Message message, Segment acknowledgement) {
        Stream<String> errors = message.segments("ERR").stream()
                .flatMap(error -> Stream.of(
                        error.text(8), error.value(3, 2), error.repetition(1, 1).subcomponent(4, 2)));
        return Stream.concat(errors, Stream.of(acknowledgement.text(3)))
                .filter(text -> !text.isBlank())
                .findFirst()
                .map(String::strip)
                .orElse("");
    }
}
