package cn.kangka.empi.linking;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.empi.hl7.Hl7Message;
import cn.kangka.empi.testing.Adt;
import cn.kangka.empi.testing.Patient;
import cn.kangka.empi.testing.Region;
import cn.kangka.empi.testing.Until;
import cn.kangka.sandbox.testing.RegionResource;
import cn.kangka.sandbox.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the region's own model makes of patients that come in one by one. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
class LinkingTest {
    private static final List<String> SOURCES = List.of("H001", "H003", "C001", "C002");
    private static final AtomicInteger CHARTS = new AtomicInteger();

    @Inject
    Region region;

    @Test
    void a_misheard_name_and_another_phone_are_still_the_same_human() throws Exception {
        Patient patient = patient("尉迟文婧", "19860923");
        UUID person = register(patient);
        assertThat(register(patient.withName("尉迟文静").withPhone(Adt.phone()))).isEqualTo(person);
    }

    @Test
    void a_mistyped_id_is_a_typo_and_a_valid_one_another_human() throws Exception {
        Patient patient = patient("欧阳振宇", "19720308");
        UUID person = register(patient);
        String id = patient.residentId();
        String typo = id.substring(0, 17) + (id.charAt(17) == '0' ? '1' : '0');
        assertThat(register(patient.withResidentId(typo))).isEqualTo(person);
        UUID brother = register(patient.withName("欧阳振华").withResidentId(Adt.residentId("19720308")));
        assertThat(brother).isNotEqualTo(person);
    }

    @Test
    void papers_that_somebody_else_shows_join_nobody() throws Exception {
        Patient patient = patient("慕容雪", "19910714").withSex("F");
        UUID person = register(patient);
        UUID cousin = register(patient.withName("祝明").withBirth("19780102").withSex("M"));
        assertThat(cousin).isNotEqualTo(person);
    }

    @Test
    void who_shares_too_little_waits_for_a_human_until_more_is_known() throws Exception {
        Patient patient = patient("张伟", "19830419");
        UUID known = register(patient);
        String chart = chart();
        Patient meagre = patient.withResidentId("").withPhone("").withStreet("");
        UUID alone = send("H003", "A28", chart, meagre);
        assertThat(alone).isNotEqualTo(known);
        assertThat(tasks(known, alone)).hasSize(1).allSatisfy(task -> {
            assertThat(task.getString("state")).isEqualTo("OPEN");
            assertThat(task.getDouble("probability")).isBetween(.3, .9);
        });
        send("H003", "A08", chart, meagre);
        assertThat(tasks(known, alone)).hasSize(1);
        UUID now = send("H003", "A08", chart, patient);
        assertThat(now).isEqualTo(known);
        assertThat(tasks(known, known)).hasSize(1).allSatisfy(task -> assertThat(task.getString("state"))
                .isEqualTo("SETTLED"));
    }

    @Test
    void one_chart_may_show_that_two_persons_are_one_and_the_older_id_stays() throws Exception {
        Patient before = patient("李静", "19660130").withSex("F");
        Patient after =
                before.withName("李婧").withResidentId("").withPhone(Adt.phone()).withStreet("文三西路西溪花园" + number() + "幢");
        UUID older = register(before);
        UUID younger = register(after);
        assertThat(younger).isNotEqualTo(older);
        UUID bridge = register(after.withResidentId(before.residentId()));
        assertThat(bridge).isEqualTo(older);
        Row gone = region.rows("select status, merged_into from person where id = $1", younger)
                .get(0);
        assertThat(gone.getString(0)).isEqualTo("MERGED");
        assertThat(gone.getUUID(1)).isEqualTo(older);
        assertThat(region.rows("select 1 from person_event where kind = 'MERGE' and person = $1", older))
                .hasSize(1);
    }

    @Test
    void who_may_be_either_of_two_people_is_nobodys_guess() throws Exception {
        Patient one = patient("王建国", "19720605");
        UUID first = register(one);
        UUID namesake = register(one.withResidentId(Adt.residentId("19720605")));
        assertThat(namesake).isNotEqualTo(first);
        UUID either = register(one.withResidentId(""));
        assertThat(either).isNotIn(first, namesake);
        assertThat(tasks(first, either)).hasSize(1);
        assertThat(tasks(namesake, either)).hasSize(1);
        assertThat(register(one)).isEqualTo(first);
    }

    @Test
    void whom_a_human_parted_no_message_brings_together() throws Exception {
        Patient patient = patient("司徒建国", "19580825");
        UUID person = register(patient);
        String chart = chart();
        Hl7Message joined = region.send(Adt.register("H003", "A28", chart, patient));
        assertThat(region.personOf(joined)).isEqualTo(person);
        UUID fresh = split(person, region.identityOf(joined));
        assertThat(send("H003", "A08", chart, patient.withPhone(Adt.phone()))).isEqualTo(fresh);
        UUID third = register(patient);
        assertThat(third).as("the phone tells which").isEqualTo(person);
        assertThat(region.rows("select 1 from person where id in ($1, $2) and status = 'ACTIVE'", person, fresh))
                .hasSize(2);
        assertThat(tasks(person, fresh)).isEmpty();
    }

