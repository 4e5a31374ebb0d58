package cn.kangka.notification.template;

import io.quarkus.qute.Engine;
import io.quarkus.qute.Expression;
import io.quarkus.qute.IfSectionHelper;
import io.quarkus.qute.Template;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Reads Qute texts. The engine knows {@code {param}} and {@code {#if}} only: no beans, no includes, no evaluation of
 * values, so that neither an editor nor a value reaches anything but the parameters.
 */
final class TemplateParser {
    private static final Engine ENGINE = Engine.builder()
            .addDefaultValueResolvers()
            .addSectionHelpers(new IfSectionHelper.Factory())
            .build();

    private TemplateParser() {}

    /** @throws io.quarkus.qute.TemplateException when it is not a template */
    static Template parse(String text) {
        return ENGINE.parse(text);
    }

    /** The parameters that the text uses, wherever they stand. */
    static Set<String> params(Template template) {
        Set<String> names = new LinkedHashSet<>();
        for (Expression expression : template.getExpressions()) {
            if (!expression.isLiteral()) {
                names.add(expression.getParts().get(0).getName());
            }
        }
        return names;
    }

    /** Whether the text uses anything but plain parameters and literals, such as {@code {a.b(c)}} or {@code {ns:x}}. */
    static boolean isPlain(Template template) {
        return template.getExpressions().stream().allMatch(TemplateParser::isPlain);
    }

    private static boolean isPlain(Expression expression) {
        return expression.isLiteral()
                || (!expression.hasNamespace()
                        && expression.getParts().stream().noneMatch(Expression.Part::isVirtualMethod)
                        && expression.getParts().size() == 1);
    }
}
