package cn.kangka.sandbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.sandbox.bench.Paced.Result;
import cn.kangka.sandbox.launch.Options;
import cn.kangka.sandbox.launch.Ports;
import cn.kangka.sandbox.launch.RunCommand;
import cn.kangka.sandbox.testing.TestTokens;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The morning when slots are published, measured on a region as {@code ./run} starts it, beside {@code pgbench} with the
 * booking's own statements on the same PostgreSQL in the same run. Needs {@code wrk} and {@code pgbench}; about ten minutes.
 */
@Tag("proof")
class RushFiguresTest {
    private static final String ONLY = System.getProperty("kangka.rush.only", "");
    private static final int PEOPLE = Options.PEOPLE;
    private static final int CLIENTS = 64;
    private static final int WARM_BOOKINGS = 6_000;
    private static final int BOOKINGS = 1_500;
    private static final int PGBENCH_CLIENTS = 16;
    private static final int PGBENCH_EACH = 60;
    private static final int PGBENCH_WARM = 20;
    private static final int HOT_UNITS = 30;
    private static final int HOT_PEOPLE = 2_000;
    private static final int RUSH_SECONDS = 120;
    private static final int RUSH_READS = 3_000;
    private static final int RUSH_BOOKINGS = 400;
    private static final int RUSH_CALIBRATED = 20;
    /** Of what it gives when everybody asks again at once, so that there is time for what follows a booking. */
    private static final double PACE = 0.8;

    private static final int RUSH_UNITS = 2_000;
    /** Who books nothing until there is one session that all of them want. */
    private static final int LATECOMERS = 2_000;

    private final Path data = Path.of("target", "rush").toAbsolutePath();
    private final Ports ports = Ports.free();
    private final String api = "http://localhost:" + ports.api();
    private final Figures figures = new Figures();
    private final RegionTables tables = new RegionTables(ports);

    @Test
    void the_rush_is_measured_beside_pgbench() throws Exception {
        try (RunCommand region = RunCommand.start(
                        data, ports, "--fresh", "--people", Integer.toString(PEOPLE), "--pace", "0")
                .awaitReady()) {
            TestTokens.useKeys(data.resolve("keys"));
            prepare();
            untilEverybodyIsTold();
            only("availability", this::availability);
            only("bookings", this::bookings);
            only("soldOut", this::soldOut);
            only("hotSession", this::hotSession);
            untilEverybodyIsTold();
            only("rush", this::rush);
            figures.add("memory after all of it (PSS)", Figures.number(region.memory()) + " MiB", "goal 2,048 MiB");
        } finally {
            figures.write("RushFiguresTest", Path.of("target", "rush.md"));
        }
    }

    @FunctionalInterface
    private interface Part {
        void measure() throws Exception;
    }

    /** {@code -Dkangka.rush.only=bookings,soldOut} measures these parts, without it all. */
    private static void only(String name, Part part) throws Exception {
        if (ONLY.isEmpty() || List.of(ONLY.split(",")).contains(name)) {
            part.measure();
        }
    }

    /** Everybody has looked at what is free before they book, as people do: their token is known. */
    private void look(List<String> tokens) throws IOException {
        try (Wire wire = new Wire(api)) {
            for (String token : tokens) {
                wire.get("/v1/slots?hospital=H001&limit=1", token);
            }
        }
    }

    /** Accounts for people who have none, and wishes: each person three sessions in three weeks, another one each time. */
    private void prepare() throws SQLException {
        tables.execute("api", """
                insert into account (id, phone_hash, phone, person, level)
                select gen_random_uuid(), decode(md5(p.id::text), 'hex'), decode(md5(p.id::text), 'hex'), p.id, 2
                from person p where p.status = 'ACTIVE' and not exists (select 1 from account a where a.person = p.id)
                """);
        tables.execute("api", """
                create table bench_account as
                select row_number() over (order by a.id)::int as n, a.id, a.person from account a
                where a.status = 'ACTIVE' and a.level >= 2
                  and not exists (select 1 from appointment p where p.person = a.person)
                """);
        tables.execute("api", "create table bench_wish (n int primary key, slot uuid, account uuid, person uuid)");
        tables.execute("api", """
                insert into bench_wish
                select row_number() over (order by md5(s.id::text))::int, s.id, a.id, a.person
                from (select id, row_number() over (order by visit_date, md5(id::text)) as k from (
                        select distinct on (e.id, u) s.id, e.visit_date from slot s join clinic_session e on e.id = s.session_id
                        cross join generate_series(1, 4) u
                        where s.status = 'OPEN' and e.status = 'OPEN' and e.mode = 'BOOK' and e.quota[1] - e.taken[1] >= 4
                          and e.release_at <= now() and s.start_at > now() + interval '1 day'
                          and s.capacity - s.used - s.held - s.blocked >= 1
                        order by e.id, u, md5(s.id::text || u)) free) s
                join bench_account a on a.n = (s.k - 1) %% ((select count(*) from bench_account) - %1$d) + 1
                where s.k <= 4 * ((select count(*) from bench_account) - %1$d)
                """.formatted(LATECOMERS));
        tables.execute("api", "analyze");
    }

