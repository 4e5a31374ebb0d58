package cn.kangka.empi.hospital;

import static cn.kangka.empi.testing.HospitalsResource.K001;
import static cn.kangka.empi.testing.HospitalsResource.K002;
import static cn.kangka.empi.testing.HospitalsResource.K003;
import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.empi.hl7.Hl7Message;
import cn.kangka.empi.person.PersonSnapshot;
import cn.kangka.empi.person.Persons;
import cn.kangka.empi.testing.Adt;
import cn.kangka.empi.testing.HospitalsResource;
import cn.kangka.empi.testing.Region;
import cn.kangka.empi.testing.Until;
import cn.kangka.kit.database.Database;
import cn.kangka.sandbox.hl7.Answers;
import cn.kangka.sandbox.hl7.HospitalDouble;
import cn.kangka.sandbox.testing.RegionResource;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Announcements as real hospitals get them. Only here do K001 and K002 subscribe, so that no other test is disturbed. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(HospitalsResource.class)
class DeliveryTest {
    private static final String BIRTH = "19800517";

    @Inject
    Region region;

    @Inject
    Persons persons;

    @Inject
    Database database;

    @Inject
    HospitalPost post;

    @Inject
    DeliveryConfig config;

    @Inject
    HospitalConfig hospitals;

    @Inject
    ObjectMapper json;

    @Inject
    Clock clock;

    private Announcements announcements;

    @BeforeEach
    void everybody_listens() throws IOException {
        for (HospitalDouble hospital : List.of(K001, K002, K003)) {
            hospital.answer(Answers.accept());
            hospital.forget();
        }
        announcements = new Announcements(subscribing(List.of("K001", "K002")), post, config, clock);
    }

    @Test
    void a_new_person_is_told_to_every_subscriber_and_who_told_us_gets_the_list_of_ids() throws Exception {
        PersonSnapshot person = person("K001");
        tell(person, Announcements::personMade);
        Hl7Message told = Hl7Message.of(about(K002, person, 1).get(0));
        assertThat(told.trigger()).isEqualTo("A28");
        assertThat(told.charset()).isEqualTo("GB 18030-2000");
        assertThat(told.header().value(6)).isEqualTo("K002");
        var pid = told.segment("PID").orElseThrow();
        assertThat(pid.value(5)).isEqualTo("欧");
        assertThat(pid.value(5, 2)).isEqualTo("阳送");
        assertThat(pid.value(7)).isEqualTo(BIRTH);
        assertThat(pid.repetition(3, 1).component(1)).isEqualTo(person.id().toString());
        assertThat(pid.repetition(3, 1).component(4)).isEqualTo("KANGKA");
        assertThat(pid.repetition(3, 2).component(1))
                .isEqualTo(person.identities().get(0).localId());
        assertThat(pid.repetition(3, 2).subcomponent(4, 1)).isEqualTo("K001");
        assertThat(pid.repetition(3, 2).subcomponent(4, 2)).isEqualTo("2.999.9.001");
        Hl7Message back = Hl7Message.of(about(K001, person, 1).get(0));
        assertThat(back.trigger()).isEqualTo("A31");
        assertThat(back.segment("PID").orElseThrow().repetition(3, 1).component(1))
                .isEqualTo(person.id().toString());
        Until.good(() -> states(person), states -> states.equals(List.of("DELIVERED", "DELIVERED")));
        Until.good(() -> waiting(person), left -> left == 0);
    }

    @Test
    void a_hospital_that_was_down_gets_everything_in_order_with_the_same_control_id() throws Exception {
        PersonSnapshot person = person("K001");
        K002.goDown();
        tell(person, Announcements::personMade);
        tell(person, Announcements::personUpdated);
        Until.good(() -> attempts(person), attempts -> attempts > 1);
        // What never left this house is in no log yet; what did keeps its control id.
        List<String> tried = controlIds(person, "K002");
        assertThat(tried).hasSizeLessThanOrEqualTo(1);
        K002.comeUp();
        List<String> told = about(K002, person, 2);
        assertThat(told).extracting(DeliveryTest::trigger).containsExactly("A28", "A31");
        Until.good(
                () -> states(person),
                states -> states.equals(List.of("DELIVERED", "DELIVERED", "DELIVERED", "DELIVERED")));
        assertThat(told)
                .extracting(message -> Hl7Message.of(message).controlId())
                .containsExactlyElementsOf(controlIds(person, "K002"));
        assertThat(tried).isSubsetOf(controlIds(person, "K002"));
    }

