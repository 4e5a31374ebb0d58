package cn.kangka.kit.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.kangka.kit.database.Database;
import cn.kangka.kit.grouping.Grouped;
import cn.kangka.kit.problem.Problems;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/**
 * One row and one answer per {@code Idempotency-Key} (contract, "Conventions").
 *
 * <p>The answer is written in the transaction of the work itself, under an advisory lock on (scope, key): a crash
 * leaves neither work nor answer, a retry finds both or neither, and a second request meanwhile gets 409. Refusals are
 * answers too: the work is rolled back and the refusal is kept. Rows live 24 hours ({@link #forget}).
 */
@ApplicationScoped
public class Idempotency {
    /** How long an answer is kept. */
    public static final Duration KEPT = Duration.ofHours(24);

    private static final int MAX_KEY_LENGTH = 255;

    /** Keeps refusals, each under its key's lock, unless the key has an answer already. */
    private static final String REFUSE = """
            with locked as materialized (
                select a.*, pg_try_advisory_xact_lock(hashtextextended(a.scope || E'\\n' || a.key, 42)) as mine
                from unnest($1::text[], $2::text[], $3::bytea[], $4::smallint[], $5::text[])
                    with ordinality as a(scope, key, fingerprint, status, body, place)),
            kept as (
                insert into idempotency_key (scope, key, fingerprint, status, body)
                select scope, key, fingerprint, status, body from locked where mine order by place
                on conflict do nothing
                returning scope, key, fingerprint)
            select l.mine, k.key is not null
            from locked l left join kept k on k.scope = l.scope and k.key = l.key and k.fingerprint = l.fingerprint
            order by l.place
            """;

    private static final int WRITERS = 2;

    private final Database database;
    private final ObjectMapper json;
    private final ObjectMapper canonical;
    private final Grouped<Refused, Kept> refusals;

