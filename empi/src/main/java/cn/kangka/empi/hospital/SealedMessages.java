package cn.kangka.empi.hospital;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.kangka.empi.hl7.Charsets;
import cn.kangka.kit.sealing.Sealer;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.Charset;

/** Front door for whoever may read what the message log keeps sealed. */
@ApplicationScoped
public class SealedMessages {
    private final Sealer sealer;

    SealedMessages(Sealer sealer) {
        this.sealer = sealer;
    }

    /** A message as text: what came, in the charset in which it was read; what was sent, as it was written. */
    public String body(byte[] sealed, String direction, String charset) {
        byte[] bytes = sealer.openBytes(MessageLog.PURPOSE, sealed);
        Charset read = direction.equals("IN") ? Charsets.named(charset).orElse(UTF_8) : UTF_8;
        return new String(bytes, read);
    }

    /** An answer as text; of several, the last one, which says how it ended. */
    public String answer(byte[] sealed) {
        String all = new String(sealer.openBytes(MessageLog.PURPOSE, sealed), UTF_8);
        return all.substring(all.lastIndexOf(MessageStore.SEPARATOR) + 1);
    }
}