    @Test
    void a_person_whom_a_hospital_cannot_take_is_parked_and_holds_nobody_else_back() throws Exception {
        PersonSnapshot difficult = person("K001");
        PersonSnapshot easy = person("K001");
        K002.answer(message -> message.contains(difficult.id().toString())
                ? Answers.error("姓名超长").apply(message)
                : Answers.accept().apply(message));
        tell(difficult, Announcements::personMade);
        tell(difficult, Announcements::personUpdated);
        tell(easy, Announcements::personMade);
        assertThat(about(K002, easy, 1)).hasSize(1);
        Until.good(() -> parkedReason(difficult), reason -> reason != null);
        assertThat(parkedReason(difficult)).isEqualTo("AE 姓名超长");
        List<String> tried = about(K002, difficult, 4);
        assertThat(tried).hasSize(4).extracting(DeliveryTest::trigger).containsOnly("A28");
        assertThat(tried)
                .extracting(message -> Hl7Message.of(message).controlId())
                .containsOnly(controlIds(difficult, "K002").get(0));
    }

    @Test
    void a_silent_hospital_delays_no_other() throws Exception {
        PersonSnapshot person = person("H001");
        K002.answer(Answers.silence());
        for (int i = 0; i < 3; i++) {
            tell(person("H001"), Announcements::personMade);
        }
        Until.good(K002::received, received -> !received.isEmpty());
        long start = System.nanoTime();
        tell(person, Announcements::personMade);
        about(K001, person, 1);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(config.answerTimeout());
    }

    @Test
    void a_merge_and_a_split_name_regional_ids_only() throws Exception {
        PersonSnapshot survivor = person("K001");
        PersonSnapshot retired = person("K001");
        database.write(tx -> announcements.personsMerged(tx, survivor, retired))
                .await()
                .atMost(Duration.ofSeconds(10));
        Hl7Message merge = Hl7Message.of(about(K002, survivor, 2).get(0));
        assertThat(merge.trigger()).isEqualTo("A40");
        assertThat(merge.segment("PID").orElseThrow().repetitions(3)).hasSize(1);
        assertThat(merge.segment("MRG").orElseThrow().value(1))
                .isEqualTo(retired.id().toString());
        assertThat(merge.text()).doesNotContain(retired.identities().get(0).localId());
        K002.forget();
        database.write(tx -> announcements.personSplit(tx, survivor, retired))
                .await()
                .atMost(Duration.ofSeconds(10));
        List<String> split = about(K002, survivor, 2);
        assertThat(split).extracting(DeliveryTest::trigger).containsExactly("A37", "A31");
        assertThat(Hl7Message.of(split.get(0)).segments("PID"))
                .extracting(pid -> pid.value(3))
                .containsExactly(survivor.id().toString(), retired.id().toString());
        assertThat(about(K002, retired, 2)).extracting(DeliveryTest::trigger).containsExactly("A37", "A31");
    }

    @Test
    void a_lost_card_is_told_with_its_status() throws Exception {
        PersonSnapshot person = person("H001");
        CardNotice lost = new CardNotice(
                "REGIONAL",
                null,
                "8000000000000003",
                "LOST",
                java.time.OffsetDateTime.parse("2026-11-23T08:00:00+08:00"));
        database.write(tx -> announcements.cardChanged(tx, person, lost))
                .await()
                .atMost(Duration.ofSeconds(10));
        Hl7Message told = Hl7Message.of(about(K002, person, 1).get(0));
        assertThat(told.trigger()).isEqualTo("A31");
        assertThat(told.segment("ZCD").orElseThrow().raw())
                .isEqualTo("ZCD|1|REGIONAL|8000000000000003|LOST|20261123080000+0800");
        CardNotice elsewhere = new CardNotice(
                "HOSPITAL", "K001", "JZ1", "CANCELLED", java.time.OffsetDateTime.parse("2026-11-23T08:00:00+08:00"));
        K001.forget();
        database.write(tx -> announcements.cardChanged(tx, person, elsewhere))
                .await()
                .atMost(Duration.ofSeconds(10));
        about(K001, person, 1);
        assertThat(about(K002, person, 1)).hasSize(1);
    }

