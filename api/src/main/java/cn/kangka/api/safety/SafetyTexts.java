package cn.kangka.api.safety;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** What people read of alerts: zh-CN, or English. */
final class SafetyTexts {
    private final ResourceBundle texts;
    private final Locale locale;

    SafetyTexts(Locale locale) {
        this.locale = locale;
        this.texts = ResourceBundle.getBundle(
                "messages.safety",
                english() ? Locale.ENGLISH : Locale.ROOT,
                Thread.currentThread().getContextClassLoader(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    private boolean english() {
        return locale.getLanguage().equals(Locale.ENGLISH.getLanguage());
    }

    String text(String key, Object... arguments) {
        return new MessageFormat(texts.getString(key), locale).format(arguments);
    }

    /** A group's name; what is no group of the table is called the same substance. */
    String group(IngredientGroup group) {
        return group == null ? texts.getString("same-substance") : english() ? group.en() : group.zh();
    }
}
