package cn.kangka.empi.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.empi.hl7.Hl7Message;
import cn.kangka.empi.testing.Adt;
import cn.kangka.empi.testing.HospitalsResource;
import cn.kangka.empi.testing.Region;
import cn.kangka.kit.sealing.Sealer;
import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clinical messages over a real socket, and what api is told of them. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(HospitalsResource.class)
class ClinicalTest {
    @Inject
    Region region;

    @Inject
    Sealer sealer;

    @Test
    void a_report_of_somebody_unknown_makes_a_provisional_identity_and_is_handed_on() throws Exception {
        Hl7Message ack = region.send(sample("oru", "R-1"));
        assertThat(Region.verdict(ack)).isEqualTo("AA");
        String identity = region.identityOf(ack).toString();
        List<Row> events = events(identity);
        assertThat(events).hasSize(1);
        JsonObject data = data(events.get(0));
        assertThat(data.getString("identity")).isEqualTo(identity);
        assertThat(data.getString("source")).isEqualTo("H001");
        assertThat(data.getString("message")).isEqualTo(messageOf(ack));
        JsonObject report = data.getJsonObject("bundle")
                .getJsonArray("entry")
                .getJsonObject(0)
                .getJsonObject("resource");
        assertThat(report.getString("resourceType")).isEqualTo("DiagnosticReport");
        assertThat(report.getJsonObject("subject").getString("reference")).isEqualTo("Patient/" + identity);
    }

    @Test
    void versions_about_an_identity_grow_in_the_order_of_the_outbox() throws Exception {
        Hl7Message first = region.send(sample("oru", "R-2"));
        region.send(sample("rde", "R-2"));
        region.send(sample("allergy", "R-2"));
        region.send(sample("visit", "R-2"));
        List<Row> events = events(region.identityOf(first).toString());
        assertThat(events)
                .extracting(row -> row.getString("type"))
                .containsExactly("clinical.bundle", "clinical.bundle", "clinical.bundle", "visit.reported");
        assertThat(events).extracting(row -> row.getLong("version")).isSorted().doesNotHaveDuplicates();
        assertThat(data(events.get(3)).getString("kind")).isEqualTo("ARRIVED");
    }

    @Test
    void what_is_only_kept_is_resolved_and_acknowledged_without_an_event() throws Exception {
        Hl7Message order = region.send(sample("rde", "R-3").replace("RDE^O11^RDE_O11", "RAS^O17^RAS_O17"));
        assertThat(Region.verdict(order)).isEqualTo("AA");
        assertThat(region.personOf(order)).isNotNull();
        assertThat(events(region.identityOf(order).toString())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"order", "orm", "rds", "mdm", "ref", "siu"})
    void orders_dispenses_documents_referrals_and_appointments_are_handed_on(String kind) throws Exception {
        Hl7Message ack = region.send(sample(kind, "R-4"));
        assertThat(Region.verdict(ack)).isEqualTo("AA");
        List<String> expected = new JsonObject(Files.readString(Path.of("src/test/resources/fhir/" + kind + ".json")))
                .getJsonArray("entry").stream()
                        .map(entry ->
                                ((JsonObject) entry).getJsonObject("resource").getString("resourceType"))
                        .toList();
        List<Row> events = events(region.identityOf(ack).toString());
        JsonObject data = data(events.get(events.size() - 1));
        assertThat(data.getString("message")).isEqualTo(messageOf(ack));
        assertThat(data.getJsonObject("bundle").getJsonArray("entry").stream()
                        .map(entry ->
                                ((JsonObject) entry).getJsonObject("resource").getString("resourceType")))
                .isEqualTo(expected);
    }

    @Test
    void staff_are_handed_on_by_hospital_and_staff_without_keys_are_refused() throws Exception {
        long before = directory();
        assertThat(Region.verdict(region.send(sample("mfn", "")))).isEqualTo("AA");
        assertThat(directory()).isEqualTo(before + 1);
        Hl7Message refused =
                region.send(sample("mfn", "").replaceAll("MFE\\|.*\r", "").replaceAll("STF\\|D7\\d\\|D7\\d", "STF||"));
        assertThat(Region.verdict(refused)).isEqualTo("AE");
        assertThat(refused.segment("ERR").orElseThrow().value(2)).isEqualTo("STF");
        assertThat(directory()).isEqualTo(before + 1);
    }

    private static String sample(String name, String localId) throws IOException {
        return Files.readString(Path.of("src/test/resources/fhir/" + name + ".hl7"))
                .replace('\n', '\r')
                .replace("|P77^", "|" + localId + "^")
                .replaceFirst("\\|(ORU|ADT|RDE|MFN|OML|ORM|RDS|MDM|REF|SIU)-\\d\\|P\\|", "|" + Adt.control() + "|P|");
    }

    private List<Row> events(String aggregate) {
        return region.rows(
                "select type, version, payload from outbox where destination = 'api' and aggregate = $1 order by id",
                aggregate);
    }

    private long directory() {
        return region.rows("select count(*) from outbox where type = 'directory.bundle' and aggregate = 'H001'")
                .get(0)
                .getLong(0);
    }

    private String messageOf(Hl7Message ack) {
        return region.rows(
                        "select id from message where control_id = $1",
                        ack.segment("MSA").orElseThrow().value(2))
                .get(0)
                .getUUID(0)
                .toString();
    }

    private JsonObject data(Row row) {
        return new JsonObject(
                new String(sealer.openBytes("outbox", row.getBuffer("payload").getBytes()), StandardCharsets.UTF_8));
    }
}
