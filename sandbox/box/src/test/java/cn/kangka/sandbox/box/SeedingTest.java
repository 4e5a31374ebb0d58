package cn.kangka.sandbox.box;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.sandbox.hl7.Answers;
import cn.kangka.sandbox.hospital.SeedStep;
import cn.kangka.sandbox.region.SandboxSettings;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedingTest {
    private static final int PEOPLE = 300;
    private static final Instant MONDAY = Instant.parse("2026-03-02T02:00:00Z");

    @TempDir
    Path folder;

    private RegionDouble region;

    @BeforeEach
    void start() throws IOException {
        region = new RegionDouble();
    }

    @AfterEach
    void stop() {
        region.close();
    }

    private Sandbox sandbox(Instant now) {
        Sandbox sandbox = Sandbox.start(SandboxSettings.in(folder)
                .withPorts(0, 0)
                .withServices(region.uri(), "127.0.0.1", region.mllp.port(), region.uri())
                .withDemo(true, PEOPLE, 0)
                .withClock(Clock.fixed(now, SandboxSettings.ZONE)));
        sandbox.prepareFiles();
        sandbox.startServers();
        return sandbox;
    }

    @Test
    void everybody_is_registered_once_with_history_staff_and_fifteen_days_of_slots() throws InterruptedException {
        List<SeedStep> steps = new CopyOnWriteArrayList<>();
        try (Sandbox sandbox = sandbox(MONDAY)) {
            sandbox.seed(steps::add);
        }
        assertThat(region.acknowledged.values()).allMatch(times -> times.get() == 1);
        List<String> first = region.messages().stream()
                .filter(message -> Answers.field(message, 9).matches("R\\d+\\.0"))
                .toList();
        assertThat(first).hasSize(PEOPLE);
        assertThat(first.stream().filter(message -> Answers.field(message, 17).equals("GB 18030-2000")))
                .isNotEmpty()
                .allSatisfy(message ->
                        assertThat(Answers.segmentField(message, "PID", 11)).contains("云江市"));
        assertThat(steps).extracting(SeedStep::phase).contains("directory", "staff", "people", "history");
        assertThat(steps).allMatch(step -> step.refused() == 0);
        allergyMeetsPrescription(region.messages());
        assertThat(slots()).isBetween(20_000L, 45_000L);
        assertThat(region.tokenForms).anyMatch(form -> form.contains("client_id=hospital-H001"));
        assertThat(region.tokenForms).anyMatch(form -> form.contains("client_id=hospital-centres"));
    }

    private static void allergyMeetsPrescription(List<String> messages) {
        List<String> prescriptions = messages.stream()
                .filter(message -> Answers.field(message, 8).startsWith("RDE"))
                .toList();
        assertThat(prescriptions).isNotEmpty().allSatisfy(prescription -> {
            assertThat(Answers.segmentField(prescription, "RXE", 2)).startsWith("J01CA04^阿莫西林");
            String patient = Answers.segmentField(prescription, "PID", 3);
            assertThat(messages)
                    .anyMatch(message -> Answers.field(message, 8).startsWith("ADT^A28")
                            && Answers.segmentField(message, "PID", 3).equals(patient)
                            && Answers.segmentField(message, "AL1", 3).equals("J01CE01^青霉素^ATC"));
        });
    }

    @Test
    void a_restart_sends_only_what_was_not_acknowledged() throws Exception {
        Sandbox killed = sandbox(MONDAY);
        AtomicInteger count = new AtomicInteger();
        region.answer(message -> count.incrementAndGet() > 400 ? null : region.accept(message));
        CompletableFuture<Void> seeding = CompletableFuture.runAsync(() -> seed(killed));
        Waiting.until("400 acknowledgements are kept", Duration.ofSeconds(30), () -> kept() == 400);
        killed.close();
        seeding.get(20, TimeUnit.SECONDS);
        appendTornLine();

        region.answer(region::accept);
        try (Sandbox again = sandbox(MONDAY)) {
            again.seed(step -> {});
        }
        assertThat(region.acknowledged.values()).allMatch(times -> times.get() == 1);
        assertThat(region.acknowledged.keySet().stream().filter(key -> key.matches(".* R\\d+\\.0")))
                .hasSize(PEOPLE);

        int sent = region.messages().size();
        int bundles = region.bundles.size();
        try (Sandbox third = sandbox(MONDAY)) {
            third.seed(step -> {});
        }
        assertThat(region.messages()).hasSize(sent);
        assertThat(region.bundles).hasSize(bundles);
    }

    @Test
    void days_that_pass_bring_new_slots_and_nothing_twice() throws InterruptedException {
        try (Sandbox sandbox = sandbox(MONDAY)) {
            sandbox.seed(step -> {});
        }
        long before = slots();
        region.bundles.clear();
        try (Sandbox nextDay = sandbox(MONDAY.plus(Duration.ofDays(1)))) {
            nextDay.seed(step -> {});
        }
        assertThat(slots()).isBetween(before / 30, before / 8);
        assertThat(entries("Slot")).allMatch(slot -> slot.getString("start").startsWith("2026-03-17"));
    }

    @Test
    void a_message_that_breaks_the_connection_is_sent_again_as_the_same_message() throws InterruptedException {
        Set<String> broken = ConcurrentHashMap.newKeySet();
        region.answer(message -> {
            if (Answers.field(message, 9).equals("R3.0") && broken.add(message)) {
                region.mllp.goDown();
                region.mllp.comeUp();
                return null;
            }
            return region.accept(message);
        });
        try (Sandbox sandbox = sandbox(MONDAY)) {
            sandbox.seed(step -> {});
        }
        List<String> copies = region.messages().stream()
                .filter(message -> Answers.field(message, 9).equals("R3.0"))
                .toList();
        assertThat(copies).hasSizeGreaterThan(1);
        assertThat(Set.copyOf(copies)).hasSize(1);
    }

    private static void seed(Sandbox sandbox) {
        try {
            sandbox.seed(step -> {});
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Messages whose acknowledgement is in the progress: staff and registrations. */
    private long kept() {
        try (Stream<String> lines = Files.lines(folder.resolve("sandbox/progress.log"))) {
            return lines.filter(line -> line.matches("[SR].+ \\d+")).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void appendTornLine() throws IOException {
        Path progress = folder.resolve("sandbox/progress.log");
        Files.writeString(progress, Files.readString(progress) + "R299.0 17");
    }

    private long slots() {
        return entries("Slot").size();
    }

    private List<JsonObject> entries(String type) {
        return region.bundles.stream()
                .flatMap(bundle -> new JsonObject(bundle).getJsonArray("entry").stream())
                .map(entry -> ((JsonObject) entry).getJsonObject("resource"))
                .filter(resource -> resource.getString("resourceType").equals(type))
                .toList();
    }
}
