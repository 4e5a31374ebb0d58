package cn.kangka.empi.hospital;

import java.time.Instant;

/**
 * How one connection stands.
 *
 * @param incoming of a hospital to us, or of us to a hospital
 * @param source the institution, with the lane of an outgoing one ({@code H001/booking}); null until a first message says who sends
 * @param remote address and port
 * @param since when it was made, or lost
 * @param messages that went over it
 * @param lastAt when the last one was answered; null before the first
 * @param failure why it is not open; null while it is
 */
record LineState(
        boolean incoming, String source, String remote, Instant since, long messages, Instant lastAt, String failure) {
    static LineState in(String source, String remote, Instant since, long messages, Instant lastAt) {
        return new LineState(true, source, remote, since, messages, lastAt, null);
    }

    static LineState out(String source, String remote, Instant since, long messages, Instant lastAt, String failure) {
        return new LineState(false, source, remote, since, messages, lastAt, failure);
    }
}
