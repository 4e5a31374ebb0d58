package cn.kangka.notification.template;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.kangka.kit.database.Database;
import cn.kangka.kit.id.Ids;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.StartupEvent;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * Puts the templates of this release ({@code notices/*.properties}) into the table at start: as a new version where the
 * newest is one that was shipped earlier and differs; an editor's version stays.
 */
@ApplicationScoped
class ShippedTemplates {
    private static final String AUTHOR = "shipped";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String INSTALL = """
            insert into template_version (id, name, version, texts, author)
            select $1, $2, coalesce(max(t.version), 0) + 1, $3, $4 from template_version t where t.name = $2
            having not exists (
                select 1 from template_version n
                where n.name = $2 and (n.author <> $4 or n.texts = $3)
                  and n.version = (select max(l.version) from template_version l where l.name = $2))
            on conflict (name, version) do nothing
            """;

    private final Database database;
    private final ObjectMapper json;
    private final TemplateConfig config;

    ShippedTemplates(Database database, ObjectMapper json, TemplateConfig config) {
        this.database = database;
        this.json = json;
        this.config = config;
    }

    void install(@Observes StartupEvent event) {
        List<Tuple> rows = new ArrayList<>();
        load().forEach((name, texts) -> rows.add(Tuple.of(Ids.next(), name, TemplateJson.write(json, texts), AUTHOR)));
        database.write(tx -> tx.preparedQuery(INSTALL).executeBatch(rows))
                .await()
                .atMost(PATIENCE);
    }

    /** Every shipped template by name; fails when one breaks the rules that editors must keep. */
    Map<String, Map<String, Texts>> load() {
        Map<String, Map<String, Texts>> templates = new LinkedHashMap<>();
        for (String name : names()) {
            Map<String, Texts> texts = texts(name);
            if (!TemplateCheck.of(texts, config).isEmpty()) {
                throw new IllegalStateException("the shipped template " + name + " breaks the rules");
            }
            templates.put(name, texts);
        }
        return templates;
    }

    private static List<String> names() {
        try (BufferedReader reader = reader("notices/index.txt")) {
            return reader.lines().filter(line -> !line.isBlank()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Texts> texts(String name) {
        Properties properties = new Properties();
        try (BufferedReader reader = reader("notices/" + name + ".properties")) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, Texts> texts = new LinkedHashMap<>();
        for (String language : Language.ALL) {
            texts.put(
                    language,
                    new Texts(
                            properties.getProperty(language + ".title"),
                            properties.getProperty(language + ".body"),
                            properties.getProperty(language + ".push"),
                            properties.getProperty(language + ".sms")));
        }
        return texts;
    }

    private static BufferedReader reader(String resource) {
        InputStream stream = ShippedTemplates.class.getClassLoader().getResourceAsStream(resource);
        if (stream == null) {
            throw new IllegalStateException("missing resource " + resource);
        }
        return new BufferedReader(new InputStreamReader(stream, UTF_8));
    }
}
