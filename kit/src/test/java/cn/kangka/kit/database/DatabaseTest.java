package cn.kangka.kit.database;

import static cn.kangka.kit.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.kangka.kit.TestDatabase;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DatabaseTest {
    private static final long ONE = 71_001;
    private static final long OTHER = 71_002;

    private final Database database = TestDatabase.get();
    private final AtomicInteger runs = new AtomicInteger();
    private final CountDownLatch bothHoldOne = new CountDownLatch(2);

    @Test
    void two_that_wait_for_each_other_are_both_done_in_the_end() {
        Uni<Boolean> forth = database.write(tx -> locks(tx, ONE, OTHER));
        Uni<Boolean> back = database.write(tx -> locks(tx, OTHER, ONE));
        assertThat(await(Uni.join().all(forth, back).andFailFast())).containsExactly(true, true);
        assertThat(runs).hasValue(3);
    }

    @Test
    void other_failures_are_told_at_once() {
        assertThatThrownBy(() -> await(database.write(tx -> {
                    runs.incrementAndGet();
                    return tx.query("select 1 / 0").execute();
                })))
                .hasMessageContaining("division by zero");
        assertThat(runs).hasValue(1);
    }

    @Test
    void work_that_throws_gives_its_connection_back() {
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> await(database.read(DatabaseTest::thrown))).hasMessage("thrown, not failed");
            assertThatThrownBy(() -> await(database.write(DatabaseTest::thrown)))
                    .hasMessage("thrown, not failed");
        }
        assertThat(await(database.read(
                                connection -> connection.query("select 1").execute()))
                        .size())
                .isEqualTo(1);
    }

    private static Uni<Void> thrown(SqlConnection connection) {
        throw new IllegalStateException("thrown, not failed");
    }

    private Uni<Boolean> locks(SqlConnection tx, long first, long second) {
        runs.incrementAndGet();
        return lock(tx, first)
                .invoke(bothHoldOne::countDown)
                .chain(this::waitForBoth)
                .chain(() -> lock(tx, second))
                .replaceWith(true);
    }

    private Uni<Void> waitForBoth() {
        return Uni.createFrom()
                .item(() -> {
                    try {
                        bothHoldOne.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return null;
                })
                .runSubscriptionOn(Infrastructure.getDefaultExecutor())
                .replaceWithVoid();
    }

    private static Uni<Void> lock(SqlConnection tx, long key) {
        return tx.preparedQuery("select pg_advisory_xact_lock($1)")
                .execute(Tuple.of(key))
                .replaceWithVoid();
    }
}
