package cn.kangka.empi.hospital;

import cn.kangka.empi.hl7.Hl7Message;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * A letter on its way, as the outbox carries it; the message log knows it from the first attempt on.
 *
 * @param identity see {@link Letter}
 * @param person see {@link Letter}
 * @param at when it was written
 */
record PostedLetter(String text, String code, String trigger, UUID identity, UUID person, OffsetDateTime at) {
    static PostedLetter of(Letter letter, OffsetDateTime at) {
        Hl7Message message = letter.message();
        return new PostedLetter(
                message.text(), message.code(), message.trigger(), letter.identity(), letter.person(), at);
    }
}
