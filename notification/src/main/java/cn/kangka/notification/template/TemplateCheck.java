package cn.kangka.notification.template;

import cn.kangka.kit.problem.Problems.Violation;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is wrong with a template that somebody wants to save; every field is named. */
final class TemplateCheck {
    private final DiscretionPolicy policy;
    private final TemplateConfig config;
    private final List<Violation> found = new ArrayList<>();

    private TemplateCheck(TemplateConfig config) {
        this.config = config;
        this.policy = new DiscretionPolicy(config.discreetParams());
    }

    /** All violations; empty when it may be saved. */
    static List<Violation> of(Map<String, Texts> byLanguage, TemplateConfig config) {
        TemplateCheck check = new TemplateCheck(config);
        for (String language : Language.ALL) {
            Texts texts = byLanguage.get(language);
            if (texts == null) {
                check.found.add(new Violation("texts." + language, "required"));
            } else {
                check.texts("texts." + language + ".", texts);
            }
        }
        byLanguage.keySet().stream()
                .filter(language -> !Language.ALL.contains(language))
                .forEach(language -> check.found.add(new Violation("texts." + language, "template.language")));
        return check.found;
    }

    private void texts(String path, Texts texts) {
        if ((texts.title() == null) != (texts.body() == null)) {
            found.add(new Violation(path + (texts.title() == null ? "title" : "body"), "required"));
        }
        if (texts.title() == null && texts.sms() == null && texts.push() == null) {
            found.add(new Violation(path + "body", "required"));
        }
        text(path + "title", texts.title(), config.inboxLength(), false);
        text(path + "body", texts.body(), config.inboxLength(), false);
        text(path + "push", texts.push(), config.discreetLength(), true);
        text(path + "sms", texts.sms(), config.discreetLength(), true);
        code(path + "sms", texts.sms());
    }

    private void text(String field, String text, int longest, boolean discreet) {
        if (text == null) {
            return;
        }
        if (text.isBlank()) {
            found.add(new Violation(field, "required"));
        } else if (text.length() > longest) {
            found.add(new Violation(field, "too-long"));
        } else {
            parsed(field, text, discreet);
        }
    }

    private void parsed(String field, String text, boolean discreet) {
        try {
            Template template = TemplateParser.parse(text);
            if (!TemplateParser.isPlain(template)) {
                found.add(new Violation(field, "template.not-plain"));
            } else if (discreet) {
                TemplateParser.params(template).stream()
                        .filter(param -> !policy.allows(param))
                        .forEach(param -> found.add(new Violation(field, "template.indiscreet", param)));
            }
        } catch (TemplateException e) {
            found.add(new Violation(field, "template.syntax"));
        }
    }

    private void code(String field, String sms) {
        if (sms == null
                || !sms.contains("{code}")
                || found.stream().anyMatch(each -> each.field().equals(field))) {
            return;
        }
        String sample = sms.replace("{code}", DiscretionPolicy.sampleCode()).replace("{minutes}", "5");
        if (!policy.showsOneCode(sample)) {
            found.add(new Violation(field, "template.one-code"));
        }
    }
}
