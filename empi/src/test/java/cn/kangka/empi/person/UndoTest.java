package cn.kangka.empi.person;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import cn.kangka.empi.testing.Adt;
import cn.kangka.empi.testing.Patient;
import cn.kangka.empi.testing.Region;
import cn.kangka.empi.testing.Registrar;
import cn.kangka.sandbox.testing.RegionResource;
import cn.kangka.sandbox.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Taking back what was done to persons. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
class UndoTest {
    private static final AtomicInteger CHARTS = new AtomicInteger();

    @Inject
    Region region;

    /** A chart in the index. */
    private record Chart(UUID person, UUID identity, String localId) {}

    @Test
    void a_merge_that_was_a_slip_leaves_no_trace_in_who_is_who() throws Exception {
        Chart one = register("H001", patient("顾明", "19810405"));
        Chart other = register("H003", patient("贺兰", "19920607"));
        List<String> before = state(one, other);
        Registrar.merge(other.person(), one.person()).statusCode(200);
        assertThat(state(one, other)).isNotEqualTo(before);
        Registrar.history(one.person())
                .body("items", hasSize(1))
                .body("items[0].kind", equalTo("MERGE"))
                .body("items[0].by", equalTo("registrar-1"))
                .body("items[0].undone", equalTo(false));
        Registrar.undoLast(one.person())
                .statusCode(200)
                .body("person", equalTo(other.person().toString()));
        assertThat(state(one, other)).isEqualTo(before);
        assertThat(openCards(one.person())).isEqualTo(1);
        assertThat(openCards(other.person())).isEqualTo(1);
        Registrar.history(other.person())
                .body("items.kind", equalTo(List.of("UNDO", "MERGE")))
                .body("items[1].undone", equalTo(true));
        Registrar.undoLast(one.person()).statusCode(409).body("type", endsWith("/problems/undo-impossible"));
        assertThat(region.rows(
                        "select 1 from audit_entry where action = 'person.undo' and person = $1", other.person()))
                .hasSize(1);
        Registrar.undo(UUID.randomUUID().toString()).statusCode(404);
    }

    @Test
    void the_card_that_came_over_with_a_merge_goes_back_to_its_holder() throws Exception {
        Chart older = register("H001", patient("宁远", "19810405"));
        Chart younger = register("H003", patient("殷红", "19920607"));
        UUID card = card(older.person());
        given().auth()
                .oauth2(TestTokens.service("api", "empi"))
                .contentType("application/json")
                .body(Map.of("person", younger.person(), "channel", "APP"))
                .post("/v1/cards/" + card(younger.person()) + "/loss")
                .then()
                .statusCode(200);
        Registrar.merge(older.person(), younger.person()).statusCode(200);
        assertThat(card(younger.person())).isEqualTo(card);
        Registrar.undoLast(older.person()).statusCode(200);
        assertThat(card(older.person())).isEqualTo(card);
        assertThat(openCards(younger.person())).isEqualTo(1);
    }

    @Test
    void what_is_undone_after_a_while_is_reviewed() throws Exception {
        Chart one = register("H001", patient("顾明", "19810405"));
        Chart other = register("H003", patient("贺兰", "19920607"));
        Registrar.merge(other.person(), one.person()).statusCode(200);
        region.rows("update person_event set at = at - interval '11 minutes' where person = $1", one.person());
        Registrar.undoLast(one.person()).statusCode(200);
        assertThat(region.rows("select 1 from person where suspect and id in ($1, $2)", one.person(), other.person()))
                .hasSize(2);
    }

    @Test
    void a_split_is_undone_as_if_it_had_never_been() throws Exception {
        Patient patient = patient("卫青", "19770707");
        Chart stays = register("H001", patient);
        Chart leaves = register("H003", patient);
        assertThat(leaves.person()).isEqualTo(stays.person());
        List<String> before = state(stays, leaves);
        String fresh = Registrar.split(stays.person(), Set.of(leaves.identity()))
                .statusCode(200)
                .extract()
                .path("person");
        Registrar.undoLast(stays.person()).statusCode(200).body("person", equalTo(fresh));
        assertThat(state(stays, leaves)).isEqualTo(before);
        assertThat(region.rows("select merged_into from person where id = $1", UUID.fromString(fresh))
                        .get(0)
                        .getUUID(0))
                .isEqualTo(stays.person());
        assertThat(openCards(stays.person())).isEqualTo(1);
    }

    @Test
    void a_merge_by_hand_forgets_what_kept_them_apart_until_it_is_undone() throws Exception {
        Patient patient = patient("卫青", "19770707");
        Chart stays = register("H001", patient);
        Chart leaves = register("H003", patient);
        String fresh = Registrar.split(stays.person(), Set.of(leaves.identity()))
                .statusCode(200)
                .extract()
                .path("person");
        assertThat(apart(stays, leaves)).hasSize(1);
        Registrar.merge(UUID.fromString(fresh), stays.person()).statusCode(200);
        assertThat(apart(stays, leaves)).isEmpty();
        Registrar.undoLast(stays.person()).statusCode(200);
        assertThat(apart(stays, leaves)).hasSize(1);
    }

    @Test
    void what_a_rule_joined_and_a_human_parted_no_rule_joins_again() throws Exception {
        Patient before = patient("李静", "19660130");
        Patient after =
                before.withName("李婧").withResidentId("").withPhone(Adt.phone()).withStreet("文三西路西溪花园8幢");
        Chart older = register("H001", before);
        Chart younger = register("H003", after);
        assertThat(younger.person()).isNotEqualTo(older.person());
        register("C001", after.withResidentId(before.residentId()));
        assertThat(personOf(younger)).isEqualTo(older.person());
        Registrar.history(older.person())
                .body("items[0].kind", equalTo("MERGE"))
                .body("items[0].manual", equalTo(false));
        Registrar.undoLast(older.person()).statusCode(200);
        assertThat(personOf(younger)).isEqualTo(younger.person());
        region.send(Adt.register("H003", "A08", younger.localId(), after.withPhone(before.phone())));
        assertThat(personOf(younger)).isEqualTo(younger.person());
    }

