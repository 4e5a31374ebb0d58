package cn.kangka.api.education;

import cn.kangka.kit.page.Cursor;
import cn.kangka.kit.page.Page;
import cn.kangka.kit.problem.Problems;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Finds and gives articles. The front door of this package. */
@ApplicationScoped
public class Articles {
    private final ArticleStore store;

    Articles(ArticleStore store) {
        this.store = store;
    }

    /**
     * Articles that hold every word of the query, best first; when none does, those that hold some of it. Without a
     * query the newest first.
     *
     * @param query what the reader typed; null or blank for all
     * @param topic exactly one of the articles' topics; null for all
     */
    Uni<Page<ArticleSummary>> search(Locale locale, String query, String topic, String cursor, int limit) {
        Language language = Language.of(locale);
        Cursor after = Cursor.decode(cursor);
        if (query == null || query.isBlank()) {
            return store.newest(language, topic, after, limit);
        }
        String every = SearchTerms.everyWord(query);
        if (every.isEmpty()) {
            return Uni.createFrom().item(new Page<>(List.of(), null));
        }
        return store.search(language, every, topic, after, limit)
                .flatMap(page -> page.items().isEmpty()
                        ? anyWord(language, query, topic, after, limit)
                        : Uni.createFrom().item(page));
    }

    private Uni<Page<ArticleSummary>> anyWord(Language language, String query, String topic, Cursor after, int limit) {
        String any = SearchTerms.anyWord(query);
        return any.isEmpty()
                ? Uni.createFrom().item(new Page<>(List.of(), null))
                : store.search(language, any, topic, after, limit);
    }

    /** One article in the reader's language; 404 when there is none. */
    Uni<Article> get(Locale locale, String slug) {
        return store.find(Language.of(locale), slug).onItem().ifNull().failWith(Problems::notFound);
    }

    /** The articles that explain results with these LOINC codes, by code; codes without an article are absent. */
    public Uni<Map<String, ArticleLink>> forLoinc(Locale locale, Collection<String> codes) {
        return codes.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : store.forLoinc(Language.of(locale), Set.copyOf(codes));
    }
}
