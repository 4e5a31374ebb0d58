package cn.kangka.empi.linking;

import cn.kangka.empi.identity.Identities;
import cn.kangka.empi.identity.Identity;
import cn.kangka.empi.matching.record.PreparedRecord;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.database.Database;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * The linkage model that decides, with its parameters. Whichever is used for the first time is kept whole, and its use is
 * in the audit trail; identities that came before it get the keys of its blocks.
 */
@ApplicationScoped
class Models {
    private static final Logger LOG = Logger.getLogger(Models.class);
    private static final String MODEL = "linkage/chinese.yaml";
    private static final String PARAMETERS = "linkage/chinese.parameters.yaml";
    private static final int AT_ONCE = 200;
    private static final Duration START = Duration.ofSeconds(20);

    private final Engine engine;
    private final Database database;
    private final Identities identities;
    private final Audit audit;

    Models(LinkingConfig config, Database database, Identities identities, Audit audit) {
        this.engine = new Engine(
                config.modelFile().map(Models::file).orElseGet(() -> resource(MODEL)),
                config.parametersFile().map(Models::file).orElseGet(() -> resource(PARAMETERS)));
        this.database = database;
        this.identities = identities;
        this.audit = audit;
        warmUp();
    }

    /** Loads the tables of scripts and readings now: the first patient would have to wait a second for them. */
    private void warmUp() {
        Map<String, String> somebody =
                Map.of("name", "尉遲文婧", "sex", "F", "birth", "1980-05-17", "phone", "13900000001", "address", "人民路1號");
        PreparedRecord record = engine.preparation().prepare(somebody::get);
        engine.keys(record);
        engine.scorer().score(record, record);
    }

    private static String file(java.nio.file.Path path) {
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

    Engine engine() {
        return engine;
    }

    /** Before anybody listens. */
    void start(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) StartupEvent event) {
        database.write(this::keep).await().atMost(START);
        LOG.infof("linkage model %s, version %s", engine.model().name(), engine.version());
    }

    private Uni<Void> keep(SqlConnection tx) {
        return tx.preparedQuery("insert into linkage_model (version, name, model, parameters) values ($1, $2, $3, $4)"
                        + " on conflict do nothing")
                .execute(Tuple.of(engine.version(), engine.model().name(), engine.modelText(), engine.parametersText()))
                .chain(rows -> rows.rowCount() == 0
                        ? Uni.createFrom().voidItem()
                        : audit.record(
                                tx,
                                AuditEntry.allowed("SERVICE", "empi", "linkage.model", null, engine.version())
                                        .because(engine.model().name())));
    }

    /** Gives the identities that came before this model its keys, some at a time, until all have them. */
    @Scheduled(
            every = "1s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> keyOlderIdentities() {
        return Multi.createBy()
                .repeating()
                .uni(() -> database.write(this::keySome))
                .until(number -> number < AT_ONCE)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** How many it gave them to; less than {@link #AT_ONCE} when there is nothing left to do. */
    private Uni<Integer> keySome(SqlConnection tx) {
        return tx.preparedQuery("select keyed_to from linkage_model where version = $1 and not keyed"
                        + " for update skip locked")
                .execute(Tuple.of(engine.version()))
                .chain(rows -> rows.rowCount() == 0
                        ? Uni.createFrom().item(0)
                        : identities
                                .after(tx, rows.iterator().next().getUUID(0), AT_ONCE)
                                .chain(some -> key(tx, some)));
    }

    private Uni<Integer> key(SqlConnection tx, List<Identity> some) {
        UUID to = some.isEmpty() ? null : some.get(some.size() - 1).id();
        return identities
                .addKeys(tx, some, engine::keys)
                .chain(() -> tx.preparedQuery("update linkage_model set keyed_to = coalesce($2, keyed_to),"
                                + " keyed = $3 where version = $1")
                        .execute(Tuple.of(engine.version(), to, some.size() < AT_ONCE)))
                .replaceWith(some.size());
    }
}
