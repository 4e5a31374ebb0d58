package cn.kangka.empi.hospital;

import java.io.ByteArrayOutputStream;

/**
 * Finds frames ({@code 0x0B} … {@code 0x1C 0x0D}) in what a sender writes. Holds at most one unfinished message and the
 * chunk it was given last; a start block within a frame begins it anew, because what came before was cut off.
 */
final class MllpDecoder {
    static final byte START = 0x0B;
    static final byte END = 0x1C;
    static final byte RETURN = 0x0D;

    /** What the next step gave. */
    sealed interface Step {
        /** The chunk is used up. */
        record NeedMore() implements Step {}

        /** A whole message. */
        record Frame(byte[] message) implements Step {}

        /** The sender breaks the limits; the connection must be closed. */
        record Broken(String why) implements Step {}
    }

    private static final Step NEED_MORE = new Step.NeedMore();
    private static final byte[] NOTHING = {};
    private static final int FIRST_CAPACITY = 1024;

    private final int maxMessage;
    private final int maxGarbage;
    private byte[] chunk = NOTHING;
    private int position;
    private ByteArrayOutputStream frame;
    private boolean ending;
    private int garbage;

    MllpDecoder(int maxMessage, int maxGarbage) {
        this.maxMessage = maxMessage;
        this.maxGarbage = maxGarbage;
    }

    /** Gives the next chunk, once the last one is used up. */
    void feed(byte[] bytes) {
        if (position == chunk.length) {
            chunk = bytes;
        } else {
            byte[] both = new byte[chunk.length - position + bytes.length];
            System.arraycopy(chunk, position, both, 0, chunk.length - position);
            System.arraycopy(bytes, 0, both, chunk.length - position, bytes.length);
            chunk = both;
        }
        position = 0;
    }

    /** Whether a message has begun and not ended. */
    boolean isInFrame() {
        return frame != null;
    }

    /** Bytes held of an unfinished message. */
    int held() {
        return frame == null ? 0 : frame.size();
    }

    Step next() {
        while (position < chunk.length) {
            Step step = frame == null ? outside() : inside();
            if (step != null) {
                return step;
            }
        }
        chunk = NOTHING;
        position = 0;
        return NEED_MORE;
    }

    private Step outside() {
        byte next = chunk[position++];
        if (next == START) {
            begin();
        } else if (next != RETURN && next != '\n' && ++garbage > maxGarbage) {
            return new Step.Broken("bytes outside a frame");
        }
        return null;
    }

    private Step inside() {
        if (ending) {
            return atEnd();
        }
        int from = position;
        while (position < chunk.length && chunk[position] != END && chunk[position] != START) {
            position++;
        }
        if (frame.size() + position - from > maxMessage) {
            return new Step.Broken("message too long");
        }
        frame.write(chunk, from, position - from);
        if (position < chunk.length) {
            if (chunk[position++] == END) {
                ending = true;
            } else {
                begin();
            }
        }
        return null;
    }

    /** After an end block: a carriage return, or the next start block of a sender that leaves it out. */
    private Step atEnd() {
        ending = false;
        byte next = chunk[position];
        if (next != RETURN && next != START) {
            frame.write(END);
            return null;
        }
        if (next == RETURN) {
            position++;
        }
        byte[] message = frame.toByteArray();
        frame = null;
        garbage = 0;
        return new Step.Frame(message);
    }

    private void begin() {
        frame = new ByteArrayOutputStream(FIRST_CAPACITY);
        ending = false;
    }
}
