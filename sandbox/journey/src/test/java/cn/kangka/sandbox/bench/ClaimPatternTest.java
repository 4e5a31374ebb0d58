package cn.kangka.sandbox.bench;

import cn.kangka.sandbox.launch.Ports;
import cn.kangka.sandbox.store.RegionDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How a unit may be claimed, measured (docs/adr/0010): the pattern in use, a row for each unit, buckets of counts. Each
 * transaction claims one unit, writes a booking and an event, and commits durably; 64 clients want any of 700 sessions of 7
 * bands, or all of them one session. Needs {@code pgbench}; about two minutes.
 */
@Tag("proof")
class ClaimPatternTest {
    private static final int CLIENTS = 64;
    private static final int SESSIONS = 700;
    private static final int BANDS = 7;
    private static final int BUCKETS = 8;
    private static final int HOT = SESSIONS + 1;
    /** More than can be claimed meanwhile; a row for each would take longer to make than the measurement. */
    private static final int PLENTY = 1_000_000;

    private static final int UNITS = 100;
    private static final int HOT_UNITS = 150_000;

    private final Ports ports = Ports.free();
    private final RegionTables tables = new RegionTables(ports);
    private final Figures figures = new Figures();

    @Test
    void ways_to_claim_a_unit_side_by_side() throws Exception {
        try (RegionDatabase database = RegionDatabase.start(null, ports.postgres(), true)) {
            prepare();
            Map<String, String> patterns = new LinkedHashMap<>();
            patterns.put("two counts with a bound (in use): band and session", """
                    update bench_band set used = used + 1 where id = :band and used < capacity;
                    update bench_session set taken = taken + 1 where id = :session and taken < bookable;
                    """);
            patterns.put("a row for each unit, `for update skip locked`", """
                    update bench_unit set booking = gen_random_uuid() where id = (
                        select id from bench_unit where band = :band and booking is null limit 1 for update skip locked);
                    """);
            patterns.put(
                    "count of the band, session's count in " + BUCKETS + " buckets, `for update skip locked`", """
                    update bench_band set used = used + 1 where id = :band and used < capacity;
                    update bench_bucket set taken = taken + 1 where id = (
                        select id from bench_bucket where session = :session and taken < bookable
                        limit 1 for update skip locked);
                    """);
            for (Map.Entry<String, String> pattern : patterns.entrySet()) {
                double spread = perSecond(database.port(), "random(1, " + SESSIONS + ")", pattern.getValue());
                double hot = perSecond(database.port(), Integer.toString(HOT), pattern.getValue());
                figures.add(pattern.getKey(), Figures.number(spread) + "/s", Figures.number(hot) + "/s");
            }
        } finally {
            figures.write("ClaimPatternTest", Path.of("target", "claim-patterns.md"));
        }
    }

    private void prepare() throws SQLException {
        int bands = HOT * BANDS;
        tables.execute(
                "api", "create table bench_session (id int primary key, taken int not null, bookable int not null)");
        tables.execute("api", "create table bench_band (id int primary key, used int not null, capacity int not null)");
        tables.execute("api", "create table bench_unit (id serial primary key, band int not null, booking uuid)");
        tables.execute(
                "api",
                "create table bench_bucket (id serial primary key, session int not null, taken int not null, bookable int not null)");
        tables.execute(
                "api", "create table bench_booking (id uuid primary key, band int not null, at timestamptz not null)");
        tables.execute(
                "api", "create table bench_event (id bigint generated always as identity primary key, payload text)");
        tables.execute(
                "api", "insert into bench_session select n, 0, " + PLENTY + " from generate_series(1, " + HOT + ") n");
        tables.execute(
                "api", "insert into bench_band select n, 0, " + PLENTY + " from generate_series(1, " + bands + ") n");
        tables.execute(
                "api",
                "insert into bench_unit (band) select b from generate_series(1, " + SESSIONS * BANDS
                        + ") b, generate_series(1, " + UNITS + ")");
        tables.execute(
                "api",
                "insert into bench_unit (band) select b from generate_series(" + (SESSIONS * BANDS + 1) + ", " + bands
                        + ") b, generate_series(1, " + HOT_UNITS / BANDS + ")");
        tables.execute(
                "api",
                "insert into bench_bucket (session, taken, bookable) select n, 0, " + PLENTY
                        + " from generate_series(1, " + HOT + ") n, generate_series(1, " + BUCKETS + ")");
        tables.execute("api", "create index ix_bench_unit on bench_unit (band) where booking is null");
        tables.execute("api", "create index ix_bench_bucket on bench_bucket (session)");
        tables.execute("api", "analyze");
    }

    private static double perSecond(int port, String session, String claim) throws IOException {
        return PgBench.perSecond(port, "api", CLIENTS, """
                \\set session %s
                \\set band (:session - 1) * %d + random(1, %d)
                begin;
                %sinsert into bench_booking values (gen_random_uuid(), :band, now());
                insert into bench_event (payload) values (repeat('x', 700));
                commit;
                """.formatted(session, BANDS, BANDS, claim.stripIndent()));
    }
}
