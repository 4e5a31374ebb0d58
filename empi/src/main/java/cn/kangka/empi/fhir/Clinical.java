package cn.kangka.empi.fhir;

import cn.kangka.empi.hl7.Hl7Message;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What a mapping needs to know besides the segments.
 *
 * @param source id of the hospital
 * @param hospital its name, for people
 * @param identity whose data it is
 * @param message the whole message
 * @param received RFC 3339 time of its arrival
 */
record Clinical(String source, String hospital, UUID identity, Hl7Message message, String received) {
    ObjectNode subject() {
        return Nodes.object().put("reference", "Patient/" + identity);
    }

    /** The first of these fields that is a time, as FHIR dateTime; else when the message was written. */
    String firstTime(String... values) {
        return Stream.of(values)
                .map(Hl7Time::dateTime)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(this::written);
    }

    /** When the hospital wrote the message, else when it arrived. */
    String written() {
        String time = Hl7Time.instant(message.header().value(7));
        return time == null ? received : time;
    }
}