    public Idempotency(Database database, ObjectMapper json) {
        this.database = database;
        this.refusals = new Grouped<>("refusals", WRITERS, this::keep);
        this.json = json;
        this.canonical = json.copy().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);
    }

    /** What the client gets: a status and a JSON body. */
    public record Answer(int status, String body) {}

    /**
     * Does the work once per key.
     *
     * @param scope client and route, such as {@code account:0190…/POST /v1/appointments}
     * @param key the request's {@code Idempotency-Key}
     * @param body the parsed request; its canonical JSON is compared
     * @param work the unit of work; a {@link HttpProblem} below 500 that it fails with is kept as the answer
     * @return the first answer, as it was; a refusal comes as the failure it was. Fails with 400 without a key, 409
     *     while the first is in progress, 422 when the key came with another body
     */
    public Uni<Answer> once(String scope, String key, Object body, Function<SqlConnection, Uni<Answer>> work) {
        if (noKey(key)) {
            return missing();
        }
        byte[] fingerprint = fingerprint(body);
        return database.write(tx -> begin(tx, scope, key, fingerprint)
                        .chain(found -> found != null
                                ? Uni.createFrom().item(found)
                                : done(tx, work).call(answer -> store(tx, scope, key, fingerprint, answer))))
                .invoke(this::tellRefusal)
                .onFailure(WorkRefused.class)
                .recoverWithUni(failure -> refuse(scope, key, body, failure.refusal()));
    }

    private static Uni<Answer> done(SqlConnection tx, Function<SqlConnection, Uni<Answer>> work) {
        return Uni.createFrom()
                .deferred(() -> work.apply(tx))
                .onFailure(Idempotency::isRefusal)
                .transform(refusal -> new WorkRefused((HttpProblem) refusal));
    }

    private static boolean noKey(String key) {
        return key == null || key.isBlank() || key.length() > MAX_KEY_LENGTH;
    }

    private static Uni<Answer> missing() {
        return Uni.createFrom().failure(Problems.of(400, "idempotency-key-missing"));
    }

    private static HttpProblem inProgress() {
        return Problems.builder(409, "idempotency-key-in-progress")
                .withHeader("Retry-After", 1)
                .build();
    }

    private void tellRefusal(Answer answer) {
        if (answer.status() >= 400) {
            throw Refusals.read(json, answer.body());
        }
    }

    private record Refused(String scope, String key, byte[] fingerprint, int status, String body) {}

    private record Kept(boolean mine, boolean kept) {}

    /**
     * Refuses what needs no work to be refused, such as a unit that is known to be gone; the refusal is the key's answer
     * as if {@link #once} had found it. Refusals that come together are kept together.
     *
     * @return the first answer when the key has one that is not a refusal; fails with the refusal, or as {@link #once}
     *     does
     */
    public Uni<Answer> refuse(String scope, String key, Object body, HttpProblem refusal) {
        if (noKey(key)) {
            return missing();
        }
        byte[] fingerprint = fingerprint(body);
        return refusals.ask(
                        new Refused(scope, key, fingerprint, refusal.getStatusCode(), Refusals.write(json, refusal)))
                .chain(kept -> {
                    if (kept.kept()) {
                        return Uni.createFrom().failure(refusal);
                    }
                    return kept.mine()
                            ? find(database.pool(), scope, key, fingerprint)
                                    .onItem()
                                    .ifNull()
                                    .failWith(refusal)
                                    .invoke(this::tellRefusal)
                            : Uni.createFrom().failure(inProgress());
                });
    }

    private Uni<List<Kept>> keep(List<Refused> refused) {
        return database.pool()
                .preparedQuery(REFUSE)
                .execute(Tuple.of(
                        refused.stream().map(Refused::scope).toArray(String[]::new),
                        refused.stream().map(Refused::key).toArray(String[]::new),
                        refused.stream()
                                .map(each -> Buffer.buffer(each.fingerprint()))
                                .toArray(Buffer[]::new),
                        refused.stream().map(each -> (short) each.status()).toArray(Short[]::new),
                        refused.stream().map(Refused::body).toArray(String[]::new)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new Kept(row.getBoolean(0), row.getBoolean(1)))
                        .toList());
    }

    /**
     * Whether the key has an answer already, for work that begins with something which must not happen twice and cannot
     * be part of the transaction, such as asking another service.
     */
    public Uni<Boolean> answered(String scope, String key) {
        return database.pool()
                .preparedQuery("select 1 from idempotency_key where scope = $1 and key = $2")
                .execute(Tuple.of(scope, key == null ? "" : key))
                .map(rows -> rows.iterator().hasNext());
    }

    /** Deletes answers older than 24 hours; called by the service's scheduler. */
    public Uni<Integer> forget() {
        return database.pool()
                .query("delete from idempotency_key where created_at < now() - interval '24 hours'")
                .execute()
                .map(RowSet::rowCount);
    }

    /** Takes the key's lock; the answer that it has, or null. */
    private static Uni<Answer> begin(SqlConnection tx, String scope, String key, byte[] fingerprint) {
        return tx.preparedQuery("select fingerprint, status, body, locked from begin_idempotent($1, $2)")
                .execute(Tuple.of(scope, key))
                .map(rows -> {
                    Row row = rows.iterator().next();
                    if (!row.getBoolean("locked")) {
                        throw inProgress();
                    }
                    return row.getBuffer(0) == null ? null : answer(row, fingerprint);
                });
    }

    private static Uni<Answer> find(SqlClient client, String scope, String key, byte[] fingerprint) {
        return client.preparedQuery(
                        "select fingerprint, status, body from idempotency_key where scope = $1 and key = $2")
                .execute(Tuple.of(scope, key))
                .map(rows -> rows.iterator().hasNext() ? answer(rows.iterator().next(), fingerprint) : null);
    }

    private static Answer answer(Row row, byte[] fingerprint) {
        if (!Arrays.equals(row.getBuffer(0).getBytes(), fingerprint)) {
            throw Problems.of(422, "idempotency-key-reused");
        }
        return new Answer(row.getInteger(1), row.getString(2));
    }

    private static boolean isRefusal(Throwable failure) {
        return failure instanceof HttpProblem problem && problem.getStatusCode() < 500;
    }

    private static Uni<Void> store(SqlConnection tx, String scope, String key, byte[] fingerprint, Answer answer) {
        return tx.preparedQuery("insert into idempotency_key (scope, key, fingerprint, status, body)"
                        + " values ($1, $2, $3, $4, $5)")
                .execute(Tuple.of(scope, key, Buffer.buffer(fingerprint), answer.status(), answer.body()))
                .replaceWithVoid();
    }

    private byte[] fingerprint(Object body) {
        try {
            Object plain = canonical.convertValue(body, Map.class);
            return MessageDigest.getInstance("SHA-256")
                    .digest(canonical.writeValueAsString(plain).getBytes(UTF_8));
        } catch (NoSuchAlgorithmException | JsonProcessingException e) {
            throw new IllegalStateException("cannot fingerprint a request", e);
        }
    }
}
