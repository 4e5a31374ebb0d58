package cn.kangka.empi.query;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.empi.hl7.Hl7Message;
import cn.kangka.empi.hl7.Segment;
import cn.kangka.empi.testing.Region;
import cn.kangka.empi.testing.SharedData;
import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The OpenHIE Client Registry cases with the outcomes that the published suite asks for. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
class OpenHieTest {
    private static final String ARC = "2.16.840.1.113883.3.72.5.9.";

    @Inject
    Region region;

    @Test
    void case_1_a_missing_authority_is_rejected() throws Exception {
        rejected("01-10", "PID^1^3^1^4");
    }

    @Test
    void case_2_an_authority_is_known_by_oid_or_by_name() throws Exception {
        accepted("02-10");
        hasIds(found("02-20", "K23"), "RJ-438^TEST^" + ARC + "1", "481-27-4185^NID^" + ARC + "9");
        accepted("02-30");
        hasIds(found("02-40", "K23"), "RJ-439^TEST^" + ARC + "1");
    }

    @Test
    void case_3_an_unknown_authority_is_rejected() throws Exception {
        rejected("03-10", "PID^1^3^1^4");
        rejected("03-20", "PID^1^3^1^4");
    }

    @Test
    void case_4_nobody_assigns_ids_of_another_domain() throws Exception {
        String message = message("06-30").replace("RJ-449^^^TEST_A^PI~NID-000345435^^^NID^PI", "RJ-1^^^TEST_B");
        Hl7Message answer = region.send(message.replace("TEST-CR-06-30", "TEST-CR-04-30"));
        assertThat(Region.verdict(answer)).isEqualTo("AR");
        assertThat(answer.segment("ERR").orElseThrow().rawField(2)).isEqualTo("PID^1^3^1^4");
    }

    @Test
    void case_5_and_7_an_infant_is_registered_with_its_mother() throws Exception {
        accepted("05-10");
        accepted("05-20");
        hasIds(found("05-30", "K23"), "RJ-441^TEST^" + ARC + "1");
        Hl7Message infant = region.send(message("11-20").replace("RJ-439", "RJ-441"));
        Segment pid = infant.segment("PID").orElseThrow();
        assertThat(pid.value(6, 1) + pid.value(6, 2)).isEqualTo("JONESJENNIFER");
        assertThat(pid.repetition(21, 1).component(1)).isEqualTo("RJ-439");
    }

    @Test
    void case_6_a_national_id_links_by_itself() throws Exception {
        accepted("06-20");
        accepted("06-30");
        Segment pid = found("06-40", "K23");
        hasIds(pid, "NID-000345435^NID^" + ARC + "9", "RJ-449^TEST_A^" + ARC + "2");
    }

    @Test
    void case_8_demographics_come_back_as_they_were_told() throws Exception {
        accepted("08-10");
        Segment pid = found("08-30", "K22");
        hasIds(pid, "RJ-442^TEST^" + ARC + "1");
        assertThat(pid.rawField(5)).isEqualTo("FOSTER^FANNY^FULL^^^^L~FOSTER^FANNY^^^^^M");
        assertThat(pid.rawField(6)).isEqualTo("FOSTER^MARY");
        assertThat(pid.value(7)).isEqualTo("1970");
        assertThat(pid.value(8)).isEqualTo("F");
        assertThat(pid.rawField(11)).isEqualTo("123 W34 St^^FRESNO^CA^30495");
        assertThat(pid.rawField(13)).isEqualTo("^PRN^PH^^^419^31495443");
        assertThat(pid.value(16)).isEqualTo("S");
    }

    @Test
    void every_look_at_a_patient_is_in_the_access_log() throws Exception {
        accepted("10-10");
        String before =
                "select count(*) from audit_entry where action = $1 and actor = 'TEST_HARNESS' and person is not null";
        long pix = region.rows(before, "patient.pix").get(0).getLong(0);
        hasIds(found("10-20", "K23"), "RJ-444^TEST^" + ARC + "1");
        assertThat(region.rows(before, "patient.pix").get(0).getLong(0)).isEqualTo(pix + 1);
        accepted("11-10");
        long pdq = region.rows(before, "patient.search").get(0).getLong(0);
        found("11-20", "K22");
        assertThat(region.rows(before, "patient.search").get(0).getLong(0)).isEqualTo(pdq + 1);
    }

