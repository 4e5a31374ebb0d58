package cn.kangka.empi.card;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import cn.kangka.empi.hl7.Hl7Message;
import cn.kangka.empi.testing.Adt;
import cn.kangka.empi.testing.HospitalsResource;
import cn.kangka.empi.testing.Region;
import cn.kangka.sandbox.testing.RegionResource;
import cn.kangka.sandbox.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(HospitalsResource.class)
class CardTest {
    private static final String BIRTH = "19800517";

    @Inject
    Region region;

    @Inject
    CardSweep sweep;

    @Inject
    Clock clock;

    @Test
    void whoever_becomes_known_has_one_active_regional_card() throws Exception {
        UUID person = person("H001", "CARD-1");
        api().get("/v1/persons/{person}/cards", person)
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].kind", equalTo("REGIONAL"))
                .body("items[0].status", equalTo("ACTIVE"))
                .body("items[0].source", nullValue())
                .body("items[0].number", matchesPattern("8\\d\\d\\*{9}\\d{4}"));
        api().body(Map.of("channel", "app"))
                .post("/v1/persons/{person}/cards", person)
                .then()
                .statusCode(200)
                .body("id", equalTo(card(person).toString()));
    }

    @Test
    void only_services_see_cards_and_nobody_sees_those_of_nobody() {
        given().get("/v1/persons/{person}/cards", UUID.randomUUID()).then().statusCode(401);
        given().auth()
                .oauth2(TestTokens.citizen(UUID.randomUUID(), 3))
                .get("/v1/persons/{person}/cards", UUID.randomUUID())
                .then()
                .statusCode(403);
        api().get("/v1/persons/{person}/cards", UUID.randomUUID()).then().statusCode(404);
    }

    @Test
    void a_code_is_taken_once_and_its_use_is_seen() throws Exception {
        UUID person = person("H001", "CARD-2");
        UUID card = card(person);
        String code = code(card, person);
        verify(code, "H001")
                .then()
                .statusCode(200)
                .body("card", equalTo(card.toString()))
                .body("person", equalTo(person.toString()))
                .body("identity", notNullValue())
                .body("name", equalTo("卡**"))
                .body("sex", equalTo("MALE"))
                .body("birthDate", equalTo("1980-05-17"))
                .body("usedAt", notNullValue());
        verify(code, "H003").then().statusCode(409).body("type", endsWith("/problems/card-code-used"));
        api().get("/v1/persons/{person}/card-uses", person)
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].source", equalTo("H001"))
                .body("items[0].scene", equalTo("LAB"))
                .body("items[0].channel", equalTo("code"))
                .body("items[0].terminal", nullValue());
    }

    @Test
    void of_a_hundred_parallel_attempts_with_one_code_exactly_one_succeeds() throws Exception {
        UUID person = person("H001", "CARD-3");
        String code = code(card(person), person);
        ExecutorService terminals = Executors.newFixedThreadPool(25);
        List<Future<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            answers.add(terminals.submit(() -> verify(code, "H001").statusCode()));
        }
        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> answer : answers) {
            statuses.add(answer.get());
        }
        terminals.shutdown();
        assertThat(statuses).containsOnly(200, 409);
        assertThat(statuses.stream().filter(status -> status == 200)).hasSize(1);
        assertThat(uses(card(person))).isEqualTo(1);
    }

    @Test
    void an_expired_or_unknown_code_is_refused() throws Exception {
        UUID person = person("H001", "CARD-4");
        UUID card = card(person);
        String inGrace = code(card, person);
        region.rows("update card_code set expires_at = now() - interval '10 s' where card = $1", card);
        verify(inGrace, "H001").then().statusCode(200);
        String tooOld = code(card, person);
        region.rows("update card_code set expires_at = now() - interval '16 s' where card = $1", card);
        verify(tooOld, "H001").then().statusCode(409).body("type", endsWith("/problems/card-code-expired"));
        verify("nonsense", "H001").then().statusCode(404).body("type", endsWith("/problems/card-code-unknown"));
    }

    @Test
    void a_lost_card_is_refused_at_once_with_codes_that_were_shown_before() throws Exception {
        UUID person = person("H001", "CARD-5");
        UUID card = card(person);
        String shownBefore = code(card, person);
        report(card, person, "loss").then().statusCode(200).body("status", equalTo("LOST"));
        verify(shownBefore, "H001").then().statusCode(409).body("type", endsWith("/problems/card-lost"));
        api().body(Map.of("person", person))
                .post("/v1/cards/{card}/codes", card)
                .then()
                .statusCode(409)
                .body("type", endsWith("/problems/card-not-active"));
        report(card, person, "loss").then().statusCode(200);
        assertThat(changes(card)).containsExactly("ISSUE", "REPORT_LOST");
        report(card, person, "loss/lift").then().statusCode(200).body("status", equalTo("ACTIVE"));
        verify(shownBefore, "H001").then().statusCode(200);
    }

    @Test
    void somebody_elses_card_does_not_exist() throws Exception {
        UUID holder = person("H001", "CARD-6");
        UUID other = person("H001", "CARD-7");
        UUID card = card(holder);
        report(card, other, "loss").then().statusCode(404);
        api().body(Map.of("person", other))
                .post("/v1/cards/{card}/codes", card)
                .then()
                .statusCode(404);
    }

    @Test
    void a_lost_card_is_replaced_when_its_holder_applies() throws Exception {
        UUID person = person("H001", "CARD-8");
        UUID lost = card(person);
        report(lost, person, "loss").then().statusCode(200);
        String fresh = api().body(Map.of("channel", "app"))
                .post("/v1/persons/{person}/cards", person)
                .then()
                .statusCode(201)
                .body("status", equalTo("ACTIVE"))
                .extract()
                .path("id");
        assertThat(fresh).isNotEqualTo(lost.toString());
        report(lost, person, "loss/lift").then().statusCode(409);
        assertThat(status(lost)).isEqualTo("REPLACED");
    }

    @Test
    void a_loss_that_nobody_lifts_ends_in_a_new_card() throws Exception {
        UUID person = person("H001", "CARD-9");
        UUID lost = card(person);
        report(lost, person, "loss").then().statusCode(200);
        sweep.sweep(clock.instant().plus(Duration.ofDays(14))).await().atMost(Duration.ofSeconds(10));
        assertThat(status(lost)).isEqualTo("LOST");
        sweep.sweep(clock.instant().plus(Duration.ofDays(16))).await().atMost(Duration.ofSeconds(10));
        assertThat(status(lost)).isEqualTo("CANCELLED");
        assertThat(open(person)).hasSize(1).doesNotContain(lost);
    }

    @Test
    void after_a_merge_one_regional_card_stays_and_codes_of_the_other_are_refused() throws Exception {
        UUID survivor = person("H001", "CARD-10");
        UUID retired = person("H001", "CARD-11");
        UUID kept = card(survivor);
        UUID cancelled = card(retired);
        String code = code(cancelled, retired);
        merge(retired, survivor);
        assertThat(open(survivor)).containsExactly(kept);
        assertThat(status(cancelled)).isEqualTo("CANCELLED");
        verify(code, "H001").then().statusCode(409).body("type", endsWith("/problems/card-not-active"));
        api().get("/v1/persons/{person}/cards", retired).then().statusCode(200).body("items", hasSize(2));
    }

    @Test
    void a_merge_keeps_the_usable_card_even_when_it_is_the_other_persons() throws Exception {
        UUID survivor = person("H001", "CARD-12");
        UUID retired = person("H001", "CARD-13");
        UUID lost = card(survivor);
        UUID usable = card(retired);
        report(lost, survivor, "loss").then().statusCode(200);
        merge(retired, survivor);
        assertThat(open(survivor)).containsExactly(usable);
        verify(code(usable, survivor), "H001").then().statusCode(200).body("person", equalTo(survivor.toString()));
    }

    @Test
    void a_hospital_card_moves_with_its_record_on_a_split_and_the_new_person_gets_a_card() throws Exception {
        String id = Adt.residentId(BIRTH);
        String phone = Adt.phone();
        UUID person = region.personOf(region.send(Adt.register("H001", "A28", "CARD-14", id, "卡分", BIRTH, phone)));
        String message = Adt.register("H003", "A28", "CARD-15", id, "卡分", BIRTH, phone)
                .replace("^^^H003^MR", "^^^H003^MR~JZ88001234^^^H003^JZK");
        Hl7Message second = region.send(message);
        assertThat(region.personOf(second)).isEqualTo(person);
        UUID hospitalCard = region.rows(
                        "select id from card where person = $1 and kind = 'HOSPITAL' and source = 'H003'", person)
                .get(0)
                .getUUID(0);
        api().body(Map.of("person", person))
                .post("/v1/cards/{card}/codes", hospitalCard)
                .then()
                .statusCode(409)
                .body("type", endsWith("/problems/card-without-codes"));
        String fresh = given().auth()
                .oauth2(TestTokens.staff("registrar-1", "registrar"))
                .contentType(ContentType.JSON)
                .body(Map.of(
                        "identities", List.of(region.identityOf(second)), "reason", "two people", "by", "registrar-1"))
                .post("/v1/persons/{person}/split", person)
                .then()
                .statusCode(200)
                .extract()
                .path("person");
        assertThat(open(person)).hasSize(1);
        assertThat(open(UUID.fromString(fresh))).hasSize(1);
        assertThat(region.rows("select person from card where id = $1", hospitalCard)
                        .get(0)
                        .getUUID(0))
                .isEqualTo(UUID.fromString(fresh));
        region.send(message.replace("JZ88001234", "JZ88001234").replaceFirst("\\|P\\|2.5.1", "|P|2.5"));
        assertThat(region.rows("select 1 from card where source = 'H003' and kind = 'HOSPITAL'"))
                .hasSize(1);
    }

    @Test
    void nothing_of_a_code_or_number_is_readable_in_the_database() throws Exception {
        UUID person = person("H001", "CARD-16");
        String code = code(card(person), person);
        for (String table : List.of("card", "card_code", "card_event")) {
            String all = region.rows("select coalesce(string_agg(t::text, ' '), '') from " + table + " t")
                    .get(0)
                    .getString(0);
            assertThat(all).doesNotContain(code, "JZ88001234");
        }
    }

    private static RequestSpecification api() {
        return given().auth().oauth2(TestTokens.service("api", "empi")).contentType(ContentType.JSON);
    }

    private UUID person(String source, String localId) throws Exception {
        return region.personOf(
                region.send(Adt.register(source, "A28", localId, Adt.residentId(BIRTH), "卡片片", BIRTH, Adt.phone())));
    }

    private void merge(UUID retired, UUID survivor) {
        given().auth()
                .oauth2(TestTokens.staff("registrar-1", "registrar"))
                .contentType(ContentType.JSON)
                .body(Map.of("into", survivor, "reason", "same human", "by", "registrar-1"))
                .post("/v1/persons/{person}/merge", retired)
                .then()
                .statusCode(org.hamcrest.Matchers.lessThan(300));
    }

    private static String code(UUID card, UUID person) {
        return api().body(Map.of("person", person))
                .post("/v1/cards/{card}/codes", card)
                .then()
                .statusCode(201)
                .body("expiresAt", notNullValue())
                .extract()
                .path("code");
    }

    private static Response verify(String code, String source) {
        return api().body(Map.of("code", code, "scene", "LAB", "source", source, "terminal", "T-1"))
                .post("/v1/card-codes/verify");
    }

    private static Response report(UUID card, UUID person, String what) {
        return api().body(Map.of("person", person, "channel", "app")).post("/v1/cards/{card}/" + what, card);
    }

    private UUID card(UUID person) {
        return open(person).get(0);
    }

    private List<UUID> open(UUID person) {
        return region
                .rows(
                        "select id from card where person = $1 and kind = 'REGIONAL'"
                                + " and status not in ('REPLACED', 'CANCELLED')",
                        person)
                .stream()
                .map(row -> row.getUUID(0))
                .toList();
    }

    private String status(UUID card) {
        return region.rows("select status from card where id = $1", card).get(0).getString(0);
    }

    private long uses(UUID card) {
        return region.rows("select count(*) from card_use where card = $1", card)
                .get(0)
                .getLong(0);
    }

    private List<String> changes(UUID card) {
        return region.rows("select change from card_event where card = $1 order by at, id", card).stream()
                .map(row -> row.getString(0))
                .toList();
    }
}
