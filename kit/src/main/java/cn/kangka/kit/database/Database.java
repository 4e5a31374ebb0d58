package cn.kangka.kit.database;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The one door to set-based SQL. A service method opens at most one unit of work and hands its connection to the
 * stores; nothing remote and no parallel use of the connection happens inside. Aggregates that people edit
 * use Hibernate Reactive with {@code @WithTransaction} instead; never both in one unit of work (docs/adr/0003).
 */
@ApplicationScoped
public class Database {
    /**
     * An expression, always {@code 'off'}: whoever evaluates it in a statement of its own does not wait until the disk has
     * the commit. A crash of PostgreSQL may undo such a statement, never a later one alone, so it is for what is done again
     * then (docs/adr/0018).
     */
    public static final String UNHURRIED = "(select set_config('synchronous_commit', 'off', true))";

    private static final String DEADLOCK = "40P01";
    private static final int RETRIES = 3;

    private final Pool pool;
    /** What is to be done when units of work have committed, by their connection. */
    private final Map<SqlConnection, List<Runnable>> afterwards = new ConcurrentHashMap<>();

    public Database(Pool pool) {
        this.pool = pool;
    }

    /**
     * Runs one unit of work in a transaction: commits when the Uni has an item, rolls back when it fails. Work that
     * PostgreSQL ended because it and another waited for each other begins anew, so it may run more than once. A
     * transaction that was begun ends by itself, whoever cancels, and what is to follow its commit follows.
     */
    public <T> Uni<T> write(Function<SqlConnection, Uni<T>> work) {
        return Uni.createFrom()
                .deferred(() -> committed(work))
                .onFailure(Database::isDeadlock)
                .retry()
                .atMost(RETRIES);
    }

    private <T> Uni<T> committed(Function<SqlConnection, Uni<T>> work) {
        List<Runnable> actions = new ArrayList<>();
        return Uncancelled.of(pool.withTransaction(tx -> Uni.createFrom().deferred(() -> {
                    afterwards.put(tx, actions);
                    return deferred(work).apply(tx).onTermination().invoke(() -> afterwards.remove(tx));
                }))
                .invoke(() -> actions.forEach(Runnable::run)));
    }

    /**
     * Does something when the transaction has committed, before {@link #write} answers; nothing when it has not. For what
     * is quick and may be lost.
     *
     * @param tx the connection that {@link #write} gave to the work
     */
    public void afterCommit(SqlConnection tx, Runnable action) {
        List<Runnable> actions = afterwards.get(tx);
        if (actions == null) {
            throw new IllegalStateException("not in a unit of work");
        }
        actions.add(action);
    }

    /** Runs units of work one after the other for as long as they say that there is more to do. */
    public Uni<Void> writeWhile(Function<SqlConnection, Uni<Boolean>> work) {
        return Multi.createBy()
                .repeating()
                .uni(() -> write(work))
                .whilst(more -> more)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static boolean isDeadlock(Throwable failure) {
        return failure instanceof PgException refused && DEADLOCK.equals(refused.getSqlState());
    }

    /** Work that throws, instead of failing, must give its connection back too: the pool alone would lose it for ever. */
    private static <T> Function<SqlConnection, Uni<T>> deferred(Function<SqlConnection, Uni<T>> work) {
        return connection -> Uni.createFrom().deferred(() -> work.apply(connection));
    }

    /** Runs reads on one connection without a transaction; for a single statement use {@link #pool()}. */
    public <T> Uni<T> read(Function<SqlConnection, Uni<T>> work) {
        return pool.withConnection(deferred(work));
    }

    /** For single statements; transactions are opened by {@link #write} only (ArchUnit enforces it). */
    public Pool pool() {
        return pool;
    }
}
