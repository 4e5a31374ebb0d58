package cn.kangka.empi.linking;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.empi.hl7.Hl7Message;
import cn.kangka.empi.hl7.Repetition;
import cn.kangka.empi.testing.Adt;
import cn.kangka.empi.testing.Region;
import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
class ChartEventsTest {
    private static final String BIRTH = "19660606";

    @Inject
    Region region;

    @Test
    void a40_joins_two_charts_and_the_old_id_is_no_longer_answered() throws Exception {
        UUID survivor = register("H001", "M1", "尤一");
        UUID other = register("H001", "M2", "尤二");
        assertThat(other).isNotEqualTo(survivor);
        Hl7Message ack = region.send(event("A40", "M1") + "MRG|M2^^^H001^MR\r");
        assertThat(Region.verdict(ack)).isEqualTo("AA");
        assertThat(region.personOf(ack)).isEqualTo(survivor);
        Hl7Message found = pix("M1");
        assertThat(found.segment("PID").orElseThrow().repetitions(3).stream().map(each -> each.component(1)))
                .containsExactly("M1", "M2");
        Hl7Message old = pix("M2");
        assertThat(Region.verdict(old)).isEqualTo("AE");
        assertThat(old.segment("ERR").orElseThrow().rawField(2)).isEqualTo("QPD^1^3^1^1");
        assertThat(old.segment("QAK").orElseThrow().value(2)).isEqualTo("AE");
    }

    @Test
    void a_late_result_for_a_merged_chart_reaches_the_survivor_and_a_registration_is_refused() throws Exception {
        register("H001", "L1", "许一");
        register("H001", "L2", "许二");
        Hl7Message merged = region.send(event("A40", "L1") + "MRG|L2^^^H001^MR\r");
        Hl7Message late = region.send(event("A03", "L2"));
        assertThat(region.identityOf(late)).isEqualTo(region.identityOf(merged));
        Hl7Message again = region.send(Adt.register("H001", "A28", "L2", "", "许二", BIRTH, Adt.phone()));
        assertThat(Region.verdict(again)).isEqualTo("AE");
        assertThat(again.segment("ERR").orElseThrow().rawField(2)).isEqualTo("PID^1^3^1^1");
    }

    @Test
    void a24_links_and_a37_unlinks() throws Exception {
        UUID first = register("H001", "K1", "何一");
        register("H001", "K2", "何二");
        String pair = "PID|2||K2^^^H001^MR\r";
        assertThat(Region.verdict(region.send(event("A24", "K1") + pair))).isEqualTo("AA");
        assertThat(personOfChart("K2")).isEqualTo(first);
        assertThat(Region.verdict(region.send(event("A37", "K1") + pair))).isEqualTo("AA");
        assertThat(personOfChart("K2")).isNotEqualTo(first);
        assertThat(personOfChart("K1")).isEqualTo(first);
    }

    @Test
    void a47_renumbers_a_chart() throws Exception {
        UUID person = register("H001", "N1", "吕一");
        Hl7Message ack = region.send(event("A47", "N2") + "MRG|N1^^^H001^MR\r");
        assertThat(Region.verdict(ack)).isEqualTo("AA");
        assertThat(personOfChart("N2")).isEqualTo(person);
        assertThat(Region.verdict(pix("N1"))).isEqualTo("AE");
    }

    @Test
    void what_is_not_kept_here_is_refused_by_name() throws Exception {
        register("H001", "O1", "施一");
        for (String trigger : List.of("A41", "A45")) {
            Hl7Message answer = region.send(event(trigger, "O1") + "MRG|O1^^^H001^MR||V2\r");
            assertThat(Region.verdict(answer)).isEqualTo("AE");
            assertThat(answer.segment("ERR").orElseThrow().value(8)).contains(trigger);
        }
    }

    @Test
    void nobody_merges_charts_of_another_domain() throws Exception {
        register("H001", "Q1", "孔一");
        Hl7Message answer = region.send(event("A40", "Q1") + "MRG|Q2^^^H003^MR\r");
        assertThat(Region.verdict(answer)).isEqualTo("AR");
        assertThat(answer.segment("ERR").orElseThrow().rawField(2)).isEqualTo("MRG^1^1^1^4");
        assertThat(region.rows(
                        "select 1 from identity where source = 'H003' and provisional and replaced_by is not null"))
                .isEmpty();
    }

    private UUID register(String source, String localId, String name) throws Exception {
        return region.personOf(
                region.send(Adt.register(source, "A28", localId, Adt.residentId(BIRTH), name, BIRTH, Adt.phone())));
    }

    private UUID personOfChart(String localId) throws Exception {
        return region.personOf(region.send(event("A03", localId)));
    }

    private static String event(String trigger, String localId) {
        return Adt.header("H001", trigger, Adt.control()) + "PID|1||" + localId + "^^^H001^MR\r";
    }

    private Hl7Message pix(String localId) throws Exception {
        Hl7Message answer = region.send("MSH|^~\\&|HIS|H001|||20261101||QBP^Q23^QBP_Q21|" + Adt.control()
                + "|P|2.5\rQPD|IHE PIX Query|T1|" + localId + "^^^H001\rRCP|I");
        assertThat(answer.header().raw()).contains("RSP^K23^RSP_K23");
        answer.segment("PID").ifPresent(pid -> pid.repetitions(3).forEach(ChartEventsTest::isQualified));
        return answer;
    }

    private static void isQualified(Repetition id) {
        assertThat(id.subcomponent(4, 1)).isEqualTo("H001");
        assertThat(id.subcomponent(4, 2)).isEqualTo("2.999.1.1");
        assertThat(id.subcomponent(4, 3)).isEqualTo("ISO");
    }
}