    @Test
    void what_came_later_is_undone_first() throws Exception {
        Chart one = register("H001", patient("甘露", "19810405"));
        Chart two = register("H003", patient("祁连", "19920607"));
        Chart three = register("C001", patient("上官云", "20010809"));
        Registrar.merge(two.person(), one.person()).statusCode(200);
        String first = Registrar.history(two.person()).extract().path("items[0].event");
        Registrar.merge(one.person(), three.person()).statusCode(200);
        Registrar.undo(first).statusCode(409).body("type", endsWith("/problems/undo-impossible"));
        Registrar.undoLast(three.person()).statusCode(200);
        Registrar.undo(first).statusCode(200);
        assertThat(List.of(personOf(one), personOf(two), personOf(three)))
                .containsExactly(one.person(), two.person(), three.person());
    }

    @Test
    void charts_that_their_hospital_merged_are_not_parted() throws Exception {
        Patient patient = patient("甘露", "19810405");
        Chart kept = register("H001", patient);
        Chart gone = register("H001", patient("祁连", "19920607"));
        region.send(Adt.merge("H001", kept.localId(), patient, gone.localId()));
        assertThat(personOf(gone)).isEqualTo(kept.person());
        Registrar.undoLast(kept.person()).statusCode(409).body("type", endsWith("/problems/undo-impossible"));
    }

    /** Whatever a registrar did, taking back the last thing gives the state before it, down to the first. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void anything_done_is_undone_step_by_step(long seed) throws Exception {
        Random random = new Random(seed);
        List<Chart> charts = new ArrayList<>();
        for (String name : List.of("甘露", "祁连", "上官云", "顾明", "贺兰")) {
            charts.add(register("H001", patient(name, "19" + (50 + charts.size()) + "0607")));
        }
        Deque<List<String>> states = new ArrayDeque<>();
        Deque<String> events = new ArrayDeque<>();
        for (int step = 0; step < 6; step++) {
            states.push(state(charts));
            events.push(lastEvent(change(charts, random)));
        }
        while (!events.isEmpty()) {
            Registrar.undo(events.pop()).statusCode(200);
            assertThat(state(charts)).isEqualTo(states.pop());
        }
    }

    /** Joins two persons, or parts one; who was changed. */
    private UUID change(List<Chart> charts, Random random) {
        Map<UUID, List<Chart>> byPerson = charts.stream().collect(Collectors.groupingBy(this::personOf));
        List<UUID> persons = byPerson.keySet().stream().sorted().collect(Collectors.toCollection(ArrayList::new));
        Collections.shuffle(persons, random);
        Optional<UUID> several = persons.stream()
                .filter(person -> byPerson.get(person).size() > 1)
                .findFirst();
        if (several.isPresent() && (persons.size() == 1 || random.nextBoolean())) {
            Chart leaving = byPerson.get(several.get())
                    .get(random.nextInt(byPerson.get(several.get()).size()));
            Registrar.split(several.get(), Set.of(leaving.identity())).statusCode(200);
            return several.get();
        }
        Registrar.merge(persons.get(0), persons.get(1)).statusCode(200);
        return persons.get(1);
    }

    private static String lastEvent(UUID person) {
        return Registrar.history(person).extract().path("items[0].event");
    }

    private List<String> state(List<Chart> charts) {
        return charts.stream().flatMap(chart -> state(chart, chart).stream()).toList();
    }

    private Chart register(String source, Patient patient) throws IOException {
        String localId = "UN" + CHARTS.incrementAndGet();
        var answer = region.send(Adt.register(source, "A28", localId, patient));
        return new Chart(region.personOf(answer), region.identityOf(answer), localId);
    }

    private static Patient patient(String name, String birth) {
        return new Patient(
                name, birth, "M", Adt.residentId(birth), Adt.phone(), "湖滨路" + CHARTS.incrementAndGet() + "号");
    }

    /** Who is who: of both charts and their persons. */
    private List<String> state(Chart one, Chart other) {
        return region
                .rows(
                        "select l.identity, l.person, l.decided_by, l.rule, p.status, p.suspect,"
                                + " (select count(*) from link a where a.person = p.id and a.ended_at is null) as charts,"
                                + " (select count(*) from not_same) as apart"
                                + " from link l join person p on p.id = l.person where l.ended_at is null"
                                + " and l.identity in ($1, $2) order by l.identity",
                        one.identity(),
                        other.identity())
                .stream()
                .map(Row::toJson)
                .map(Object::toString)
                .toList();
    }

    private UUID personOf(Chart chart) {
        return region.rows("select person from link where ended_at is null and identity = $1", chart.identity())
                .get(0)
                .getUUID(0);
    }

    private List<Row> apart(Chart one, Chart other) {
        return region.rows(
                "select 1 from not_same where one in ($1, $2) and other in ($1, $2)", one.identity(), other.identity());
    }

    private UUID card(UUID person) {
        return region.rows("select id from card where person = $1 and status = 'ACTIVE'", person)
                .get(0)
                .getUUID(0);
    }

    private int openCards(UUID person) {
        return region.rows("select 1 from card where person = $1 and kind = 'REGIONAL' and status = 'ACTIVE'", person)
                .size();
    }
}
