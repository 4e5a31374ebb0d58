package cn.kangka.notification.template;

import io.quarkus.qute.Template;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One version of a template, ready to render. Immutable. */
public final class NoticeTemplate {
    private record Parsed(Template title, Template body, Template push, Template sms) {}

    private final String name;
    private final int version;
    private final Map<String, Parsed> byLanguage = new HashMap<>();
    private final Map<String, String> absent = new LinkedHashMap<>();
    private final Set<String> discreet = new LinkedHashSet<>();
    private final Texts shape;

    NoticeTemplate(String name, int version, Map<String, Texts> texts) {
        this.name = name;
        this.version = version;
        this.shape = texts.get(Language.CHINESE);
        texts.forEach((language, each) -> byLanguage.put(
                language,
                new Parsed(parse(each.title()), parse(each.body()), discreet(each.push()), discreet(each.sms()))));
    }

    private Template parse(String text) {
        if (text == null) {
            return null;
        }
        Template template = TemplateParser.parse(text);
        TemplateParser.params(template).forEach(param -> absent.put(param, ""));
        return template;
    }

    private Template discreet(String text) {
        Template template = parse(text);
        if (template != null) {
            discreet.addAll(TemplateParser.params(template));
        }
        return template;
    }

    public String name() {
        return name;
    }

    public int version() {
        return version;
    }

    /** Whether it has texts for the inbox. */
    public boolean hasInbox() {
        return shape.hasInbox();
    }

    public boolean hasPush() {
        return shape.push() != null;
    }

    public boolean hasSms() {
        return shape.sms() != null;
    }

    /** The parameters of push and SMS that are missing or no plain code or number; empty when it can be rendered. */
    public List<String> unusable(Map<String, String> params) {
        DiscretionPolicy policy = new DiscretionPolicy(discreet);
        List<String> names = new ArrayList<>();
        for (String name : discreet) {
            String value = params.get(name);
            if (value == null || !policy.allowsValue(value)) {
                names.add(name);
            }
        }
        return names;
    }

    /** Renders every text for a language. An inbox parameter that is missing is left out, so that the notice arrives. */
    public Texts render(String language, Map<String, String> params) {
        Map<String, Object> values = new HashMap<>(absent);
        params.forEach((key, value) -> values.put(key, value == null ? "" : ReadableValue.of(value, language)));
        Parsed parsed = byLanguage.get(language);
        return new Texts(
                render(parsed.title(), values),
                render(parsed.body(), values),
                render(parsed.push(), values),
                render(parsed.sms(), values));
    }

    private static String render(Template template, Map<String, Object> values) {
        return template == null ? null : template.render(values).strip();
    }
}