    /** What was announced to hospitals and people is still under way when people can use the region. */
    private void untilEverybodyIsTold() throws SQLException, InterruptedException {
        while (tables.count("empi", "outbox") + tables.count("api", "outbox") > 0) {
            Thread.sleep(500);
        }
    }

    private void availability() throws SQLException, IOException {
        String department = tables.query(
                        "api",
                        "select hospital || ' ' || department_id from slot where start_at > now()"
                                + " group by hospital, department_id order by count(*) desc limit 1")
                .get(0);
        String[] place = department.split(" ");
        LocalDate today = LocalDate.now(ZoneId.of("Asia/Shanghai"));
        String question = "/v1/slots?hospital=" + place[0] + "&department=" + place[1] + "&from=" + today + "&to="
                + today.plusDays(13) + "&limit=200";
        Wrk.Result read = Wrk.read(
                api, accounts(500).stream().map(token -> question + " " + token).toList());
        String bytes;
        try (Wire wire = new Wire(api)) {
            bytes = Figures.number(wire.get(question, null).body().length());
        }
        figures.add(
                "availability of a department, 14 days, up to 200 slots, " + bytes + " characters",
                "**" + Figures.number(read.perSecond()) + "/s**, p99 " + Figures.number(read.p99Millis()) + " ms",
                "goal 8,000/s");
    }

    private void soldOut() throws SQLException, IOException {
        String slot = hotSlot(2);
        List<String> requests = accounts(2_000).stream()
                .map(token -> "/v1/appointments " + token)
                .toList();
        String body = "{\"slotId\":\"" + slot + "\"}";
        Wrk.post(api, requests, body, CLIENTS, 40);
        Wrk.Rush rush = Wrk.post(api, requests, body, CLIENTS, 10);
        assertThat(rush.made()).isZero();
        figures.add(
                "sold-out answers, each kept under its Idempotency-Key, " + CLIENTS + " connections",
                "**" + Figures.number(rush.result().perSecond()) + "/s**, p99 "
                        + Figures.number(rush.result().p99Millis()) + " ms",
                "goal 8,000/s");
    }

    /** One slot with so many units, all of them on pre-booking and in one pool; the session's other slots are closed. */
    private String hotSlot(int units) throws SQLException {
        String slot = tables.query("api", """
                select s.id from slot s join clinic_session e on e.id = s.session_id
                where s.status = 'OPEN' and e.status = 'OPEN' and e.mode = 'BOOK' and e.release_at <= now()
                  and s.start_at > now() + interval '5 days' and e.taken_total = 0 and s.used = 0 and s.held = 0
                order by s.id desc limit 1
                """).get(0);
        String session = "(select session_id from slot where id = '" + slot + "')";
        tables.execute(
                "api",
                "update clinic_session set capacity = " + units + ", bookable = " + units
                        + ", reserved = 0, flow_back_at = now()"
                        + " where id = " + session);
        tables.execute(
                "api", "update slot set status = 'CLOSED' where id <> '" + slot + "' and session_id = " + session);
        tables.execute("api", "update slot set capacity = " + units + " where id = '" + slot + "'");
        tables.execute(
                "api", "delete from bench_wish where slot in (select id from slot where session_id = " + session + ")");
        return slot;
    }

