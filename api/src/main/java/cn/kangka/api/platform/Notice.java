package cn.kangka.api.platform;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;

/**
 * Tell this account (or phone) this. {@code notification} owns everything after it: language, channel, time, retry.
 *
 * @param key one notice; the same key again changes nothing, with another content it replaces what is not yet sent
 * @param urgency the lane
 * @param template one of docs/between-services.md, "Templates and their params"
 * @param to whom
 * @param params what the template asks for
 * @param link app route such as {@code /appointments/<id>}; null for none
 * @param notBefore null for now
 * @param expiresAt null for never
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Notice(
        String key,
        @JsonProperty("class") Urgency urgency,
        String template,
        Recipient to,
        Map<String, String> params,
        String link,
        OffsetDateTime notBefore,
        OffsetDateTime expiresAt) {

    /** The lane a notice goes through. */
    public enum Urgency {
        URGENT,
        TRANSACTIONAL,
        REMINDER,
        CAMPAIGN
    }

    /** An account, with the person it is about, or a phone that need not have an account. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Recipient(UUID account, UUID subjectPerson, String phone) {
        public static Recipient account(UUID account, UUID subjectPerson) {
            return new Recipient(account, subjectPerson, null);
        }

        public static Recipient phone(String phone) {
            return new Recipient(null, null, phone);
        }

        @Override
        public String toString() {
            return account == null ? "a phone" : "account " + account;
        }
    }

    /** A transactional notice: now, without an end. */
    public static Notice now(String key, String template, Recipient to, Map<String, String> params, String link) {
        return new Notice(key, Urgency.TRANSACTIONAL, template, to, params, link, null, null);
    }

    public Notice expiring(OffsetDateTime at) {
        return new Notice(key, urgency, template, to, params, link, notBefore, at);
    }

    public Notice urgent() {
        return new Notice(key, Urgency.URGENT, template, to, params, link, notBefore, expiresAt);
    }

    /** Something the person knew, and may want to hear of again: goes after what is news. */
    public Notice reminder() {
        return new Notice(key, Urgency.REMINDER, template, to, params, link, notBefore, expiresAt);
    }

    /** Params may hold a code: they are never shown. */
    @Override
    public String toString() {
        return "notice " + template + " to " + to;
    }
}
