package cn.kangka.notification.notice;

import cn.kangka.kit.problem.Problems;
import cn.kangka.kit.problem.Problems.Violation;
import cn.kangka.notification.template.NoticeTemplate;
import cn.kangka.notification.template.TemplateCatalog;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Everything that is checked before a notice is accepted; nothing is written here. */
@ApplicationScoped
class NoticeChecks {
    private final TemplateCatalog catalog;
    private final NoticeStore store;
    private final Preparation preparation;
    private final IntakePolicy policy;

    NoticeChecks(TemplateCatalog catalog, NoticeStore store, Preparation preparation, NoticeConfig config) {
        this.catalog = catalog;
        this.store = store;
        this.preparation = preparation;
        this.policy = new IntakePolicy(
                config.batch(), config.scheduleGrace(), config.farthest(), config.params(), config.paramLength());
    }

    /** The templates to render with; fails with 422 naming every field at fault. */
    Uni<Map<String, NoticeTemplate>> check(String producer, List<NoticeRequest> notices, Instant now) {
        refuse(policy.check(notices, now));
        return catalog.current()
                .invoke(templates -> refuse(againstTemplates(notices, templates)))
                .call(() -> refusePast(producer, notices, now));
    }

    private static void refuse(List<Violation> violations) {
        if (!violations.isEmpty()) {
            throw Problems.invalid(violations);
        }
    }

    private static List<Violation> againstTemplates(
            List<NoticeRequest> notices, Map<String, NoticeTemplate> templates) {
        List<Violation> found = new ArrayList<>();
        for (int i = 0; i < notices.size(); i++) {
            againstTemplate(IntakePolicy.path(notices, i), notices.get(i), templates, found);
        }
        return found;
    }

    private static void againstTemplate(
            String path, NoticeRequest notice, Map<String, NoticeTemplate> templates, List<Violation> found) {
        NoticeTemplate template = templates.get(notice.template());
        if (template == null) {
            found.add(new Violation(path + "template", "notice.template"));
            return;
        }
        if (notice.to().phone() != null && !template.hasSms()) {
            found.add(new Violation(path + "to.phone", "notice.no-sms"));
        }
        if (notice.to().account() != null && !template.hasInbox()) {
            found.add(new Violation(path + "to.account", "notice.no-inbox"));
        }
        template.unusable(notice.params() == null ? Map.of() : notice.params())
                .forEach(param -> found.add(new Violation(path + "params." + param, "notice.param")));
    }

    /** A producer repeats a call until it gets its 202; what was accepted in time stays accepted. */
    private Uni<Void> refusePast(String producer, List<NoticeRequest> notices, Instant now) {
        List<Integer> past = IntStream.range(0, notices.size())
                .filter(i -> policy.isPast(notices.get(i), now))
                .boxed()
                .toList();
        if (past.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<String> keys = past.stream().map(i -> notices.get(i).key()).toList();
        return store.fingerprints(producer, keys)
                .invoke(known -> refuse(past.stream()
                        .filter(i -> !Arrays.equals(
                                known.get(notices.get(i).key()), preparation.fingerprint(notices.get(i))))
                        .map(i -> new Violation(IntakePolicy.path(notices, i) + "notBefore", "notice.past"))
                        .toList()))
                .replaceWithVoid();
    }
}
