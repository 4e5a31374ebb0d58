package cn.kangka.notification.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.kangka.kit.sealing.Sealer;
import cn.kangka.notification.template.Texts;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;

/** The rendered texts of a notice as they lie in the database: sealed JSON. */
@ApplicationScoped
public class SealedTexts {
    /** Purpose of a notice's phone envelope. */
    public static final String PHONE = "notice-phone";

    private static final String CONTENT = "notice-content";

    private final Sealer sealer;
    private final ObjectReader reader;
    private final ObjectWriter writer;

    public SealedTexts(Sealer sealer, ObjectMapper json) {
        this.sealer = sealer;
        this.reader = json.readerFor(Texts.class);
        this.writer = json.writerFor(Texts.class);
    }

    public byte[] seal(Texts texts) {
        try {
            return sealer.seal(CONTENT, writer.writeValueAsString(texts).getBytes(UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts that are not JSON", e);
        }
    }

    public Texts open(byte[] envelope) {
        try {
            return reader.readValue(sealer.openBytes(CONTENT, envelope));
        } catch (IOException e) {
            throw new IllegalStateException("not the texts of a notice", e);
        }
    }
}
