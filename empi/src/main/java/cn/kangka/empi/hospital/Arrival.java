package cn.kangka.empi.hospital;

import cn.kangka.empi.hl7.Charsets;
import cn.kangka.empi.hl7.Hl7Message;
import cn.kangka.empi.hl7.Hl7Reading;
import cn.kangka.empi.hl7.Hl7Refusal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What came in a frame, as far as it can be read.
 *
 * @param body the bytes
 * @param charset in which it is read, and answered
 * @param message what is answered: the message, or a header that stands for it when it cannot be read
 * @param source the sender; null when it is not configured
 * @param refusal why it is not taken, before any handler; null when it is
 */
record Arrival(byte[] body, Charset charset, Hl7Message message, Source source, Hl7Refusal refusal) {
    private static final String UNREADABLE = "MSH|^~\\&|||||||||P|2.5";
    private static final String VERSIONS = "2\\.[1-8](\\.\\d+)*";

    /** Reads a frame; never fails. */
    static Arrival read(byte[] body, Line line, Sources sources) {
        Source source = sender(first(body, 3), first(body, 4), line, sources);
        String declared = Charsets.declared(body);
        String name = !declared.isEmpty() ? declared : source == null ? "UTF-8" : source.charset();
        Optional<Charset> charset = Charsets.named(name);
        if (charset.isEmpty()) {
            return unread(body, source, Hl7Refusal.reject(Hl7Refusal.TABLE_VALUE, "MSH^1^18", "unknown character set"));
        }
        Optional<String> text = Charsets.decode(body, charset.get());
        if (text.isEmpty()) {
            return unread(
                    body,
                    source,
                    Hl7Refusal.error(
                            Hl7Refusal.DATA_TYPE, "MSH^1^18", "the bytes are not of the character set that is given"));
        }
        Hl7Reading reading = Hl7Message.read(text.get());
        if (reading instanceof Hl7Message message) {
            Source sender = sender(message.sendingApplication(), message.sendingFacility(), line, sources);
            return new Arrival(body, charset.get(), message, sender, refusal(message, sender, sources));
        }
        return new Arrival(body, charset.get(), Hl7Message.of(UNREADABLE), null, (Hl7Refusal) reading);
    }

    private static String first(byte[] body, int field) {
        String value = Charsets.headerField(body, field);
        int component = value.indexOf('^');
        return component < 0 ? value : value.substring(0, component);
    }

    /** Its header can be read at least, because all character sets keep ASCII. */
    private static Arrival unread(byte[] body, Source source, Hl7Refusal refusal) {
        Hl7Reading reading = Hl7Message.read(new String(body, StandardCharsets.ISO_8859_1));
        Hl7Message message = reading instanceof Hl7Message readable ? readable : Hl7Message.of(UNREADABLE);
        return new Arrival(body, StandardCharsets.ISO_8859_1, message, source, refusal);
    }

    private static Hl7Refusal refusal(Hl7Message message, Source source, Sources sources) {
        if (message.code().isEmpty()) {
            return Hl7Refusal.error(Hl7Refusal.REQUIRED_FIELD, "MSH^1^9", "the message type is missing");
        }
        if (message.controlId().isEmpty()) {
            return Hl7Refusal.error(Hl7Refusal.REQUIRED_FIELD, "MSH^1^10", "the message control id is missing");
        }
        if (!message.version().isEmpty() && !message.version().matches(VERSIONS)) {
            return Hl7Refusal.reject(Hl7Refusal.UNSUPPORTED_VERSION, "MSH^1^12", "versions 2.1 to 2.8 are understood");
        }
        return source == null ? unknownSender(message, sources) : null;
    }

    /** Whom MSH-3 and MSH-4 name, if the line carries it; the only one who speaks there when they name nobody. */
    private static Source sender(String application, String facility, Line line, Sources sources) {
        Optional<Source> named = sources.bySender(application, facility);
        return named.isPresent()
                ? named.filter(line::carries).orElse(null)
                : Optional.ofNullable(line.onlySpeaker()).flatMap(sources::byId).orElse(null);
    }

    private static Hl7Refusal unknownSender(Hl7Message message, Sources sources) {
        if (sources.bySender(message.sendingApplication(), message.sendingFacility())
                .isPresent()) {
            return Hl7Refusal.reject(
                    Hl7Refusal.TABLE_VALUE,
                    "MSH^1^4",
                    "the sending application and facility are not those of this port or certificate");
        }
        boolean known =
                sources.all().stream().anyMatch(each -> each.application().equals(message.sendingApplication()));
        return Hl7Refusal.reject(
                Hl7Refusal.TABLE_VALUE,
                known ? "MSH^1^4" : "MSH^1^3",
                "the sending application and facility are not known here");
    }

    /** Queries change nothing, so a repeated one is asked again: an old answer could mislead. */
    boolean isQuery() {
        return "QBP".equals(message.code());
    }
}
