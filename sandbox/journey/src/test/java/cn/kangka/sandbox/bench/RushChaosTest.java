package cn.kangka.sandbox.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cn.kangka.sandbox.launch.Ports;
import cn.kangka.sandbox.launch.RunCommand;
import cn.kangka.sandbox.testing.TestTokens;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * People book and cancel in a rush while {@code api}, PostgreSQL and Redis are killed with {@code kill -9} again and again,
 * {@code -Dkangka.chaos.rounds} (20) times in all. Whoever got no answer asks again with the same key. Afterwards every 201 is
 * still there, no key made two bookings, every unit is accounted for, and every person was told once.
 */
@Tag("proof")
class RushChaosTest {
    private static final int ROUNDS = Integer.getInteger("kangka.chaos.rounds", 20);
    private static final int BOOKERS = 32;
    /** Half of the wishes are for these, the others for any: there is something to book until the end. */
    private static final int HOT_SLOTS = 60;

    private static final String PEOPLE = "1500";
    private static final List<String> VICTIMS = List.of("/api/target/", "bin/postgres -D", "redis-server");

    private final Path data = Path.of("target", "rush-chaos").toAbsolutePath();
    private final Ports ports = Ports.free();
    private final String api = "http://localhost:" + ports.api();
    private final RegionTables tables = new RegionTables(ports);
    private final Figures figures = new Figures();
    private final AtomicBoolean over = new AtomicBoolean();
    /** Ids of 201, and of those that were cancelled with 200. */
    private final Queue<String> booked = new ConcurrentLinkedQueue<>();

    private final Queue<String> cancelled = new ConcurrentLinkedQueue<>();
    private final Map<String, Integer> answers = new ConcurrentHashMap<>();
    private final AtomicInteger unanswered = new AtomicInteger();

    @Test
    void every_booking_that_was_told_is_there_after_twenty_crashes() throws Exception {
        try (RunCommand region = RunCommand.start(data, ports, "--fresh", "--people", PEOPLE, "--pace", "0")
                .awaitReady()) {
            TestTokens.useKeys(data.resolve("keys"));
            tables.execute("api", """
                    insert into account (id, phone_hash, phone, person, level)
                    select gen_random_uuid(), decode(md5(p.id::text), 'hex'), decode(md5(p.id::text), 'hex'), p.id, 2
                    from person p where p.status = 'ACTIVE'
                        and not exists (select 1 from account a where a.person = p.id)
                    """);
            int before = tables.count("api", "appointment");
            List<Thread> people = bookers();
            people.forEach(Thread::start);
            Random random = new Random(11);
            for (int round = 0; round < ROUNDS; round++) {
                Thread.sleep(8_000 + random.nextInt(6_000));
                int told = booked.size();
                region.kill(VICTIMS.get(round % VICTIMS.size()));
                untilAnswered();
                await().atMost(Duration.ofSeconds(60)).until(() -> booked.size() > told);
            }
            Thread.sleep(8_000);
            over.set(true);
            for (Thread person : people) {
                person.join(Duration.ofMinutes(2).toMillis());
                assertThat(person.isAlive()).as(person.getName()).isFalse();
            }
            everyAnswerStands(before);
            everyUnitIsAccountedFor();
            everybodyWasToldOnce();
            figures.add("kill -9 of `api`, PostgreSQL and Redis, in turn", Integer.toString(ROUNDS), "");
            figures.add("answers", new java.util.TreeMap<>(answers).toString(), "");
            figures.add("asked again with the same key, for want of an answer", unanswered.toString(), "");
        } finally {
            figures.write("RushChaosTest", Path.of("target", "rush-chaos.md"));
        }
    }

    private List<Thread> bookers() throws SQLException {
        List<String> accounts = tables.query("api", "select id from account where status = 'ACTIVE' and level >= 2");
        List<String> slots = tables.query("api", """
                select s.id from slot s join clinic_session e on e.id = s.session_id
                where s.status = 'OPEN' and e.status = 'OPEN' and e.mode = 'BOOK' and e.release_at <= now()
                  and s.start_at > now() + interval '2 days'
                order by md5(s.id::text)
                """);
        List<Thread> people = new ArrayList<>();
        for (int i = 0; i < BOOKERS; i++) {
            Random random = new Random(i);
            people.add(new Thread(
                    () -> {
                        while (!over.get()) {
                            String account = accounts.get(random.nextInt(accounts.size()));
                            act(
                                    TestTokens.citizen(UUID.fromString(account), 2),
                                    slots.get(random.nextInt(random.nextBoolean() ? HOT_SLOTS : slots.size())),
                                    random.nextInt(3) == 0);
                        }
                    },
                    "booker-" + i));
        }
        return people;
    }

