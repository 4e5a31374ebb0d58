package cn.kangka.notification.notice;

import cn.kangka.notification.template.NoticeTemplate;
import java.time.Instant;
import java.util.UUID;

/**
 * A notice ready to be written: rendered, sealed, fingerprinted.
 *
 * @param id used when the key is new
 * @param content sealed texts of every channel
 * @param inboxContent sealed texts of the inbox; null when the entry is not made now
 * @param start now, or {@code notBefore}
 */
record Prepared(
        UUID id,
        NoticeRequest request,
        NoticeTemplate template,
        String language,
        byte[] fingerprint,
        byte[] phone,
        byte[] content,
        byte[] inboxContent,
        Instant start) {
    boolean hasInboxNow() {
        return inboxContent != null;
    }
}
