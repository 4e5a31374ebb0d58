package cn.kangka.empi.linking;

import cn.kangka.empi.identity.Identities;
import cn.kangka.empi.identity.Identity;
import cn.kangka.empi.linking.Difference.Verdict;
import cn.kangka.empi.linking.LinkageViews.Model;
import cn.kangka.empi.linking.LinkageViews.Pair;
import cn.kangka.empi.linking.LinkageViews.Side;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.masking.Masks;
import cn.kangka.kit.page.Cursor;
import cn.kangka.kit.page.Page;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What those who choose linkage models ask. */
@ApplicationScoped
public class LinkageReport {
    private final Models models;
    private final ShadowStore store;
    private final Identities identities;
    private final Database database;

    LinkageReport(Models models, ShadowStore store, Identities identities, Database database) {
        this.models = models;
        this.store = store;
        this.identities = identities;
        this.database = database;
    }

    /** The models in use, and how many pairs the shadow would treat otherwise. */
    public Uni<LinkageViews.Models> models() {
        Model live = view(models.engine());
        return models.shadow()
                .map(shadow -> database.read(
                        client -> store.waiting(client).chain(waiting -> store.counts(client, shadow.version())
                                .map(counts -> new LinkageViews.Models(live, view(shadow), waiting, counts)))))
                .orElseGet(() -> Uni.createFrom().item(new LinkageViews.Models(live, null, 0, Map.of())));
    }

    private static Model view(Engine engine) {
        return new Model(engine.version(), engine.model().name());
    }

    /** The pairs of one kind, the last found first; empty without a shadow. */
    public Uni<Page<Pair>> differences(Verdict verdict, int limit, Cursor after) {
        return models.shadow()
                .map(shadow -> database.read(client -> store.page(client, shadow.version(), verdict, limit + 1, after)
                        .map(found -> Page.of(
                                found, limit, each -> new Cursor(each.at().toInstant(), each.id())))
                        .chain(page -> sides(client, page.items()).map(sides -> page.map(each -> pair(each, sides))))))
                .orElseGet(() -> Uni.createFrom().item(new Page<>(List.of(), null)));
    }

    private Uni<Map<UUID, Side>> sides(SqlClient client, List<ShadowStore.Found> found) {
        List<UUID> all = found.stream()
                .flatMap(each ->
                        Stream.of(each.difference().one(), each.difference().other()))
                .distinct()
                .toList();
        return identities.load(client, all).map(told -> told.stream()
                .collect(Collectors.toMap(Identity::id, LinkageReport::side)));
    }

    private static Side side(Identity identity) {
        return new Side(
                identity.id(),
                identity.source(),
                Masks.name(identity.demographics().name()));
    }

    private static Pair pair(ShadowStore.Found found, Map<UUID, Side> sides) {
        Difference difference = found.difference();
        return new Pair(
                sides.get(difference.one()),
                sides.get(difference.other()),
                difference.verdict(),
                difference.probability(),
                found.at());
    }
}
