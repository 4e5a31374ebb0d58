package cn.kangka.sandbox.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cn.kangka.sandbox.launch.Region;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code kill -9} of one process while a person books and their hospital sends results; then everything that was
 * acknowledged must be there, once.
 */
@StartedRegion.Use
@Order(20)
class CrashJourneyTest {
    private static final Duration BACK = Duration.ofSeconds(60);

    @ParameterizedTest
    @ValueSource(strings = {"api", "empi", "notification", "postgres"})
    void nothing_acknowledged_is_lost_and_nothing_happens_twice(String victim, Region region) throws IOException {
        round(victim, region);
    }

    /** Twenty rounds over all processes, about 15 minutes. */
    @Test
    @Tag("proof")
    void twenty_rounds_of_random_kills(Region region) throws IOException {
        List<String> victims = List.of("api", "empi", "notification", "mobile-bff", "postgres");
        for (int i = 0; i < 20; i++) {
            round(victims.get(ThreadLocalRandom.current().nextInt(victims.size())), region);
        }
    }

    private static void round(String victim, Region region) throws IOException {
        TestPeople person = TestPeople.invent();
        String local = "K-" + person.idNumber();
        HospitalJourneyTest.register("H001", local, person);
        Citizen citizen = HospitalJourneyTest.loggedIn(person);
        List<Map<String, Object>> slots = onePerDay(Slots.free("H001"));

        AtomicBoolean killed = new AtomicBoolean();
        Thread killer = new Thread(() -> {
            pause(ThreadLocalRandom.current().nextInt(50, 600));
            kill(victim, region);
            killed.set(true);
        });
        killer.start();
        Acknowledged acknowledged = new Acknowledged();
        for (int i = 0; i < 2; i++) {
            bookUntilAnswered(citizen, slots.get(i), acknowledged);
            sendUntilAnswered(local, person, acknowledged);
        }
        join(killer);
        assertThat(killed).isTrue();
        await().atMost(BACK).until(region::ready);
        verify(citizen, acknowledged);
    }

    private static final class Acknowledged {
        private final List<String> bookings = new ArrayList<>();
        private final List<String> results = new ArrayList<>();
    }

    /** As the app does: one key per attempt of the person, repeated until there is an answer. */
    private static void bookUntilAnswered(Citizen citizen, Map<String, Object> slot, Acknowledged acknowledged) {
        String key = UUID.randomUUID().toString();
        await().atMost(BACK)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> {
                    var answer = citizen.api()
                            .header("Idempotency-Key", key)
                            .body(Map.of("slotId", slot.get("id")))
                            .post("/v1/appointments");
                    if (answer.statusCode() == 201) {
                        acknowledged.bookings.add(answer.jsonPath().getString("id"));
                        return true;
                    }
                    if (answer.statusCode() == 401) {
                        citizen.refresh();
                    }
                    return false;
                });
    }

    /** As an interface engine does: the same message, with the same control id, until it is acknowledged. */
    private static void sendUntilAnswered(String local, TestPeople person, Acknowledged acknowledged) {
        String order = "K" + System.nanoTime();
        String control = "C" + order;
        String time = HospitalDesk.now();
        await().atMost(BACK)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> {
                    try (HospitalDesk desk = HospitalDesk.of("H001")) {
                        return desk.sendAs(
                                        control,
                                        "ORU^R01^ORU_R01",
                                        desk.pid(
                                                local,
                                                person.idNumber(),
                                                person.family(),
                                                person.given(),
                                                person.birth(),
                                                person.sex(),
                                                person.phone()),
                                        "OBR|1|P" + order + "|" + order + "|58410-2^血常规^LN|||" + time
                                                + "|||||||||||||||" + time + "||LAB|F",
                                        "OBX|1|NM|718-7^血红蛋白^LN||140|g/L|130-175|N|||F|||" + time)
                                .contains("MSA|AA");
                    }
                });
        acknowledged.results.add(order);
    }

    private static void verify(Citizen citizen, Acknowledged acknowledged) {
        await().atMost(BACK).ignoreExceptions().untilAsserted(() -> {
            if (citizen.api().get("/v1/me").statusCode() == 401) {
                citizen.refresh();
            }
            List<Map<String, Object>> bookings =
                    citizen.api().get("/v1/me/appointments").jsonPath().getList("items");
            assertThat(bookings.stream().map(each -> each.get("id")).toList())
                    .containsExactlyInAnyOrderElementsOf(acknowledged.bookings);
            assertThat(bookings)
                    .allSatisfy(each -> assertThat(each.get("hospitalStatus")).isEqualTo("ACCEPTED"));
            assertThat(citizen.api().get("/v1/me/reports").jsonPath().getList("items"))
                    .hasSameSizeAs(acknowledged.results);
            List<String> links = citizen.notification()
                    .get("/v1/me/inbox?limit=100")
                    .jsonPath()
                    .getList("items.link");
            Set<String> reports = new TreeSet<>();
            links.stream().filter(link -> link.startsWith("/reports/")).forEach(link -> assertThat(reports.add(link))
                    .as("exactly one notice per report")
                    .isTrue());
            assertThat(reports).hasSameSizeAs(acknowledged.results);
        });
    }

    private static void kill(String victim, Region region) {
        long pid = victim.equals("postgres") ? region.databasePid() : region.pidOf(victim);
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }

    private static List<Map<String, Object>> onePerDay(List<Map<String, Object>> slots) {
        Set<String> days = new TreeSet<>();
        return slots.stream()
                .filter(slot -> days.add(slot.get("start").toString().substring(0, 10)))
                .toList();
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(30_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
