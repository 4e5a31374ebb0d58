package cn.kangka.empi.linking;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.empi.matching.model.ModelReader;
import cn.kangka.empi.testing.Adt;
import cn.kangka.empi.testing.Patient;
import cn.kangka.empi.testing.Region;
import cn.kangka.empi.testing.Registrar;
import cn.kangka.empi.testing.Until;
import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A second model that watches: it joins what the first asks about, and nobody whose phones differ. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@TestProfile(ShadowTest.Watched.class)
class ShadowTest {
    private static final AtomicInteger CHARTS = new AtomicInteger();

    @Inject
    Region region;

    /** The region's own model with another threshold and one more veto. */
    public static class Watched implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            String model = resource("chinese.yaml")
                    .replace("link: 0.9,", "link: 0.31,")
                    .replace("vetoes:\n", "vetoes:\n  - name: another phone\n    when: {phone: [else]}\n");
            // What training would change by one more veto does not matter here: the region's figures serve.
            String parameters = resource("chinese.parameters.yaml")
                    .replaceFirst(
                            "fingerprint: .*",
                            "fingerprint: '" + ModelReader.read(model).fingerprint() + "'");
            return Map.of(
                    "kangka.linking.shadow.model-file", file(model),
                    "kangka.linking.shadow.parameters-file", file(parameters));
        }

        private static String resource(String name) {
            try (InputStream own = Watched.class.getResourceAsStream("/linkage/" + name)) {
                return new String(own.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static String file(String text) {
            try {
                Path file = Files.createTempFile(Path.of("target"), "watched", ".yaml");
                return Files.writeString(file, text).toAbsolutePath().toString();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void what_the_shadow_would_join_is_reported_and_not_done() throws Exception {
        Patient patient = patient("张伟", "19840419");
        UUID known = register("H001", patient);
        UUID alone = register("H003", patient.withResidentId("").withPhone("").withStreet(""));
        assertThat(alone).isNotEqualTo(known);
        verdict(known, alone, "JOIN");
        assertThat(models().getLong("differences.JOIN")).isPositive();
        assertThat(active(known, alone)).isEqualTo(2);
        JsonPath joins = Registrar.asks()
                .get("/v1/linkage/differences?verdict=JOIN&limit=200")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(joins.getList("items.one.name", String.class)).isNotEmpty().allSatisfy(name -> assertThat(name)
                .contains("*"));
    }

    @Test
    void what_the_shadow_would_part_or_ask_about_anew_is_reported() throws Exception {
        Patient patient = patient("尉迟文婧", "19860923");
        UUID person = register("H001", patient);
        assertThat(register("H003", patient.withPhone(Adt.phone()))).isEqualTo(person);
        verdict(person, person, "PART");
        assertThat(active(person, person)).isEqualTo(1);
    }

    @Test
    void a_difference_goes_when_its_reason_goes() throws Exception {
        Patient patient = patient("张伟", "19850520");
        UUID known = register("H001", patient);
        String chart = "SH" + CHARTS.incrementAndGet();
        Patient meagre = patient.withResidentId("").withPhone("").withStreet("");
        UUID alone = region.personOf(region.send(Adt.register("H003", "A28", chart, meagre)));
        verdict(known, alone, "JOIN");
        region.send(Adt.register("H003", "A08", chart, patient));
        Until.good(() -> differences(known, known), List::isEmpty);
    }

    @Test
    void identities_that_were_there_before_the_shadow_are_scored_as_well() throws Exception {
        UUID known = register("H001", patient("欧阳兰", "19711111"));
        String version = models().getString("shadow.version");
        assertThat(models().getString("live.version")).isNotEqualTo(version);
        region.rows("update linkage_model set keyed = false, keyed_to = null where version = $1", version);
        Until.good(
                () -> region.rows("select 1 from linkage_model where version = $1 and keyed", version),
                rows -> !rows.isEmpty());
        Until.good(() -> models().getLong("waiting"), waiting -> waiting == 0);
        assertThat(known).isNotNull();
        assertThat(region.rows("select 1 from audit_entry where action = 'linkage.model' and object = $1", version))
                .hasSize(1);
    }

    @Test
    void pages_show_every_pair_once_though_one_transaction_found_them() {
        UUID one = UUID.randomUUID();
        region.rows(
                "insert into shadow_difference (model, one, other, verdict, probability)"
                        + " select $1, least($2::uuid, i.id), greatest($2::uuid, i.id), 'CLEAR', 0"
                        + " from (select gen_random_uuid() as id from generate_series(1, 7)) i",
                models().getString("shadow.version"),
                one);
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonPath page = Registrar.asks()
                    .get("/v1/linkage/differences?verdict=CLEAR&limit=2&cursor=" + cursor)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            seen.addAll(page.getList("items.foundAt", String.class));
            cursor = page.getString("next");
        } while (cursor != null);
        assertThat(seen).hasSize(models().getInt("differences.CLEAR"));
    }

    private void verdict(UUID one, UUID other, String expected) {
        Until.good(() -> differences(one, other), List.of(expected)::equals);
    }

    private List<String> differences(UUID one, UUID other) {
        return region
                .rows(
                        "select d.verdict from shadow_difference d join link a on a.identity = d.one"
                                + " join link b on b.identity = d.other where a.ended_at is null and b.ended_at is null"
                                + " and (a.person = $1 and b.person = $2 or a.person = $2 and b.person = $1)",
                        one,
                        other)
                .stream()
                .map(row -> row.getString(0))
                .toList();
    }

    private int active(UUID one, UUID other) {
        return region.rows("select 1 from person where id in ($1, $2) and status = 'ACTIVE'", one, other)
                .size();
    }

    private static JsonPath models() {
        return Registrar.asks()
                .get("/v1/linkage/models")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private UUID register(String source, Patient patient) throws IOException {
        return region.personOf(region.send(Adt.register(source, "A28", "SH" + CHARTS.incrementAndGet(), patient)));
    }

    private static Patient patient(String name, String birth) {
        return new Patient(
                name, birth, "M", Adt.residentId(birth), Adt.phone(), "湖滨路" + CHARTS.incrementAndGet() + "号");
    }
}
