package cn.kangka.kit.problem;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemPostProcessor;
import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.text.MessageFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes type, title and detail of every problem in the caller's language, zh-CN unless {@code Accept-Language} prefers
 * English. Texts of a service stand in {@code messages/problems.properties}, those of every service beside this class.
 */
@ApplicationScoped
public class ProblemTexts implements ProblemPostProcessor {
    private static final Map<Integer, String> NAMES = Map.of(
            400, "bad-request",
            401, "unauthorized",
            403, "forbidden",
            404, "not-found",
            405, "method-not-allowed",
            406, "not-acceptable",
            413, "too-large",
            415, "unsupported-media-type",
            422, "invalid");
    private static final String INTERNAL = "internal";

    @Override
    public int priority() {
        return 1;
    }

    @Override
    public HttpProblem apply(HttpProblem problem, ProblemContext context) {
        Texts texts = new Texts(locale());
        boolean ours = problem.getType() != null && problem.getType().toString().startsWith("/problems/");
        String name = ours
                ? problem.getType().toString().substring("/problems/".length())
                : NAMES.getOrDefault(problem.getStatusCode(), INTERNAL);
        Map<String, Object> members = new LinkedHashMap<>(problem.getParameters());
        Object[] arguments = members.remove(Problems.ARGUMENTS) instanceof Object[] given ? given : new Object[0];
        members.computeIfPresent(Problems.VIOLATIONS, (key, value) -> described(value, texts));
        HttpProblem.Builder answer = HttpProblem.builder()
                .withType(URI.create("/problems/" + name))
                .withStatus(problem.getStatusCode())
                .withTitle(texts.text(name + ".title", name))
                .withDetail(texts.text(name + ".detail", name, arguments))
                .withInstance(problem.getInstance());
        members.forEach(answer::with);
        problem.getHeaders().forEach(answer::withHeader);
        return Problems.built(problem.getStatusCode(), answer);
    }

    private static Object described(Object violations, Texts texts) {
        return violations instanceof List<?> list
                ? list.stream()
                        .map(each -> each instanceof Problems.Violation violation ? violation.describe(texts) : each)
                        .toList()
                : violations;
    }

    /** The caller's language: English when asked for before Chinese, else zh-CN. */
    public static Locale locale() {
        CurrentVertxRequest current = Arc.container() == null
                ? null
                : Arc.container().instance(CurrentVertxRequest.class).get();
        RoutingContext routing = current == null ? null : current.getCurrent();
        if (routing == null) {
            return Locale.SIMPLIFIED_CHINESE;
        }
        return routing.acceptableLanguages().stream()
                .map(language -> language.tag().toLowerCase(Locale.ROOT))
                .filter(language -> language.equals("en") || language.equals("zh"))
                .findFirst()
                .map(language -> language.equals("en") ? Locale.ENGLISH : Locale.SIMPLIFIED_CHINESE)
                .orElse(Locale.SIMPLIFIED_CHINESE);
    }

    record Texts(Locale locale) {
        /** As many as there are texts: keys come from us, never from clients. */
        private static final Map<String, String> PATTERNS = new ConcurrentHashMap<>();

        String text(String key, String otherwise, Object... arguments) {
            String pattern = PATTERNS.computeIfAbsent(locale.getLanguage() + " " + key, unknown -> pattern(key));
            return pattern.isEmpty() ? otherwise : new MessageFormat(pattern, locale).format(arguments);
        }

        /** Of the service's own texts or of the house's; empty when there is none. */
        private String pattern(String key) {
            String own = find("messages.problems", key);
            String pattern = own == null ? find("cn.kangka.kit.problem.problems", key) : own;
            return pattern == null ? "" : pattern;
        }

        private String find(String bundle, String key) {
            try {
                ResourceBundle texts = ResourceBundle.getBundle(
                        bundle,
                        locale.getLanguage().equals("en") ? Locale.ENGLISH : Locale.ROOT,
                        Thread.currentThread().getContextClassLoader(),
                        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
                return texts.containsKey(key) ? texts.getString(key) : null;
            } catch (MissingResourceException e) {
                return null;
            }
        }
    }
}
