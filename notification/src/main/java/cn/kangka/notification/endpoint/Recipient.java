package cn.kangka.notification.endpoint;

/**
 * Who an account is to notification.
 *
 * @param phone null when unknown
 * @param locale {@code zh-CN} or {@code en}
 * @param active false for an account that may get nothing outside the inbox
 */
public record Recipient(String phone, String locale, boolean active) {
    /** Without the phone: it does not belong into a log. */
    @Override
    public String toString() {
        return "Recipient[" + locale + ", active=" + active + "]";
    }
}
