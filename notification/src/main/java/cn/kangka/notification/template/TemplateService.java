package cn.kangka.notification.template;

import cn.kangka.kit.id.Ids;
import cn.kangka.kit.page.Cursor;
import cn.kangka.kit.page.Page;
import cn.kangka.kit.problem.Problems;
import cn.kangka.kit.problem.Problems.Violation;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** What editors do with templates. */
@ApplicationScoped
public class TemplateService {
    private final TemplateStore store;
    private final TemplateConfig config;
    private final ObjectMapper json;
    private final Clock clock;

    TemplateService(TemplateStore store, TemplateConfig config, ObjectMapper json, Clock clock) {
        this.store = store;
        this.config = config;
        this.json = json;
        this.clock = clock;
    }

    /** The newest version of every template. */
    @WithSession
    public Uni<Page<TemplateView>> list(int limit, String cursor) {
        return store.page(Cursor.decode(cursor), limit + 1)
                .map(rows -> Page.of(rows, limit, row -> new Cursor(row.createdAt.toInstant(), row.id))
                        .map(this::view));
    }

    /** The newest version of one template. */
    @WithSession
    public Uni<TemplateView> find(String name) {
        return store.newest(name).onItem().ifNull().failWith(Problems::notFound).map(this::view);
    }

    /**
     * Saves a new version.
     *
     * @param seen the version that the editor saw; null when they don't say. Another one by now: 412
     * @return the saved version; fails with 422 when a push or SMS text would use a parameter that is not discreet
     */
    @WithTransaction
    public Uni<TemplateView> save(String name, Map<String, Texts> texts, String author, Integer seen) {
        List<Violation> violations = TemplateCheck.of(texts, config);
        if (!violations.isEmpty()) {
            return Uni.createFrom().failure(Problems.invalid(violations));
        }
        return store.newest(name)
                .map(newest -> next(name, newest, seen))
                .invoke(entity -> {
                    entity.texts = TemplateJson.write(json, texts);
                    entity.author = author;
                })
                .flatMap(store::persistAndFlush)
                .map(this::view);
    }

    private TemplateEntity next(String name, TemplateEntity newest, Integer seen) {
        int version = newest == null ? 0 : newest.version;
        if (seen != null && seen != version) {
            throw Problems.of(412, "template-changed", version);
        }
        TemplateEntity entity = new TemplateEntity();
        entity.id = Ids.next();
        entity.name = name;
        entity.version = version + 1;
        entity.createdAt = OffsetDateTime.now(clock).truncatedTo(ChronoUnit.MICROS);
        return entity;
    }

    private TemplateView view(TemplateEntity entity) {
        return new TemplateView(
                entity.name,
                entity.version,
                TemplateJson.read(json, entity.texts),
                entity.author,
                entity.createdAt.withOffsetSameInstant(OffsetDateTime.now(clock).getOffset()));
    }
}
