package cn.kangka.sandbox.bench;

import cn.kangka.sandbox.launch.Options;
import cn.kangka.sandbox.launch.Ports;
import cn.kangka.sandbox.launch.RunCommand;
import cn.kangka.sandbox.testing.TestTokens;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Measures the region as {@code ./run} starts it, each figure beside {@code pgbench} on the same PostgreSQL in the same
 * run: the ratio is what can be compared between machines. Needs {@code wrk} and {@code pgbench}; about six minutes.
 */
@Tag("proof")
class BenchmarkTest {
    private static final int PEOPLE = Options.PEOPLE;
    private static final int CLIENTS = 64;

    private static final int CONNECTIONS = 8;

    private final Path data = Path.of("target", "benchmark").toAbsolutePath();
    private final Ports ports = Ports.free();
    private final String api = "http://localhost:" + ports.api();
    private final Figures figures = new Figures();
    private final RegionTables tables = new RegionTables(ports);

    @Test
    void everything_is_measured_beside_pgbench() throws Exception {
        try (RunCommand first = start("--fresh").awaitReady()) {
            figures.add(
                    "first start with " + PEOPLE + " people",
                    Figures.number(first.startUp().toSeconds()) + " s",
                    "goal 120 s");
            figures.add("memory, all processes (PSS)", Figures.number(first.memory()) + " MiB", "goal 2,048 MiB");
        }
        try (RunCommand again = start().awaitReady()) {
            figures.add(
                    "restart on the same data", Figures.number(again.startUp().toSeconds()) + " s", "goal 40 s");
            TestTokens.useKeys(data.resolve("keys"));
            prepare();
            untilEverybodyIsTold();
            reports();
            persons();
            messages();
            figures.add("memory after all of it (PSS)", Figures.number(again.memory()) + " MiB", "goal 2,048 MiB");
        }
        figures.write("BenchmarkTest", Path.of("target", "benchmarks.md"));
    }

