package cn.kangka.api.draw;

import static cn.kangka.api.draw.DrawHall.draw;
import static cn.kangka.api.draw.DrawHall.list;
import static cn.kangka.api.draw.DrawHall.order;
import static cn.kangka.api.draw.DrawHall.slots;
import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.api.appointment.BookingDesk;
import cn.kangka.api.draw.DrawHall.Line;
import cn.kangka.api.testing.MovableClock;
import cn.kangka.api.testing.Neighbours;
import cn.kangka.api.testing.Schedules;
import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How long a draw of 100,000 entries takes: {@code docs/benchmarks.md}. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
@Tag("proof")
class DrawSpeedTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final int ENTRIES = 100_000;
    private static final int ROUNDS = 3;
    private static final int UNITS = 112;

    @Inject
    MovableClock clock;

    @Inject
    Pool pool;

    @Inject
    Drawing drawing;

    @AfterEach
    void now_again() {
        clock.reset();
    }

    @Test
    void a_draw_of_a_hundred_thousand_is_timed_and_computed_anew() {
        LocalDate today = LocalDate.now(ZONE);
        BookingDesk.ordersAreTaken();
        for (int round = 0; round < ROUNDS; round++) {
            clock.set(today.atTime(10, 0).atZone(ZONE).toInstant());
            Schedules hospital =
                    Schedules.fresh().scarceMorning(today.plusDays(10), 7, 20).say();
            drawing.run().await().indefinitely();
            String id = slots(hospital).getString("items[0].draw");
            UUID draw = UUID.fromString(id);
            enterAll(draw, UUID.fromString(slots(hospital).getString("items[0].id")));
            // The jobs must not be quicker than the watch: the window is over only for what is called here.
            long start = System.nanoTime();
            clock.set(today.plusDays(2).atTime(20, 0).atZone(ZONE).toInstant());
            drawing.close(draw).await().indefinitely();
            long closed = System.nanoTime();
            clock.set(today.plusDays(2).atTime(20, 11).atZone(ZONE).toInstant());
            drawing.rank(draw).await().indefinitely();
            long ranked = System.nanoTime();
            while (!draw(id).getString("status").equals("DONE")) {
                drawing.run().await().indefinitely();
            }
            long done = System.nanoTime();
            System.out.printf(
                    "draw of %d entries, %d units, half of the losers wait: closed in %d ms, ranked in %d ms, given in %d ms;"
                            + " %d ms together%n",
                    ENTRIES,
                    UNITS,
                    millis(start, closed),
                    millis(closed, ranked),
                    millis(ranked, done),
                    millis(start, done));
            assertTheSameTwice(id);
        }
    }

    private static long millis(long from, long to) {
        return (to - from) / 1_000_000;
    }

    private void enterAll(UUID draw, UUID slot) {
        pool.preparedQuery("with people as (insert into person (id, version, status, sex, birth_date)"
                        + " select gen_random_uuid(), 1, 'ACTIVE', 'FEMALE', '1980-01-01' from generate_series(1, $3)"
                        + " returning id)"
                        + " insert into draw_entry (id, draw_id, person, slot_id, channel, waiting, entered_at,"
                        + " entered_by_kind, entered_by)"
                        + " select gen_random_uuid(), $1, id, $2, 1 + (row_number() over ())::int % 5,"
                        + " (row_number() over ())::int % 2 = 0, now(), 'CITIZEN', id::text from people")
                .execute(Tuple.of(draw, slot, ENTRIES))
                .await()
                .indefinitely();
        pool.query("analyze draw_entry").execute().await().indefinitely();
    }

    /** From the public pages, with another implementation. */
    private static void assertTheSameTwice(String draw) {
        List<Line> lines = list(draw, 2_000);
        List<String> ids = lines.stream().map(Line::id).toList();
        String seed = draw(draw).getString("seed");
        assertThat(ids)
                .hasSize(ENTRIES)
                .isEqualTo(order(seed, ids))
                .isEqualTo(order(seed, ids.stream().sorted().toList()));
        assertThat(lines.stream().limit(UNITS).map(Line::outcome)).containsOnly("WON");
        assertThat(lines.stream().skip(UNITS).map(Line::outcome)).containsOnly("LOST");
    }
}
