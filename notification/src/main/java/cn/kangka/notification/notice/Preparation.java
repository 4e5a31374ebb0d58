package cn.kangka.notification.notice;

import cn.kangka.kit.id.Ids;
import cn.kangka.kit.sealing.Sealer;
import cn.kangka.notification.delivery.SealedTexts;
import cn.kangka.notification.template.Language;
import cn.kangka.notification.template.NoticeTemplate;
import cn.kangka.notification.template.Texts;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Renders, seals and fingerprints notices. Pure computing: big batches do it on a worker. */
@ApplicationScoped
class Preparation {
    private static final String FINGERPRINT = "notice-fingerprint";

    private final Sealer sealer;
    private final SealedTexts sealedTexts;

    Preparation(Sealer sealer, SealedTexts sealedTexts) {
        this.sealer = sealer;
        this.sealedTexts = sealedTexts;
    }

    /** In the order of keys, so that two batches never wait for each other; of one key the last counts. */
    List<Prepared> prepare(
            List<NoticeRequest> notices,
            Map<String, NoticeTemplate> templates,
            Map<UUID, String> languages,
            Instant now) {
        Map<String, NoticeRequest> byKey = new TreeMap<>();
        notices.forEach(notice -> byKey.put(notice.key(), notice));
        return byKey.values().stream()
                .map(notice -> prepare(notice, templates.get(notice.template()), languages, now))
                .toList();
    }

    /** What makes two notices of one key the same. */
    byte[] fingerprint(NoticeRequest notice) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("class", notice.noticeClass());
        content.put("template", notice.template());
        content.put("account", notice.to().account());
        content.put("person", notice.to().subjectPerson());
        content.put("phone", notice.to().phone());
        content.put("params", notice.params() == null ? Map.of() : new TreeMap<>(notice.params()));
        content.put("link", notice.link());
        content.put("notBefore", instant(notice.notBefore()));
        content.put("expiresAt", instant(notice.expiresAt()));
        return sealer.hash(FINGERPRINT, content.toString());
    }

    private Prepared prepare(NoticeRequest notice, NoticeTemplate template, Map<UUID, String> languages, Instant now) {
        UUID account = notice.to().account();
        String language = Language.of(account == null ? null : languages.get(account));
        Texts texts = template.render(language, notice.params() == null ? Map.of() : notice.params());
        Instant start =
                notice.notBefore() == null || notice.notBefore().toInstant().isBefore(now)
                        ? now
                        : notice.notBefore().toInstant();
        boolean inboxNow = account != null && template.hasInbox() && !start.isAfter(now);
        return new Prepared(
                Ids.next(),
                notice,
                template,
                language,
                fingerprint(notice),
                sealer.seal(SealedTexts.PHONE, notice.to().phone()),
                sealedTexts.seal(texts),
                inboxNow ? sealedTexts.seal(new Texts(texts.title(), texts.body(), null, null)) : null,
                start);
    }

    private static Instant instant(java.time.OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
