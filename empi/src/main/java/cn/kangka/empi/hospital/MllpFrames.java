package cn.kangka.empi.hospital;

import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;

/** Cuts what comes over a connection into messages: start block 0x0B, message, end block 0x1C 0x0D. */
final class MllpFrames {
    private static final byte START = 0x0B;
    private static final byte END = 0x1C;
    private static final byte RETURN = 0x0D;

    private final int largest;
    private Buffer pending = Buffer.buffer();

    /** @param largest bytes of the longest message */
    MllpFrames(int largest) {
        this.largest = largest;
    }

    /** Takes bytes, and gives every message that they complete. */
    void read(Buffer bytes, Consumer<byte[]> message, Consumer<String> failure) {
        pending.appendBuffer(bytes);
        int end = end(0);
        while (end >= 0) {
            int start = start(end);
            if (start >= 0) {
                message.accept(pending.getBytes(start + 1, end));
            }
            pending = pending.getBuffer(Math.min(end + 2, pending.length()), pending.length());
            end = end(0);
        }
        if (pending.length() > largest) {
            pending = Buffer.buffer();
            failure.accept("an answer of more than " + largest + " bytes");
        }
    }

    private int end(int from) {
        for (int i = from; i + 1 < pending.length(); i++) {
            if (pending.getByte(i) == END && pending.getByte(i + 1) == RETURN) {
                return i;
            }
        }
        return -1;
    }

    private int start(int end) {
        for (int i = 0; i < end; i++) {
            if (pending.getByte(i) == START) {
                return i;
            }
        }
        return -1;
    }
}