    private void act(String token, String slot, boolean andCancel) {
        String key = UUID.randomUUID().toString();
        Wire.Answer answer =
                untilTold(wire -> wire.post("/v1/appointments", token, key, "{\"slotId\":\"" + slot + "\"}"));
        count("book", answer);
        if (answer.status() == 201) {
            String id = JsonPath.from(answer.body()).getString("id");
            booked.add(id);
            if (andCancel) {
                Wire.Answer gone = untilTold(wire -> wire.post(
                        "/v1/appointments/" + id + "/cancel",
                        token,
                        UUID.randomUUID().toString(),
                        ""));
                count("cancel", gone);
                if (gone.status() == 200) {
                    cancelled.add(id);
                }
            }
        }
    }

    private void count(String what, Wire.Answer answer) {
        String type =
                answer.status() < 300 ? "" : answer.body().replaceAll("(?s).*\"type\":\"/problems/([^\"]*)\".*", " $1");
        answers.merge(what + " " + answer.status() + type, 1, Integer::sum);
    }

    @FunctionalInterface
    private interface Request {
        Wire.Answer over(Wire wire) throws IOException;
    }

    /** Asks again until the answer is one: no broken line, no 5xx, nothing in progress. */
    private Wire.Answer untilTold(Request request) {
        while (true) {
            try (Wire wire = new Wire(api)) {
                Wire.Answer answer = request.over(wire);
                if (answer.status() < 500 && !answer.body().contains("idempotency-key-in-progress")) {
                    return answer;
                }
            } catch (IOException | RuntimeException broken) {
                // Asked again below.
            }
            unanswered.incrementAndGet();
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void untilAnswered() {
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
            try (Wire wire = new Wire(api)) {
                return wire.get("/q/health/ready", null).status() == 200;
            }
        });
    }

    private void everyAnswerStands(int before) throws SQLException {
        assertThat(booked).doesNotHaveDuplicates().isNotEmpty();
        tables.execute("api", "create table told (id uuid primary key, cancelled boolean not null)");
        java.util.Set<String> gone = java.util.Set.copyOf(cancelled);
        for (String id : booked) {
            tables.execute("api", "insert into told values ('" + id + "', " + gone.contains(id) + ")");
        }
        assertThat(tables.query(
                        "api", "select t.id from told t left join appointment a on a.id = t.id where a.id is null"))
                .as("told of, and not there")
                .isEmpty();
        assertThat(tables.query("api", """
                        select t.id || ' ' || a.status from told t join appointment a on a.id = t.id
                        where t.cancelled <> (a.status = 'CANCELLED')
                        """))
                .as("in another state than the person was told")
                .isEmpty();
        assertThat(tables.count("api", "appointment") - before)
                .as("one booking for each key that was told of one")
                .isEqualTo(booked.size());
        figures.add("201, each still there", Integer.toString(booked.size()), cancelled.size() + " of them cancelled");
    }

    private void everyUnitIsAccountedFor() throws SQLException {
        await().atMost(Duration.ofMinutes(2)).until(() -> tables.count("api", """
                slot s join clinic_session e on e.id = s.session_id
                where s.used <> (select count(*) from appointment a where a.slot_id = s.id
                        and a.status in ('BOOKED', 'CHECKED_IN', 'COMPLETED', 'MISSED'))
                   or s.blocked <> (select count(*) from appointment a where a.slot_id = s.id and a.status = 'REFUSED')
                   or s.held <> (select count(*) from slot_hold h where h.slot_id = s.id)
                   or s.used + s.held + s.blocked > s.capacity
                   or e.taken_total <> (select sum(x.used + x.held + x.blocked) from slot x where x.session_id = e.id)
                """) == 0);
    }

    /** Every booking told hospital and person once, and nothing is left to tell. */
    private void everybodyWasToldOnce() {
        await().atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofSeconds(2))
                .until(() -> tables.count("api", "outbox") + tables.count("empi", "outbox") == 0);
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(tables.count("notification", "notice where template = 'booking-made'"))
                        .isEqualTo(booked.size()));
    }
}
