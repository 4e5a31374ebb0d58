package cn.kangka.api.audit;

import java.util.Locale;
import java.util.ResourceBundle;

/** What kinds of actors are called (messages/actors.properties). */
final class ActorTexts {
    private ActorTexts() {}

    /** The text of a kind, such as AGENT; the kind itself when it has none. */
    static String of(String kind, Locale locale) {
        ResourceBundle texts = ResourceBundle.getBundle(
                "messages.actors",
                locale.getLanguage().equals("en") ? Locale.ENGLISH : Locale.ROOT,
                Thread.currentThread().getContextClassLoader(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        String key = "actor." + kind;
        return texts.containsKey(key) ? texts.getString(key) : kind;
    }
}
