package cn.kangka.api.dependant;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import cn.kangka.api.platform.Notices;
import cn.kangka.api.testing.Citizen;
import cn.kangka.api.testing.Eventually;
import cn.kangka.api.testing.MovableClock;
import cn.kangka.api.testing.Neighbours;
import cn.kangka.api.testing.Patients;
import cn.kangka.api.testing.Patients.Patient;
import cn.kangka.api.testing.Phones;
import cn.kangka.api.testing.Schedules;
import cn.kangka.kit.masking.Masks;
import cn.kangka.kit.sealing.Sealer;
import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class DependantTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final Pattern CODE = Pattern.compile("\"code\":\"(\\d{6})\"");

    @Inject
    MovableClock clock;

    @Inject
    Pool pool;

    @Inject
    Patients patients;

    @Inject
    Sealer sealer;

    @Inject
    Dependants dependants;

    @Inject
    Notices notices;

    /** Tomorrow: a login's tokens are judged by the system's clock and must not be over already. */
    private final LocalDate today = LocalDate.now(ZONE).plusDays(1);

    private Citizen carer;
    private UUID self;
    private List<String> slots;

    @BeforeEach
    void a_carer_and_a_clinic() {
        LocalDate day = today.plusDays(3);
        clock.set(today.atTime(10, 0).atZone(ZONE).toInstant());
        Neighbours.ordersAreTaken();
        self = born(40);
        carer = Citizen.named(self, 2);
        Schedules hospital = Schedules.fresh().morning(day, 3, 10).say();
        slots = given().get("/v1/slots?hospital=" + hospital.source())
                .then()
                .extract()
                .path("items.id");
    }

    @AfterEach
    void now_again() {
        clock.reset();
    }

    private UUID born(int yearsAgo) {
        return born(today.minusYears(yearsAgo));
    }

    private UUID born(LocalDate birth) {
        UUID person = UUID.randomUUID();
        pool.preparedQuery(
                        "insert into person (id, version, status, sex, birth_date, name) values ($1, 1, 'ACTIVE', 'FEMALE', $2, $3)")
                .execute(Tuple.of(person, birth, Buffer.buffer(sealer.seal("name", "张小宁"))))
                .await()
                .indefinitely();
        return person;
    }

    private Response add(UUID person, String relation, String phone, int level) {
        Citizen.indexKnows(phone == null ? carer.phone : phone, person, level);
        Map<String, Object> wish = new HashMap<>(
                Map.of("name", "张小宁", "idType", "RESIDENT_ID", "idNumber", "110101201503070011", "relation", relation));
        if (phone != null) {
            wish.put("phone", phone);
        }
        return carer.call().contentType(ContentType.JSON).body(wish).post("/v1/me/dependants");
    }

    private Response book(UUID person, String slot) {
        return carer.call()
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(ContentType.JSON)
                .body(Map.of("slotId", slot, "personId", person.toString()))
                .post("/v1/appointments");
    }

    private Response agree(String id, String code) {
        return carer.call()
                .contentType(ContentType.JSON)
                .body(Map.of("code", code))
                .post("/v1/me/dependants/" + id + "/agreement");
    }

    private static String codeSentTo(String phone) {
        return Eventually.get("the code", () -> Neighbours.NOTIFICATION.asked("POST", "/v1/notices").stream()
                .filter(asked ->
                        asked.body().contains("dependant-code") && asked.body().contains("\"phone\":\"" + phone + "\""))
                .map(asked -> CODE.matcher(asked.body()))
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .reduce((first, last) -> last)
                .orElse(null));
    }

    @Test
    void a_child_whom_a_hospital_knows_with_the_carers_phone_is_booked_for_at_once() {
        UUID child = born(8);
        add(child, "CHILD", null, 2)
                .then()
                .statusCode(201)
                .body("status", is("ACTIVE"))
                .body("kind", is("MINOR"))
                .body("name", is(Masks.name("张小宁")))
                .body("person", is(child.toString()));

        String appointment = book(child, slots.get(0))
                .then()
                .statusCode(201)
                .body("person", is(child.toString()))
                .extract()
                .path("id");
        carer.call().get("/v1/appointments/" + appointment).then().statusCode(200);
        carer.call()
                .get("/v1/me/appointments?personId=" + child)
                .then()
                .statusCode(200)
                .body("items.id", contains(appointment));
        carer.call().get("/v1/me/appointments").then().statusCode(200).body("items", empty());
        carer.call().get("/v1/me/booking-limits?personId=" + child).then().statusCode(200);
        carer.call().get("/v1/me/marks?personId=" + child).then().statusCode(200);
        carer.call().get("/v1/me/marks?personId=" + UUID.randomUUID()).then().statusCode(404);
        carer.call().post("/v1/appointments/" + appointment + "/cancel").then().statusCode(200);
        assertThat(audited(child))
                .contains("dependant.add ALLOWED", "appointment.book ALLOWED", "appointment.cancel ALLOWED");
    }

    private List<String> audited(UUID person) {
        return java.util.stream.StreamSupport.stream(
                        pool.preparedQuery(
                                        "select action || ' ' || outcome from audit_entry where person = $1 order by at")
                                .execute(Tuple.of(person))
                                .await()
                                .indefinitely()
                                .spliterator(),
                        false)
                .map(row -> row.getString(0))
                .toList();
    }

    @Test
    void a_hold_is_judged_for_the_child_and_confirmed_for_whoever_it_is_wanted_for() {
        UUID child = born(8);
        add(child, "CHILD", null, 2).then().statusCode(201);
        book(self, slots.get(0)).then().statusCode(201);

        hold(Map.of("slotId", slots.get(1)))
                .then()
                .statusCode(409)
                .body("rule", is("appointment.max-per-department-day"));
        String hold = hold(Map.of("slotId", slots.get(1), "personId", child))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        // The hold is the carer's: it is the booking that says whose it becomes, and that is judged.
        confirm(hold, self).then().statusCode(409).body("rule", is("appointment.max-per-department-day"));
        confirm(hold, child).then().statusCode(201).body("person", is(child.toString()));
    }

    private Response hold(Map<String, ?> wish) {
        return carer.call().contentType(ContentType.JSON).body(wish).post("/v1/holds");
    }

    private Response confirm(String hold, UUID person) {
        return carer.call()
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(ContentType.JSON)
                .body(Map.of("slotId", slots.get(1), "personId", person.toString(), "holdId", hold))
                .post("/v1/appointments");
    }

    @Test
    void limits_are_the_childs_own() {
        UUID child = born(8);
        add(child, "CHILD", null, 2).then().statusCode(201);

        book(child, slots.get(0)).then().statusCode(201);
        book(self, slots.get(0)).then().statusCode(201);
        book(child, slots.get(1)).then().statusCode(409).body("rule", is("appointment.max-per-department-day"));
    }

    @Test
    void a_child_with_another_phone_is_not_confirmed_and_tries_are_counted() {
        UUID child = born(8);

        add(child, "CHILD", null, 1).then().statusCode(422);
        add(child, "CHILD", null, 1).then().statusCode(422);
        add(child, "CHILD", null, 1).then().statusCode(422);
        add(child, "CHILD", null, 2).then().statusCode(429);
        book(child, slots.get(0)).then().statusCode(404);
    }

    @Test
    void an_adult_agrees_by_a_code_to_their_own_phone() {
        UUID mother = born(70);
        String phone = Phones.next();
        String id = add(mother, "PARENT", phone, 2)
                .then()
                .statusCode(201)
                .body("status", is("PENDING"))
                .body("person", nullValue())
                .extract()
                .path("id");
        book(mother, slots.get(0)).then().statusCode(404);

        String code = codeSentTo(phone);
        agree(id, code.equals("000000") ? "111111" : "000000").then().statusCode(422);
        agree(id, code).then().statusCode(200).body("status", is("ACTIVE"));
        book(mother, slots.get(0)).then().statusCode(201);
    }

    @Test
    void a_login_code_is_no_agreement_and_an_adult_never_agrees_by_the_carers_phone() {
        UUID mother = born(70);
        add(mother, "PARENT", null, 2).then().statusCode(422);
        add(mother, "PARENT", carer.phone, 2).then().statusCode(422);

        String phone = Phones.next();
        String id =
                add(mother, "PARENT", phone, 2).then().statusCode(201).extract().path("id");
        Citizen.askForCode(phone).then().statusCode(429);
        agree(UUID.randomUUID().toString(), "123456").then().statusCode(404);
        agree(id, "999999").then().statusCode(422);
    }

    @Test
    void the_sixth_is_refused() {
        for (int i = 0; i < 5; i++) {
            add(born(3 + i), "CHILD", null, 2).then().statusCode(201);
        }
        add(born(9), "CHILD", null, 2).then().statusCode(409).body("rule", is("dependant.per-account"));
        carer.call().get("/v1/me/dependants").then().statusCode(200).body("items", hasSize(5));
    }

    @Test
    void the_same_again_is_the_same() {
        UUID child = born(5);
        String first =
                add(child, "CHILD", null, 2).then().statusCode(201).extract().path("id");

        add(child, "CHILD", null, 2).then().statusCode(201).body("id", is(first));
        add(self, "CHILD", null, 2).then().statusCode(422);
    }

    @Test
    void either_side_ends_it_at_once() {
        Patient grown = patients.adult();
        String phone = Phones.next();
        String id = add(grown.person(), "SPOUSE", phone, 2).then().extract().path("id");
        agree(id, codeSentTo(phone)).then().statusCode(200);
        book(grown.person(), slots.get(0)).then().statusCode(201);

        String carers = given().auth()
                .oauth2(grown.token())
                .get("/v1/me/carers")
                .then()
                .statusCode(200)
                .body("items.id", contains(id))
                .body("items[0].name", is(Masks.name("张小宁")))
                .extract()
                .path("items[0].id");
        given().auth()
                .oauth2(patients.adult().token())
                .delete("/v1/me/carers/" + carers)
                .then()
                .statusCode(404);
        given().auth()
                .oauth2(grown.token())
                .delete("/v1/me/carers/" + carers)
                .then()
                .statusCode(204);
        book(grown.person(), slots.get(1)).then().statusCode(404);
        carer.call()
                .get("/v1/me/appointments?personId=" + grown.person())
                .then()
                .statusCode(404);

        UUID child = born(6);
        String own =
                add(child, "CHILD", null, 2).then().statusCode(201).extract().path("id");
        carer.call().delete("/v1/me/dependants/" + own).then().statusCode(204);
        carer.call().delete("/v1/me/dependants/" + own).then().statusCode(404);
        book(child, slots.get(2)).then().statusCode(404);
    }

    @Test
    void the_person_sees_in_their_log_what_was_done_for_them() {
        Patient grown = patients.adult();
        String phone = Phones.next();
        String id = add(grown.person(), "SPOUSE", phone, 2).then().extract().path("id");
        agree(id, codeSentTo(phone)).then().statusCode(200);
        book(grown.person(), slots.get(0)).then().statusCode(201);

        given().auth()
                .oauth2(grown.token())
                .get("/v1/me/access-log?limit=50")
                .then()
                .statusCode(200)
                .body("items.action", hasItem("appointment.book"))
                .body("items.find { it.action == 'appointment.book' }.actor", is("家人或代办人"));
    }

    @Test
    void a_guardian_books_until_the_eighteenth_birthday() {
        UUID child = born(today.minusYears(18).plusDays(1));
        add(child, "CHILD", null, 2).then().statusCode(201).body("kind", is("MINOR"));
        book(child, slots.get(0)).then().statusCode(201);

        clock.set(today.plusDays(1).atTime(0, 0, 1).atZone(ZONE).toInstant());
        carer.call().get("/v1/me/appointments?personId=" + child).then().statusCode(404);
        carer.call().get("/v1/me/dependants").then().body("items", empty());
    }

    @Test
    void from_fourteen_on_a_child_with_an_account_is_asked() {
        UUID child = born(14);
        Citizen.named(child, 2);
        add(child, "CHILD", null, 2).then().statusCode(422);

        String phone = Phones.next();
        add(child, "CHILD", phone, 2)
                .then()
                .statusCode(201)
                .body("status", is("PENDING"))
                .body("kind", is("CONSENT"));
        UUID younger = born(today.minusYears(14).plusDays(1));
        Citizen.named(younger, 2);
        add(younger, "CHILD", null, 2).then().statusCode(201).body("status", is("ACTIVE"));
    }

    @Test
    void waiting_lists_are_entered_for_them_too() {
        LocalDate day = today.plusDays(4);
        Schedules full = Schedules.fresh().morning(day, 1, 1).say();
        String slot = given().get("/v1/slots?hospital=" + full.source())
                .then()
                .extract()
                .path("items[0].id");
        given().auth()
                .oauth2(patients.adult().token())
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(ContentType.JSON)
                .body(Map.of("slotId", slot))
                .post("/v1/appointments")
                .then()
                .statusCode(201);
        UUID child = born(8);
        add(child, "CHILD", null, 2).then().statusCode(201);

        String entry = carer.call()
                .contentType(ContentType.JSON)
                .body(Map.of("slotId", slot, "personId", child.toString()))
                .post("/v1/waiting-entries")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        carer.call()
                .get("/v1/me/waiting-entries?personId=" + child)
                .then()
                .statusCode(200)
                .body("items.id", contains(entry));
        carer.call().delete("/v1/waiting-entries/" + entry).then().statusCode(204);
    }

    @Test
    void a_child_is_never_added_by_somebody_elses_phone_and_the_try_counts() {
        UUID child = born(8);
        String parents = Phones.next();

        add(child, "CHILD", parents, 2).then().statusCode(422);
        carer.call().get("/v1/me/dependants").then().body("items", empty());
        book(child, slots.get(0)).then().statusCode(404);
        add(child, "CHILD", parents, 2).then().statusCode(422);
        add(child, "CHILD", parents, 2).then().statusCode(422);
        add(child, "CHILD", parents, 2).then().statusCode(429);
    }

    @Test
    void the_carers_own_phone_named_for_a_child_is_the_carers_own() {
        UUID child = born(8);
        Citizen.indexKnows(carer.phone, child, 2);
        add(child, "CHILD", "+86 " + carer.phone, 2).then().statusCode(201).body("status", is("ACTIVE"));
    }

    @Test
    void another_spelling_of_a_phone_is_the_same_phone() {
        UUID mother = born(70);
        add(mother, "PARENT", "+86" + carer.phone, 2).then().statusCode(422);
        add(mother, "PARENT", "01012345678", 2).then().statusCode(422).body("violations.field", hasItem("phone"));

        String phone = Phones.next();
        Citizen.indexKnows(phone, mother, 2);
        String id = add(mother, "PARENT", "0086-" + phone.substring(0, 3) + " " + phone.substring(3), 2)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        Citizen.askForCode(phone).then().statusCode(429);
        agree(id, codeSentTo(phone)).then().statusCode(200).body("status", is("ACTIVE"));
    }

    @Test
    void asked_twice_the_code_that_was_sent_stays_good() {
        UUID mother = born(70);
        String phone = Phones.next();
        String id =
                add(mother, "PARENT", phone, 2).then().statusCode(201).extract().path("id");
        String code = codeSentTo(phone);

        add(mother, "PARENT", phone, 2)
                .then()
                .statusCode(201)
                .body("id", is(id))
                .body("status", is("PENDING"));
        clock.move(Duration.ofMinutes(9));
        agree(id, code).then().statusCode(200).body("status", is("ACTIVE"));
    }

    @Test
    void asked_again_after_a_minute_another_code_is_sent_for_the_same_wish() {
        UUID mother = born(70);
        String phone = Phones.next();
        String id =
                add(mother, "PARENT", phone, 2).then().statusCode(201).extract().path("id");
        String first = codeSentTo(phone);

        clock.move(Duration.ofSeconds(61));
        add(mother, "PARENT", phone, 2).then().statusCode(201).body("id", is(id));
        String second = Eventually.get("another code", () -> {
            String code = codeSentTo(phone);
            return code.equals(first) ? null : code;
        });
        clock.move(Duration.ofMinutes(9).plusSeconds(30));
        agree(id, second).then().statusCode(200).body("status", is("ACTIVE"));
    }

    @Test
    void a_wish_whose_code_cannot_be_sent_leaves_the_older_one_as_it_was() {
        UUID mother = born(70);
        String phone = Phones.next();
        String id =
                add(mother, "PARENT", phone, 2).then().statusCode(201).extract().path("id");
        String code = codeSentTo(phone);
        String other = Phones.next();
        Citizen.askForCode(other).then().statusCode(202);

        add(mother, "PARENT", other, 2).then().statusCode(429);
        agree(id, code).then().statusCode(200).body("status", is("ACTIVE"));
    }

    @Test
    void whoever_adds_somebody_sweeps_their_own_only() {
        UUID grown = born(19);
        UUID relation = UUID.randomUUID();
        UUID elsewhere = UUID.randomUUID();
        run(
                "insert into account (id, phone_hash, phone) values ($1, $2, $2)",
                elsewhere,
                Buffer.buffer(relation.toString()));
        run(
                "insert into dependant (id, account, person, relation, kind, status, made_at, agreed_at)"
                        + " values ($1, $2, $3, 'CHILD', 'MINOR', 'ACTIVE', now(), now())",
                relation,
                elsewhere,
                grown);
        String status = "select status from dependant where id = $1";

        add(born(8), "CHILD", null, 2).then().statusCode(201);
        assertThat(rows(status, relation).getString(0)).isEqualTo("ACTIVE");
        dependants.sweep().await().indefinitely();
        assertThat(rows(status, relation).getString(0)).isEqualTo("ENDED");
    }

    @Test
    void a_child_who_is_merged_meanwhile_is_added_as_the_survivor() throws Exception {
        UUID child = born(8);
        UUID survivor = born(8);
        CompletableFuture<Response> adding = new CompletableFuture<>();
        pool.withTransaction(tx -> tx.preparedQuery("select 1 from person where id = $1 for update")
                        .execute(Tuple.of(child))
                        .invoke(() -> adding.completeAsync(() -> add(child, "CHILD", null, 2)))
                        .chain(() -> tx.query("select pg_sleep(1)").execute())
                        .chain(() -> tx.preparedQuery(
                                        "update person set status = 'MERGED', merged_into = $2 where id = $1")
                                .execute(Tuple.of(child, survivor))))
                .await()
                .indefinitely();

        adding.get().then().statusCode(201).body("person", is(survivor.toString()));
    }

    private List<UUID> toldOf(UUID person) {
        List<UUID> accounts = pool.withTransaction(tx -> notices.accountsOf(tx, person))
                .await()
                .indefinitely();
        assertThat(rows("select told_account($1)", person).getUUID(0))
                .isEqualTo(accounts.isEmpty() ? null : accounts.get(0));
        return accounts;
    }

    @Test
    void carers_are_told_only_of_people_without_an_account_and_beyond_doubt() {
        UUID child = born(8);
        add(child, "CHILD", null, 2).then().statusCode(201);
        UUID account =
                rows("select account from dependant where person = $1", child).getUUID(0);
        assertThat(toldOf(child)).containsExactly(account);

        run("update person set suspect = true where id = $1", child);
        assertThat(toldOf(child)).isEmpty();
        run(
                "update person set suspect = false, birth_date = $2 where id = $1",
                child,
                LocalDate.now(ZONE).minusYears(18)); // By the database's clock.
        assertThat(toldOf(child)).isEmpty();
        run("update dependant set kind = 'CONSENT' where person = $1", child);
        assertThat(toldOf(child)).containsExactly(account);
        Citizen.named(child, 2);
        assertThat(toldOf(child)).doesNotContain(account).hasSize(1);
        run("update account set status = 'SUSPENDED', suspended_for = 'SUSPECT' where person = $1", child);
        assertThat(toldOf(child)).isEmpty();
    }

    @Test
    void an_adult_is_told_that_somebody_booked_in_their_name_and_the_carer_too() {
        Patient grown = patients.adult();
        String phone = Phones.next();
        String id = add(grown.person(), "PARENT", phone, 2).then().extract().path("id");
        agree(id, codeSentTo(phone)).then().statusCode(200);
        String booking = book(grown.person(), slots.get(0))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        UUID account = rows("select account from dependant where id = $1", UUID.fromString(id))
                .getUUID(0);

        Eventually.isTrue(
                "both are told",
                () -> told("booking-made:" + booking + ":" + grown.account()) == 1
                        && told("booking-made:" + booking + ":" + account) == 1);
    }

    private static long told(String key) {
        return Neighbours.NOTIFICATION.asked("POST", "/v1/notices").stream()
                .filter(asked -> asked.body().contains(key))
                .count();
    }

    private void run(String sql, Object... parameters) {
        pool.preparedQuery(sql).execute(Tuple.from(parameters)).await().indefinitely();
    }

    private Row rows(String sql, Object parameter) {
        return pool.preparedQuery(sql)
                .execute(Tuple.of(parameter))
                .await()
                .indefinitely()
                .iterator()
                .next();
    }
}
