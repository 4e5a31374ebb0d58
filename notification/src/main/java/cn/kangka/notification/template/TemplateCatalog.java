package cn.kangka.notification.template;

import cn.kangka.kit.database.Database;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;

/** The newest version of every template, ready to render; at most {@code kangka.template.refresh} old. */
@ApplicationScoped
public class TemplateCatalog {
    private static final String NEWEST =
            "select distinct on (name) name, version, texts from template_version order by name, version desc";

    private record Snapshot(Map<String, NoticeTemplate> templates, long readAt) {}

    private final Database database;
    private final ObjectMapper json;
    private final TemplateConfig config;
    private volatile Snapshot snapshot;

    TemplateCatalog(Database database, ObjectMapper json, TemplateConfig config) {
        this.database = database;
        this.json = json;
        this.config = config;
    }

    /** Templates by name. */
    public Uni<Map<String, NoticeTemplate>> current() {
        Snapshot known = snapshot;
        if (known != null
                && System.nanoTime() - known.readAt() < config.refresh().toNanos()) {
            return Uni.createFrom().item(known.templates());
        }
        return database.pool()
                .preparedQuery(NEWEST)
                .execute()
                .map(rows -> read(rows, known == null ? Map.of() : known.templates()))
                .invoke(templates -> snapshot = new Snapshot(templates, System.nanoTime()));
    }

    private Map<String, NoticeTemplate> read(RowSet<Row> rows, Map<String, NoticeTemplate> before) {
        Map<String, NoticeTemplate> templates = new HashMap<>();
        for (Row row : rows) {
            String name = row.getString("name");
            int version = row.getInteger("version");
            NoticeTemplate old = before.get(name);
            templates.put(
                    name,
                    old != null && old.version() == version
                            ? old
                            : new NoticeTemplate(name, version, TemplateJson.read(json, row.getString("texts"))));
        }
        return Map.copyOf(templates);
    }
}
