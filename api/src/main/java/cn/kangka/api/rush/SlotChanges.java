package cn.kangka.api.rush;

import cn.kangka.kit.database.Database;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the changes of free units, so that whoever keeps an answer knows whether it is still true. A change counts when its
 * transaction has committed and before anybody is told of it: whoever booked sees their booking in the next answer. The
 * replicas tell each other through Redis; when it does not answer, they only find out later ({@link RushConfig#oldest}).
 */
@ApplicationScoped
public class SlotChanges {
    private static final String EVERYWHERE = "*";

    private final Database database;
    private final ChangeBus bus;
    private final AtomicLong all = new AtomicLong();
    private final AtomicLong everywhere = new AtomicLong();
    private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();

    SlotChanges(Database database, ReactiveRedisDataSource redis) {
        this.database = database;
        this.bus = new ChangeBus(redis, this::count);
    }

    void start(@Observes StartupEvent event) {
        bus.start();
    }

    void stop(@Observes ShutdownEvent event) {
        bus.stop();
    }

    /** Units of that department's slots change with this transaction. */
    public void changing(SqlConnection tx, String hospital, UUID department) {
        change(tx, hospital + "/" + department);
    }

    /** Units of nobody knows which slots change with this transaction. */
    public void changingAnywhere(SqlConnection tx) {
        change(tx, EVERYWHERE);
    }

    /**
     * How often units changed that an answer about this may tell.
     *
     * @param hospital null for any
     * @param department null for any of the hospital
     */
    public long count(String hospital, UUID department) {
        if (hospital == null) {
            return all.get();
        }
        AtomicLong count = counts.get(department == null ? hospital : hospital + "/" + department);
        return everywhere.get() + (count == null ? 0 : count.get());
    }

    private void change(SqlConnection tx, String what) {
        database.afterCommit(tx, () -> {
            count(what);
            bus.tell(what);
        });
    }

    private void count(String what) {
        all.incrementAndGet();
        int slash = what.indexOf('/');
        if (slash < 0) {
            everywhere.incrementAndGet();
        } else {
            counter(what).incrementAndGet();
            counter(what.substring(0, slash)).incrementAndGet();
        }
    }

    private AtomicLong counter(String key) {
        return counts.computeIfAbsent(key, unknown -> new AtomicLong());
    }
}
