package cn.kangka.sandbox.hl7;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;

/** The frames of MLLP release 1: start block 0x0B, message, end block 0x1C 0x0D. Blocking. */
public final class MllpFrames {
    private static final int START = 0x0B;
    private static final int END = 0x1C;
    private static final int CARRIAGE_RETURN = 0x0D;

    private MllpFrames() {}

    /** The next message on the stream; null at its end. Bytes outside a frame are skipped. */
    public static String read(InputStream in, Charset charset) throws IOException {
        int next = in.read();
        while (next >= 0 && next != START) {
            next = in.read();
        }
        if (next < 0) {
            return null;
        }
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        for (next = in.read(); next >= 0 && next != END; next = in.read()) {
            message.write(next);
        }
        return next < 0 || in.read() != CARRIAGE_RETURN ? null : message.toString(charset);
    }

    /** Sends one message in its frame. */
    public static void write(OutputStream out, String message, Charset charset) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(START);
        frame.write(message.getBytes(charset));
        frame.write(END);
        frame.write(CARRIAGE_RETURN);
        out.write(frame.toByteArray());
        out.flush();
    }
}
