package cn.kangka.empi.hospital;

import cn.kangka.empi.hl7.Charsets;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** The bytes of messages to and from an institution, in its charset. */
final class Wire {
    private static final byte START = 0x0B;
    private static final byte[] END = {0x1C, 0x0D};

    private Wire() {}

    /** MSH-18 of what we send to it. */
    static String charset(Source source) {
        return Charsets.nameOf(charsetOf(source));
    }

    /** The message in its MLLP frame. */
    static byte[] frame(Source source, String message) {
        byte[] bytes = message.getBytes(charsetOf(source));
        byte[] frame = new byte[1 + bytes.length + END.length];
        frame[0] = START;
        System.arraycopy(bytes, 0, frame, 1, bytes.length);
        System.arraycopy(END, 0, frame, 1 + bytes.length, END.length);
        return frame;
    }

    /** An answer as text: in the charset it declares, else in the institution's; what fits neither is shown as it can be. */
    static String text(Source source, byte[] answer) {
        Charset charset = Charsets.named(Charsets.declared(answer)).orElse(charsetOf(source));
        return Charsets.decode(answer, charset).orElseGet(() -> new String(answer, charset));
    }

    private static Charset charsetOf(Source source) {
        return Charsets.named(source.charset()).orElse(StandardCharsets.UTF_8);
    }
}
