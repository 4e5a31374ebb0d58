package cn.kangka.api.directory;

import java.util.Locale;

/** Through which door a booking comes; each has a quota of every session (domain rules, "channel quotas"). */
public enum Channel {
    APP,
    CALL_CENTRE,
    BANK,
    TELECOM,
    WEB;

    /** Its place in the database's quota arrays, which count from 1. */
    public int number() {
        return ordinal() + 1;
    }

    /** The channel at a place of a quota array. */
    public static Channel of(int number) {
        return values()[number - 1];
    }

    /** The channel as tokens name it ({@code call-centre}); null for a name that is none. */
    public static Channel named(String name) {
        for (Channel channel : values()) {
            if (channel.label().equals(name)) {
                return channel;
            }
        }
        return null;
    }

    /** Its name in tokens and answers. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