    private RunCommand start(String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of("--people", Integer.toString(PEOPLE), "--pace", "0"));
        all.addAll(List.of(options));
        return RunCommand.start(data, ports, all.toArray(String[]::new));
    }

    /** Accounts of level 2 for people who have none, and lists for pgbench to choose from. */
    private void prepare() throws SQLException {
        tables.execute("api", """
                insert into account (id, phone_hash, phone, person, level)
                select gen_random_uuid(), decode(md5(p.id::text), 'hex'), decode(md5(p.id::text), 'hex'), p.id, 2
                from person p where p.status = 'ACTIVE' and not exists (select 1 from account a where a.person = p.id)
                """);
        tables.execute("api", """
                create table bench_account as
                select row_number() over (order by a.id)::int as n, a.id, a.person, a.level from account a
                where a.status = 'ACTIVE' and a.level >= 2
                """);
        tables.execute("api", "alter table bench_account add primary key (n)");
        tables.execute(
                "empi",
                "create table bench_person as"
                        + " select row_number() over (order by id)::int as n, id from person where status = 'ACTIVE'");
        tables.execute("empi", "alter table bench_person add primary key (n)");
        tables.execute("api", "analyze");
        tables.execute("empi", "analyze");
    }

    /** What the first start announced to hospitals is still under way when people can use the region. */
    private void untilEverybodyIsTold() throws SQLException, InterruptedException {
        long start = System.nanoTime();
        while (tables.count("empi", "outbox") + tables.count("api", "outbox") > 0) {
            Thread.sleep(500);
        }
        figures.add(
                "after the restart, until every hospital was told of everybody",
                Figures.number((System.nanoTime() - start) / 1e9) + " s",
                "");
    }

    private void reports() throws SQLException, IOException {
        List<String> requests = tables.query("api", """
                select a.id from bench_account a where exists (
                    select 1 from identity i join report r on r.identity = i.id where i.person = a.person and r.listed)
                limit 500
                """).stream()
                .map(account -> "/v1/me/reports " + TestTokens.citizen(UUID.fromString(account), 2))
                .toList();
        Wrk.Result read = Wrk.read(api, requests);
        String list = """
                select a.person, r.id, r.source, r.hospital, r.title, r.category, r.status, r.issued_at, r.abnormal
                from account a left join lateral (
                    select newest.* from identity i cross join lateral (
                        select * from report where identity = i.id and listed
                        order by issued_at desc, id desc limit 21) newest
                    where i.person = a.person order by issued_at desc, newest.id desc limit 21) r on true
                where a.id = (select id from bench_account where n = :n) and a.status = 'ACTIVE' and a.level >= 2
                order by r.issued_at desc, r.id desc;
                """;
        String audited = list + """
                insert into audit_entry (id, actor_kind, actor, action, person, object, outcome)
                values (gen_random_uuid(), 'CITIZEN', 'bench', 'report.list', gen_random_uuid(), 'bench', 'ALLOWED');
                """;
        String choose = "\\set n random(1, " + tables.count("api", "bench_account") + ")\n";
        add(
                "`GET /v1/me/reports`, 64 connections, every read in the access log",
                read.perSecond(),
                "p99 " + Figures.number(read.p99Millis()) + " ms",
                "the same select with the same durable audit row",
                PgBench.perSecond(ports.postgres(), "api", CLIENTS, choose + audited));
        figures.add(
                "",
                "",
                "the select alone " + Figures.number(PgBench.perSecond(ports.postgres(), "api", CLIENTS, choose + list))
                        + "/s");
    }

    private void persons() throws SQLException, IOException {
        String token = TestTokens.service("api", "empi");
        List<String> requests = tables.query("empi", "select id from bench_person limit 2000").stream()
                .map(person -> "/v1/persons/" + person + " " + token)
                .toList();
        Wrk.Result read = Wrk.read("http://localhost:" + ports.empi(), requests);
        add(
                "one person by id from `empi`, 64 connections",
                read.perSecond(),
                "p99 " + Figures.number(read.p99Millis()) + " ms",
                "select of the row by its key",
                PgBench.perSecond(
                        ports.postgres(),
                        "empi",
                        CLIENTS,
                        "\\set n random(1, " + tables.count("empi", "bench_person") + ")\n"
                                + "select * from person where id = (select id from bench_person where n = :n);"));
    }

    private void messages() throws SQLException, IOException, InterruptedException {
        Messages messages = new Messages(data, ports.mllp());
        messages.perSecond(CONNECTIONS, 6_000);
        double perSecond = messages.perSecond(CONNECTIONS, 5_000);
        tables.execute(
                "empi", "create table bench_message (id uuid primary key, body bytea not null, state text not null)");
        tables.execute(
                "empi", "create table bench_row (id bigint generated always as identity primary key, body text)");
        tables.execute("empi", """
                create table bench_letter (id bigint generated always as identity primary key, message uuid not null,
                    due_at timestamptz not null default now(), body text not null)
                """);
        tables.execute("empi", "create index on bench_letter (message)");
        double sameRows = PgBench.perSecond(ports.postgres(), "empi", CONNECTIONS, """
                select gen_random_uuid()::text as id \\gset
                insert into bench_message values (:id::uuid, convert_to(repeat('x', 700), 'UTF8'), 'RECEIVED');
                begin;
                insert into bench_row (body) select repeat('x', 200) from generate_series(1, 12);
                insert into bench_letter (message, body) select :id::uuid, repeat('x', 900) from generate_series(1, 8);
                update bench_message set state = 'ACCEPTED' where id = :id::uuid;
                commit;
                update bench_letter set due_at = now() + interval '30 seconds' where message = :id::uuid;
                insert into bench_row (body) select repeat('x', 900) from generate_series(1, 7);
                delete from bench_letter where message = :id::uuid;
                """);
        add(
                "`ADT^A28` of new people, " + CONNECTIONS + " connections, stored, linked, carded, 7 hospitals told",
                perSecond,
                "",
                "as many rows in as many commits, letters delivered one message at a time",
                sameRows);
    }

    private void add(String what, double ours, String more, String beside, double theirs) {
        figures.add(
                what,
                "**" + Figures.number(ours) + "/s**" + (more.isEmpty() ? "" : ", " + more),
                beside + " " + Figures.ratio(ours, theirs));
    }
}
