package cn.kangka.api.schedule;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A template or an exception as it would be if it were saved.
 *
 * @param id which one it would replace, if there is one
 * @param template null for an exception
 * @param exception null for a template
 */
record Draft(UUID id, Template template, PlanException exception) {
    private static final UUID NOTHING = new UUID(0, 0);

    /** As it is. */
    static final Draft NONE = new Draft(NOTHING, null, null);

    List<Template> templates(List<Template> saved) {
        return template == null
                ? saved
                : Stream.concat(saved.stream().filter(each -> !each.id().equals(id)), Stream.of(template))
                        .toList();
    }

    /** What is saved is without the one that it would replace. */
    List<PlanException> exceptions(List<PlanException> saved, LocalDate from, LocalDate to) {
        boolean within = exception != null
                && !exception.day().isBefore(from)
                && !exception.day().isAfter(to);
        return within ? Stream.concat(saved.stream(), Stream.of(exception)).toList() : saved;
    }

    /** The exception that is left out of what is saved. */
    UUID replacedException() {
        return exception == null ? NOTHING : id;
    }
}
