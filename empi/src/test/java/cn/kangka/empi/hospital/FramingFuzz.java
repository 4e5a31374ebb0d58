package cn.kangka.empi.hospital;

import cn.kangka.empi.hospital.MllpDecoder.Step;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Fuzz target of MLLP framing: whatever comes, in whatever pieces, the same messages are found, no more is held than allowed,
 * and nothing is thrown. See {@link JazzerTest}.
 */
public final class FramingFuzz {
    private static final int LARGEST = 512;
    private static final int GARBAGE = 128;

    private FramingFuzz() {}

    /** The first byte says how the rest is cut. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length < 2) {
            return;
        }
        byte[] bytes = Arrays.copyOfRange(input, 1, input.length);
        List<String> whole = steps(bytes, bytes.length);
        List<String> pieces = steps(bytes, 1 + (input[0] & 0x0F));
        check(whole.equals(pieces), "the pieces in which bytes come change what is found");
        List<String> again = steps(framed(bytes), 3);
        boolean plain = bytes.length <= LARGEST && none(bytes, MllpDecoder.START) && none(bytes, MllpDecoder.END);
        check(!plain || again.equals(List.of(Arrays.toString(bytes))), "a framed message is not found as it was");
    }

    private static List<String> steps(byte[] bytes, int piece) {
        MllpDecoder decoder = new MllpDecoder(LARGEST, GARBAGE);
        List<String> found = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += piece) {
            decoder.feed(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + piece)));
            Step step = decoder.next();
            while (!(step instanceof Step.NeedMore)) {
                if (step instanceof Step.Broken) {
                    found.add("broken");
                    return found;
                }
                byte[] message = ((Step.Frame) step).message();
                check(message.length <= LARGEST, "a message is larger than allowed");
                found.add(Arrays.toString(message));
                step = decoder.next();
            }
            check(decoder.held() <= 2L * LARGEST + piece, "more is held than allowed");
        }
        return found;
    }

    private static byte[] framed(byte[] message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(MllpDecoder.START);
        out.writeBytes(message);
        out.write(MllpDecoder.END);
        out.write(MllpDecoder.RETURN);
        return out.toByteArray();
    }

    private static boolean none(byte[] bytes, byte searched) {
        for (byte each : bytes) {
            if (each == searched) {
                return false;
            }
        }
        return true;
    }

    private static void check(boolean right, String otherwise) {
        if (!right) {
            throw new IllegalStateException(otherwise);
        }
    }
}
