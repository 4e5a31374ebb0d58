package cn.kangka.api.search;

import cn.kangka.api.account.Callers;
import cn.kangka.api.directory.Channel;
import cn.kangka.api.directory.Position;
import cn.kangka.api.directory.Subjects;
import cn.kangka.kit.page.Page;
import cn.kangka.kit.page.TextCursor;
import cn.kangka.kit.problem.ProblemTexts;
import cn.kangka.kit.problem.Problems;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.regex.Pattern;

/** Searches the directory by whatever a person types. */
@ApplicationScoped
public class DirectorySearch {
    private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}");
    /** What lies beyond is a slip, and no date of the database's. */
    private static final int LAST_YEAR = 9999;

    private final SearchStore store;
    private final Symptoms symptoms;
    private final Subjects subjects;
    private final Callers callers;
    private final Clock clock;

    DirectorySearch(SearchStore store, Symptoms symptoms, Subjects subjects, Callers callers, Clock clock) {
        this.store = store;
        this.symptoms = symptoms;
        this.subjects = subjects;
        this.callers = callers;
        this.clock = clock;
    }

    /**
     * What answers the question.
     *
     * @param typed name, initials, specialty or symptom
     * @param near {@code lat,lon}; null for none
     * @param from first day on which a free unit is looked for; today when null
     */
    public Uni<SearchAnswer> search(String typed, String near, String from, int limit, String cursor) {
        String question = CONTROLS.matcher(typed).replaceAll(" ");
        TextCursor after = TextCursor.decode(cursor);
        Position place = Position.parse("near", near);
        LocalDate first = day(from);
        Locale locale = ProblemTexts.locale();
        List<Symptom> about = symptoms.of(question);
        Symptoms.Departments departments = Symptoms.departments(subjects.named(question), about, subjects);
        return callers.channelIfAny()
                .map(DirectorySearch::channel)
                .chain(channel -> store.find(
                        new SearchStore.Question(
                                question, departments, place, first, channel, OffsetDateTime.now(clock)),
                        after,
                        limit + 1))
                .map(rows -> Page.ofTexts(rows, limit, SearchStore.Found::place).map(SearchStore.Found::hit))
                .map(page -> answer(page, about, locale));
    }

    private static Channel channel(String name) {
        Channel channel = Channel.named(name);
        return channel == null ? Channel.APP : channel;
    }

    private LocalDate day(String from) {
        try {
            LocalDate day = from == null ? LocalDate.now(clock) : LocalDate.parse(from);
            if (day.getYear() >= 0 && day.getYear() <= LAST_YEAR) {
                return day;
            }
        } catch (DateTimeException e) {
            // Refused like a date of another millennium.
        }
        throw Problems.invalid("from", "format");
    }

    private SearchAnswer answer(Page<SearchAnswer.Hit> page, List<Symptom> about, Locale locale) {
        boolean urgent = about.stream().anyMatch(Symptom::urgent);
        return new SearchAnswer(
                page.items(),
                page.next(),
                about.stream().map(symptom -> about(symptom, locale)).toList(),
                urgent ? urgently(locale) : null);
    }

    private SearchAnswer.About about(Symptom symptom, Locale locale) {
        return new SearchAnswer.About(
                symptom.name(locale),
                symptom.urgent(),
                symptom.codes().stream()
                        .map(code -> new SearchAnswer.Subject(code, subjects.name(code, locale)))
                        .toList());
    }

    private static String urgently(Locale locale) {
        boolean english = locale.getLanguage().equals(Locale.ENGLISH.getLanguage());
        return ResourceBundle.getBundle(
                        "messages.search",
                        english ? Locale.ENGLISH : Locale.ROOT,
                        Thread.currentThread().getContextClassLoader(),
                        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("urgent");
    }
}