    @Test
    void case_9_unknown_ids_and_domains_are_named() throws Exception {
        refused(message("10-20").replace("RJ-444", "RJ-NOBODY"), "K23", "QPD^1^3^1^1");
        refused(message("10-20").replace("RJ-444^^^TEST", "RJ-444^^^RANDOM"), "K23", "QPD^1^3^1^4");
    }

    @Test
    void case_10_only_the_domains_that_were_asked_for_return() throws Exception {
        accepted("10-10");
        hasIds(found("10-20", "K23"), "RJ-444^TEST^" + ARC + "1");
        refused(message("10-30"), "K23", "QPD^1^4^1");
        notFound("10-40", "K23");
    }

    @Test
    void case_11_demographics_are_found_by_id() throws Exception {
        accepted("11-10");
        Segment pid = found("11-20", "K22");
        hasIds(pid, "RJ-439^TEST^" + ARC + "1");
        assertThat(pid.value(5, 1) + pid.value(5, 2) + pid.value(7)).isEqualTo("JONESJENNIFER19840125");
        notFound("11-30", "K22");
        refused(message("11-40"), "K22", "QPD^1^3^2^1");
        hasIds(found("11-50", "K22"), "RJ-439^TEST^" + ARC + "1");
        notFound("11-60", "K22");
        refused(message("11-70"), "K22", "QPD^1^8^1");
    }

    private static String message(String step) throws Exception {
        return Files.readString(SharedData.path("ohie-cr-tests/HL7/OHIE-CR-" + step + ".txt"))
                .replaceAll("[\r\n]+", "\r");
    }

    private void accepted(String step) throws Exception {
        Hl7Message answer = region.send(message(step));
        assertThat(Region.verdict(answer)).as(answer.text()).isEqualTo("AA");
        assertThat(answer.header().rawField(9)).isEqualTo("ACK^A01");
        assertThat(answer.version()).isEqualTo("2.3.1");
    }

    private void rejected(String step, String location) throws Exception {
        Hl7Message answer = region.send(message(step));
        assertThat(Region.verdict(answer)).isEqualTo("AR");
        assertThat(answer.segment("ERR").orElseThrow().rawField(2)).isEqualTo(location);
    }

    private Segment found(String step, String trigger) throws Exception {
        Hl7Message answer = region.send(message(step));
        assertThat(Region.verdict(answer)).as(answer.text()).isEqualTo("AA");
        assertThat(answer.header().value(9, 2)).isEqualTo(trigger);
        assertThat(answer.header().value(9, 3)).isEqualTo("K22".equals(trigger) ? "RSP_K21" : "RSP_K23");
        assertThat(answer.segment("QAK").orElseThrow().value(2)).isEqualTo("OK");
        List<Segment> pids = answer.segments("PID");
        assertThat(pids).hasSize(1);
        return pids.get(0);
    }

    private void notFound(String step, String trigger) throws Exception {
        Hl7Message answer = region.send(message(step));
        assertThat(Region.verdict(answer)).isEqualTo("AA");
        assertThat(answer.header().value(9, 2)).isEqualTo(trigger);
        assertThat(answer.segment("QAK").orElseThrow().value(2)).isEqualTo("NF");
        assertThat(answer.segments("PID")).isEmpty();
    }

    private void refused(String message, String trigger, String location) throws Exception {
        Hl7Message answer = region.send(message);
        assertThat(Region.verdict(answer)).as(answer.text()).isEqualTo("AE");
        assertThat(answer.header().value(9, 2)).isEqualTo(trigger);
        assertThat(answer.segment("QAK").orElseThrow().value(2)).isEqualTo("AE");
        assertThat(answer.segment("ERR").orElseThrow().rawField(2)).isEqualTo(location);
        assertThat(answer.segments("PID")).isEmpty();
    }

    private static void hasIds(Segment pid, String... ids) {
        assertThat(pid.repetitions(3).stream()
                        .map(id -> id.component(1) + "^" + id.subcomponent(4, 1) + "^" + id.subcomponent(4, 2)))
                .containsExactlyInAnyOrder(ids);
    }
}
