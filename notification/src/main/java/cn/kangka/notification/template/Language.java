package cn.kangka.notification.template;

import java.util.List;

/** The languages of every text: Chinese first. */
public final class Language {
    public static final String CHINESE = "zh-CN";
    public static final String ENGLISH = "en";
    public static final List<String> ALL = List.of(CHINESE, ENGLISH);

    private Language() {}

    /** The text's language for a person's: English for any English, else Chinese. */
    public static String of(String locale) {
        return locale != null && locale.startsWith(ENGLISH) ? ENGLISH : CHINESE;
    }
}