    /** Everybody at once, each over a connection of their own that is open already. */
    private void hotSession() throws Exception {
        String slot = hotSlot(HOT_UNITS);
        List<String> people = accounts(HOT_PEOPLE);
        look(people);
        List<AllAtOnce.Told> told;
        try (AllAtOnce everybody = new AllAtOnce(api, "/v1/appointments", people, "{\"slotId\":\"" + slot + "\"}")) {
            told = everybody.go();
        }
        Map<String, Integer> answers = new TreeMap<>();
        told.forEach(each -> answers.merge(each.what(), 1, Integer::sum));
        double[] millis = AllAtOnce.millis(told);
        figures.add(
                "one hot session of " + HOT_UNITS + " units, " + Figures.number(HOT_PEOPLE) + " people at once",
                answers + "; p50 " + Figures.number(at(millis, 0.5)) + " ms, p99 "
                        + Figures.number(at(millis, 0.99)) + " ms, the last after " + Figures.number(at(millis, 1))
                        + " ms",
                "goal: exactly 30, the others told within 1 s");
        assertThat(answers).containsEntry("201", HOT_UNITS).hasSize(2);
        assertThat(answers).containsEntry("409 /problems/slot-full", HOT_PEOPLE - HOT_UNITS);
    }

    private static double at(double[] millis, double share) {
        return millis[(int) Math.min(millis.length - 1L, Math.round(millis.length * share))];
    }

    private void bookings() throws SQLException, IOException, InterruptedException {
        int wishes = tables.count("api", "bench_wish");
        assertThat(wishes)
                .isGreaterThanOrEqualTo(WARM_BOOKINGS + BOOKINGS + PGBENCH_CLIENTS * PGBENCH_EACH + RUSH_UNITS);
        Bookings bookings = new Bookings(api);
        bookings.book(wishes(0, WARM_BOOKINGS), CLIENTS);
        untilEverybodyIsTold();
        List<Bookings.Wish> wanted = wishes(WARM_BOOKINGS, BOOKINGS);
        look(wanted.stream().map(Bookings.Wish::token).toList());
        Bookings.Outcome outcome = bookings.book(wanted, CLIENTS);
        int next = WARM_BOOKINGS + BOOKINGS;
        untilEverybodyIsTold();
        tables.execute("api", "create sequence bench_next start " + (next + 1));
        double ownSql =
                PgBench.perSecond(ports.postgres(), "api", PGBENCH_CLIENTS, PGBENCH_WARM, PGBENCH_EACH, OWN_SQL);
        figures.add(
                "bookings on free slots, " + CLIENTS
                        + " connections, HTTP to durable commit with outbox and all limits",
                "**" + Figures.number(outcome.perSecond()) + "/s**, p50 " + Figures.number(outcome.percentile(0.5))
                        + " ms, p99 " + Figures.number(outcome.percentile(0.99)) + " ms; " + outcome.statuses(),
                "the booking's own SQL " + Figures.ratio(outcome.perSecond(), ownSql) + "; goal 0.40, p99 250 ms");
        tables.execute("api", "delete from outbox where destination = 'bench'");
        figures.add("", "", "the bare three statements " + Figures.ratio(outcome.perSecond(), bare()));
    }

    private static final String OWN_SQL = """
            select nextval('bench_next')::int as n \\gset
            select slot::text, person::text from bench_wish where n = :n \\gset
            begin;
            select * from begin_idempotent('bench', :n::text);
            select * from booking_facts(:slot::uuid, :person::uuid, current_date - 180);
            select book(gen_random_uuid(), :person::uuid, :slot::uuid, 1, null, 'bench', now(), 'CITIZEN', 'bench', 'NORMAL'::text);
            insert into outbox (event_id, destination, aggregate, version, type, payload)
            values (gen_random_uuid(), 'bench', gen_random_uuid()::text, 1, 'bench', convert_to(repeat('x', 700), 'UTF8')),
                (gen_random_uuid(), 'bench', gen_random_uuid()::text, 1, 'bench', convert_to(repeat('x', 400), 'UTF8'));
            insert into idempotency_key (scope, key, fingerprint, status, body)
            values ('bench', :n::text, convert_to('x', 'UTF8'), 201, repeat('x', 600));
            commit;
            """;

