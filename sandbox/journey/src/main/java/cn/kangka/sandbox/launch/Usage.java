package cn.kangka.sandbox.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** How a command is called. In files, because {@code ./run --help} prints them before anything is built. */
enum Usage {
    RUN,
    SEND,
    PEOPLE;

    /** What is wrong with the call, and how the command is called. */
    Refusal refusal(String sentence) {
        return new Refusal(sentence + "\n" + text());
    }

    private String text() {
        String file = "/usage/" + name().toLowerCase(Locale.ROOT) + ".txt";
        try (InputStream text = Usage.class.getResourceAsStream(file)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
