package cn.kangka.api.education;

import java.util.Locale;

/** The languages that articles are written in. */
enum Language {
    CHINESE("zh-CN"),
    ENGLISH("en");

    private final String tag;

    Language(String tag) {
        this.tag = tag;
    }

    /** BCP 47, as in the file names and in the table. */
    String tag() {
        return tag;
    }

    static Language of(Locale locale) {
        return locale.getLanguage().equals(Locale.ENGLISH.getLanguage()) ? ENGLISH : CHINESE;
    }
}