    @Test
    void a_minimal_scope_leaves_out_what_is_not_needed() throws Exception {
        PersonSnapshot person = person("K001");
        Source to = subscribing(List.of("K002")).byId("K002").orElseThrow();
        var message = new cn.kangka.empi.hl7.Hl7Builder().header().set(3, "KANGKA");
        new PersonSegments(to, true, "KANGKA", id -> null).pid(message, person);
        var pid = message.build().segment("PID").orElseThrow();
        assertThat(pid.repetitions(3)).hasSize(1);
        assertThat(pid.value(13)).isEmpty();
        assertThat(pid.value(11)).isEmpty();
    }

    private static String trigger(String message) {
        return Hl7Message.of(message).trigger();
    }

    private void tell(PersonSnapshot person, Told told) {
        database.write(tx -> told.apply(announcements, tx, person)).await().atMost(Duration.ofSeconds(10));
        post.wake();
    }

    private interface Told {
        Uni<Void> apply(Announcements announcements, SqlConnection tx, PersonSnapshot person);
    }

    private PersonSnapshot person(String source) throws IOException {
        UUID id = region.personOf(region.send(Adt.register(
                source, "A28", "D" + UUID.randomUUID(), Adt.residentId(BIRTH), "欧阳送", BIRTH, Adt.phone())));
        return persons.snapshot(database.pool(), id).await().atMost(Duration.ofSeconds(10));
    }

    /** Messages about a person that a hospital got, at least so many. */
    private static List<String> about(HospitalDouble hospital, PersonSnapshot person, int atLeast) {
        return Until.good(
                () -> hospital.received().stream()
                        .filter(message -> message.contains(person.id().toString()))
                        .toList(),
                messages -> messages.size() >= atLeast);
    }

    private List<String> states(PersonSnapshot person) {
        return region
                .rows("select state from message where person = $1 and direction = 'OUT' order by id", person.id())
                .stream()
                .map(row -> row.getString(0))
                .toList();
    }

    private List<String> controlIds(PersonSnapshot person, String to) {
        return region
                .rows(
                        "select control_id from message where person = $1 and direction = 'OUT' and source = $2 order by id",
                        person.id(),
                        to)
                .stream()
                .map(row -> row.getString(0))
                .toList();
    }

    private long waiting(PersonSnapshot person) {
        return region.rows(
                        "select count(*) from outbox where aggregate = $1 and destination like 'hospital:%'",
                        person.id().toString())
                .get(0)
                .getLong(0);
    }

    private int attempts(PersonSnapshot person) {
        return region.rows(
                        "select coalesce(max(attempts), 0) from outbox where aggregate = $1 and destination = 'hospital:K002'",
                        person.id().toString())
                .get(0)
                .getInteger(0);
    }

    private String parkedReason(PersonSnapshot person) {
        return region
                .rows(
                        "select reason from outbox where aggregate = $1 and destination = 'hospital:K002'"
                                + " and parked_at is not null",
                        person.id().toString())
                .stream()
                .map(row -> row.getString(0))
                .findFirst()
                .orElse(null);
    }

    /** The configured sources, of which these subscribe. */
    private Sources subscribing(List<String> ids) throws IOException {
        JsonArray sources =
                new JsonArray(Files.readString(hospitals.sourcesFile().orElseThrow()));
        sources.forEach(
                each -> ((JsonObject) each).put("subscribes", ids.contains(((JsonObject) each).getString("id"))));
        Path file = Files.createTempFile("subscribing", ".json");
        Files.writeString(file, sources.encode());
        HospitalConfig subscribed = new HospitalConfig() {
            @Override
            public Optional<Path> sourcesFile() {
                return Optional.of(file);
            }

            @Override
            public Optional<String> pid19Authority() {
                return hospitals.pid19Authority();
            }
        };
        return new Sources(subscribed, json);
    }
}