    @Test
    void new_data_move_a_chart_only_to_somebody_who_fits_clearly_better() throws Exception {
        Patient one = patient("诸葛明月", "19890606").withSex("F");
        Patient other = patient("端木磊", "19750212");
        UUID first = register(one);
        UUID second = register(other);
        String chart = chart();
        assertThat(send("C001", "A28", chart, one)).isEqualTo(first);
        assertThat(send("C001", "A08", chart, patient("夏侯兰", "19470909"))).isEqualTo(first);
        assertThat(send("C001", "A08", chart, other)).isEqualTo(second);
        assertThat(region.rows(
                        "select decided_by from person_event where kind = 'MOVE' and person = $1 and other = $2",
                        second,
                        first))
                .hasSize(1);
        assertThat(region.rows("select 1 from person where id = $1 and status = 'ACTIVE'", first))
                .hasSize(1);
    }

    @Test
    void identities_from_before_the_model_get_its_keys() throws Exception {
        Patient patient = patient("宇文昊然", "20010101").withResidentId("");
        Hl7Message known = region.send(Adt.register("H001", "A28", chart(), patient));
        UUID old = region.identityOf(known);
        region.rows("delete from identity_key where identity = $1", old);
        region.rows("update linkage_model set keyed = false, keyed_to = null");
        Until.good(
                () -> region.rows("select 1 from identity_key where identity = $1", old)
                        .size(),
                keys -> keys > 0);
        assertThat(register(patient)).isEqualTo(region.personOf(known));
    }

    @Test
    void the_model_in_use_is_kept_whole_and_audited() {
        List<Row> models = region.rows("select version, name, model, parameters from linkage_model");
        assertThat(models).hasSize(1);
        Row model = models.get(0);
        assertThat(model.getString("name")).isEqualTo("chinese");
        assertThat(new Engine(model.getString("model"), model.getString("parameters")).version())
                .isEqualTo(model.getString("version"));
        assertThat(region.rows(
                        "select 1 from audit_entry where action = 'linkage.model' and object = $1",
                        model.getString("version")))
                .hasSize(1);
    }

    @Test
    void hundreds_of_parallel_feeds_of_the_same_people_make_no_twins() throws Exception {
        int humans = 40;
        int copies = 12;
        List<Patient> people = new ArrayList<>();
        for (int human = 0; human < humans; human++) {
            people.add(patient("令狐" + (char) ('一' + 97 * human), "19" + (50 + human) + "0417"));
        }
        ExecutorService senders = Executors.newFixedThreadPool(20);
        List<List<Future<UUID>>> persons = new ArrayList<>();
        people.forEach(each -> persons.add(new ArrayList<>()));
        for (int copy = 0; copy < copies; copy++) {
            for (int human = 0; human < humans; human++) {
                Patient told = variant(people.get(human), copy);
                persons.get(human).add(senders.submit(() -> register(told)));
            }
        }
        Set<UUID> all = new HashSet<>();
        for (List<Future<UUID>> ofOne : persons) {
            for (Future<UUID> told : ofOne) {
                all.add(told.get());
            }
        }
        senders.shutdown();
        List<Row> active = region.rows(
                "select id from person where status = 'ACTIVE' and id = any($1)", (Object) all.toArray(UUID[]::new));
        assertThat(active).hasSize(humans);
        assertThat(region.rows(
                        "select identity from link where ended_at is null group by identity having count(*) > 1"))
                .isEmpty();
    }

    /** The same human as others write them down: with papers, or by name, birth date and phone, or at a new address. */
    private static Patient variant(Patient human, int copy) {
        return switch (copy % 4) {
            case 1 -> human.withResidentId("");
            case 2 -> human.withPhone("");
            case 3 -> human.withStreet("湖滨路" + number() + "号");
            default -> human;
        };
    }

    private static Patient patient(String name, String birth) {
        return new Patient(name, birth, "M", Adt.residentId(birth), Adt.phone(), "延安路" + number() + "号");
    }

    private static String chart() {
        return "L" + CHARTS.incrementAndGet();
    }

    private static int number() {
        return 1000 + CHARTS.incrementAndGet();
    }

    private UUID register(Patient patient) throws IOException {
        int number = CHARTS.incrementAndGet();
        return send(SOURCES.get(number % SOURCES.size()), "A28", "L" + number, patient);
    }

    private UUID send(String source, String trigger, String chart, Patient patient) throws IOException {
        return region.personOf(region.send(Adt.register(source, trigger, chart, patient)));
    }

    private static UUID split(UUID person, UUID leaving) {
        String fresh = given().auth()
                .oauth2(TestTokens.staff("registrar-1", "registrar"))
                .contentType("application/json")
                .body(Map.of("identities", List.of(leaving), "reason", "两人共用证件", "by", "registrar-1"))
                .post("/v1/persons/" + person + "/split")
                .then()
                .statusCode(200)
                .extract()
                .path("person");
        return UUID.fromString(fresh);
    }

    private List<Row> tasks(UUID one, UUID other) {
        return region.rows(
                "select t.state, t.probability, t.veto from review_task t join link a on a.identity = t.one"
                        + " join link b on b.identity = t.other where a.ended_at is null and b.ended_at is null"
                        + " and (a.person = $1 and b.person = $2 or a.person = $2 and b.person = $1)",
                one,
                other);
    }
}