    private double bare() throws SQLException, IOException {
        tables.execute(
                "api",
                "create table bench_slot as select n, 1000000 as capacity, 0 as used from generate_series(1, 5000) n");
        tables.execute("api", "alter table bench_slot add primary key (n)");
        tables.execute(
                "api", "create table bench_booking (id uuid primary key, slot int not null, at timestamptz not null)");
        tables.execute(
                "api", "create table bench_event (id bigint generated always as identity primary key, payload text)");
        return PgBench.perSecond(ports.postgres(), "api", CLIENTS, """
                \\set n random(1, 5000)
                begin;
                update bench_slot set used = used + 1 where n = :n and used < capacity;
                insert into bench_booking values (gen_random_uuid(), :n, now());
                insert into bench_event (payload) values (repeat('x', 700));
                commit;
                """);
    }

    /** Reads and bookings in the proportion of a release, as many as asked for or as the machine gives. */
    private void rush() throws Exception {
        List<Bookings.Wish> wishes =
                wishes(WARM_BOOKINGS + BOOKINGS + PGBENCH_CLIENTS * PGBENCH_EACH, tables.count("api", "bench_wish"));
        List<String> places = tables.query(
                "api", "select distinct hospital || '&department=' || department_id from slot where start_at > now()");
        try (Morning morning = new Morning(api, places, accounts(500), hotSlot(1), wishes)) {
            double most = morning.most(RUSH_CALIBRATED);
            double share = Math.min(1, PACE * most / (RUSH_READS + RUSH_BOOKINGS));
            int reads = (int) (share * RUSH_READS);
            int bookings = (int) (share * RUSH_BOOKINGS);
            Result[] results = new Result[3];
            String reader = reader();
            Thread looking = new Thread(() -> results[0] = result(() -> morning.looks(reads, RUSH_SECONDS)));
            Thread booking = new Thread(() -> results[1] = result(() -> morning.bookings(bookings, RUSH_SECONDS)));
            Thread reading = new Thread(() -> results[2] = result(() -> morning.reports(reader, 5, RUSH_SECONDS)));
            List<Thread> kinds = List.of(looking, booking, reading);
            kinds.forEach(Thread::start);
            for (Thread kind : kinds) {
                kind.join();
            }
            figures.add(
                    "rush of 2 min: " + reads + " reads/s of availability + " + bookings + " bookings/s, "
                            + wishes.size() + " of them for units that are free, + 5 reads/s of own reports",
                    morning.statuses().toString(),
                    "availability p99 " + Figures.number(results[0].millis(0.99)) + " ms, bookings p99 "
                            + Figures.number(results[1].millis(0.99)) + " ms, reports p99 "
                            + Figures.number(results[2].millis(0.99)) + " ms; as fast as it goes "
                            + Figures.number(most) + "/s together; goal 3,000 + 400/s or that proportion");
            assertThat(morning.statuses().keySet()).isSubsetOf("slots 200", "book 201", "book 409", "reports 200");
            assertThat(morning.statuses().get("book 201")).isBetween(wishes.size() * 9 / 10, wishes.size());
        }
        assertThat(tables.query("api", """
                        select s.id from slot s where s.used <> (select count(*) from appointment a where a.slot_id = s.id
                            and a.status in ('BOOKED', 'CHECKED_IN', 'COMPLETED', 'MISSED'))
                        """)).isEmpty();
    }

    /** Somebody who has a report. */
    private String reader() throws SQLException {
        return tables.query("api", """
                select a.id from bench_account a where exists (
                    select 1 from identity i join report r on r.identity = i.id where i.person = a.person and r.listed)
                limit 1
                """).stream()
                .findFirst()
                .map(id -> TestTokens.citizen(UUID.fromString(id), 2))
                .orElseThrow();
    }

    private static Result result(Callable<Result> work) {
        try {
            return work.call();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> accounts(int most) throws SQLException {
        return tables.query("api", "select id from bench_account order by n desc limit " + most).stream()
                .map(id -> TestTokens.citizen(UUID.fromString(id), 2))
                .toList();
    }

    private List<Bookings.Wish> wishes(int after, int most) throws SQLException {
        return tables
                .query(
                        "api",
                        "select account || ' ' || slot from bench_wish where n > " + after + " order by n limit "
                                + most)
                .stream()
                .map(line -> line.split(" "))
                .map(parts ->
                        new Bookings.Wish(TestTokens.citizen(UUID.fromString(parts[0]), 2), UUID.fromString(parts[1])))
                .collect(Collectors.toList());
    }
}
