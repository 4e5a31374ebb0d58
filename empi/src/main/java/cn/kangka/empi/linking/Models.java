package cn.kangka.empi.linking;

import cn.kangka.empi.identity.Identity;
import cn.kangka.empi.identity.IdentityKey;
import cn.kangka.empi.matching.record.PreparedRecord;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.database.Database;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The linkage model that decides, with its parameters, and the one that only watches. Whichever is used for the first time
 * is kept whole, and its use is in the audit trail.
 */
@ApplicationScoped
class Models {
    private static final Logger LOG = Logger.getLogger(Models.class);
    private static final String MODEL = "linkage/chinese.yaml";
    private static final String PARAMETERS = "linkage/chinese.parameters.yaml";
    private static final Duration START = Duration.ofSeconds(20);

    private final Engine engine;
    private final Optional<Engine> shadow;
    private final Database database;
    private final Audit audit;

    Models(LinkingConfig config, Database database, Audit audit) {
        this.engine = engine(config.modelFile(), config.parametersFile());
        this.shadow = config.shadow()
                .modelFile()
                .map(file -> engine(Optional.of(file), config.shadow().parametersFile()));
        this.database = database;
        this.audit = audit;
        all().forEach(Models::warmUp);
    }

    private static Engine engine(Optional<Path> model, Optional<Path> parameters) {
        return new Engine(
                model.map(Models::file).orElseGet(() -> resource(MODEL)),
                parameters.map(Models::file).orElseGet(() -> resource(PARAMETERS)));
    }

    /** Loads the tables of scripts and readings now: the first patient would have to wait a second for them. */
    private static void warmUp(Engine engine) {
        Map<String, String> somebody =
                Map.of("name", "尉遲文婧", "sex", "F", "birth", "1980-05-17", "phone", "13900000001", "address", "人民路1號");
        PreparedRecord record = engine.preparation().prepare(somebody::get);
        engine.keys(record);
        engine.scorer().score(record, record);
    }

    private static String file(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }

    private static String resource(String name) {
        try (InputStream stream = Thread.currentThread().getContextClassLoader().getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }

    /** The one that decides. */
    Engine engine() {
        return engine;
    }

    /** The one that watches. */
    Optional<Engine> shadow() {
        return shadow;
    }

    List<Engine> all() {
        return Stream.concat(Stream.of(engine), shadow.stream()).toList();
    }

    /** Every key under which an identity is a candidate, of whichever model. */
    List<IdentityKey> keys(Identity identity) {
        return all().stream()
                .flatMap(each -> each.keys(identity).stream())
                .distinct()
                .toList();
    }

    /** Before anybody listens. */
    void start(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) StartupEvent event) {
        database.write(this::keepAll).await().atMost(START);
        LOG.infof("linkage model %s, version %s", engine.model().name(), engine.version());
        shadow.ifPresent(
                each -> LOG.infof("shadow model %s, version %s", each.model().name(), each.version()));
    }

    private Uni<Void> keepAll(SqlConnection tx) {
        String[] versions = all().stream().map(Engine::version).toArray(String[]::new);
        Uni<Void> kept = Uni.createFrom().voidItem();
        for (Engine each : all()) {
            kept = kept.chain(() -> keep(tx, each));
        }
        // Identities that came or changed while a model was away have no keys of it.
        return kept.chain(() -> tx.preparedQuery("update linkage_model set keyed = false, keyed_to = null"
                                + " where version <> all($1) and (keyed or keyed_to is not null)")
                        .execute(Tuple.tuple().addArrayOfString(versions)))
                .replaceWithVoid();
    }

    private Uni<Void> keep(SqlConnection tx, Engine each) {
        return tx.preparedQuery("insert into linkage_model (version, name, model, parameters) values ($1, $2, $3, $4)"
                        + " on conflict do nothing")
                .execute(Tuple.of(each.version(), each.model().name(), each.modelText(), each.parametersText()))
                .chain(rows -> rows.rowCount() == 0
                        ? Uni.createFrom().voidItem()
                        : audit.record(
                                tx,
                                AuditEntry.allowed("SERVICE", "empi", "linkage.model", null, each.version())
                                        .because(each.model().name())));
    }
}
