package cn.kangka.empi.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.empi.hl7.Hl7Message;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages as hospitals write them against the JSON that api gets, word by word (src/test/resources/fhir). */
class MappingTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FOLDER = Path.of("src/test/resources/fhir");
    private static final UUID IDENTITY = UUID.fromString("01900000-0000-7000-8000-0000000000aa");

    @Test
    void results_become_reports_with_observations() throws IOException {
        compare("oru", ReportMapping.resources(clinical("oru")));
    }

    @Test
    void allergies_of_al1_and_iam_become_allergy_intolerances() throws IOException {
        compare("allergy", AllergyMapping.resources(clinical("allergy")));
    }

    @Test
    void prescriptions_become_medication_requests() throws IOException {
        compare("rde", MedicationMapping.resources(clinical("rde")));
    }

    @Test
    void orders_become_service_requests_and_old_results_do_not() throws IOException {
        compare("order", OrderMapping.resources(clinical("order")));
    }

    @Test
    void the_old_order_message_orders_examinations_and_drugs() throws IOException {
        List<ObjectNode> both = new ArrayList<>(OrderMapping.resources(clinical("orm")));
        both.addAll(MedicationMapping.resources(clinical("orm")));
        compare("orm", both);
    }

    @Test
    void dispenses_become_medication_dispenses_of_their_prescription() throws IOException {
        compare("rds", DispenseMapping.resources(clinical("rds")));
    }

    @Test
    void documents_become_document_references_with_their_text() throws IOException {
        compare("mdm", DocumentMapping.resources(clinical("mdm")));
    }

    @Test
    void referrals_become_service_requests() throws IOException {
        compare("ref", ReferralMapping.resources(clinical("ref")));
    }

    @Test
    void appointments_of_the_hospital_become_appointments() throws IOException {
        compare("siu", ScheduleMapping.resources(clinical("siu")));
    }

    @ParameterizedTest
    @CsvSource({
        "S12,booked",
        "S13,booked",
        "S14,booked",
        "S15,cancelled",
        "S16,cancelled",
        "S17,entered-in-error",
        "S26,noshow"
    })
    void what_happened_to_an_appointment_is_its_status(String trigger, String status) throws IOException {
        Clinical clinical = clinical("siu");
        Hl7Message message = Hl7Message.of(clinical.message().text().replace("SIU^S12", "SIU^" + trigger));
        List<ObjectNode> told = ScheduleMapping.resources(
                new Clinical("H001", clinical.hospital(), IDENTITY, message, clinical.received()));
        assertThat(told).hasSize(1);
        assertThat(told.get(0).get("status").asText()).isEqualTo(status);
        assertThat(told.get(0).get("id"))
                .isEqualTo(ScheduleMapping.resources(clinical).get(0).get("id"));
    }

    @Test
    void an_appointment_without_a_time_is_only_told_when_it_ends() {
        assertThat(ScheduleMapping.resources(appointment("SIU^S12", "SCH||A-9")))
                .isEmpty();
        assertThat(ScheduleMapping.resources(appointment("SIU^S12", "SCH||A-9\rTQ1|1||||||20261125090000")))
                .isEmpty();
        ObjectNode ended = ScheduleMapping.resources(appointment("SIU^S15", "SCH||A-9||||停诊^停诊"))
                .get(0);
        assertThat(ended.get("status").asText()).isEqualTo("cancelled");
        assertThat(ended.get("cancelationReason").get("text").asText()).isEqualTo("停诊");
        assertThat(ended.has("start")).isFalse();
        ObjectNode missed =
                ScheduleMapping.resources(appointment("SIU^S26", "SCH||A-9")).get(0);
        assertThat(missed.get("status").asText()).isEqualTo("noshow");
    }

    @Test
    void an_appointment_of_ours_is_told_without_a_time_too() {
        String ours = "01900000-0000-7000-8000-000000000001";
        ObjectNode told = ScheduleMapping.resources(appointment("SIU^S14", "SCH|" + ours + "|A-9"))
                .get(0);
        assertThat(told.get("status").asText()).isEqualTo("booked");
        assertThat(told.get("identifier").get(1).get("value").asText()).isEqualTo(ours);
        assertThat(told.has("start")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"20,min,09:20", "1,h,10:00", "90,s,09:01", "0,min,", "x,min,", "999999999999,h,"})
    void how_long_an_appointment_takes_gives_its_end(String amount, String unit, String end) {
        List<ObjectNode> told = ScheduleMapping.resources(
                appointment("SIU^S12", "SCH||A-9|||||||" + amount + "|" + unit + "|^^^20261125090000"));
        assertThat(told.stream().map(each -> each.get("end").asText()))
                .isEqualTo(end == null ? List.of() : List.of("2026-11-25T" + end + ":00+08:00"));
    }

    private static Clinical appointment(String type, String segments) {
        return new Clinical(
                "H001",
                "云江市第一医院",
                IDENTITY,
                Hl7Message.of("MSH|^~\\&|HIS|H001|KANGKA|REGION|20261123101600||" + type + "|M1|P|2.5.1\r" + segments),
                "2026-11-23T10:16:00+08:00");
    }

    @ParameterizedTest
    @CsvSource({
        "CA,,revoked",
        "DC,,revoked",
        "HD,,on-hold",
        "SC,CM,completed",
        "SC,DC,revoked",
        "SC,IP,active",
        "NW,,active"
    })
    void what_an_order_is_told_to_do_is_its_status(String control, String state, String status) {
        List<ObjectNode> told = OrderMapping.resources(
                of("PID|1||P1\rORC|" + control + "|O1|||" + (state == null ? "" : state) + "\rOBR|1|O1||X^胸片\r"));
        assertThat(told.stream().map(each -> each.get("status").asText()))
                .isNotEmpty()
                .containsOnly(status);
    }

    @ParameterizedTest
    @CsvSource({"T02,,,current,", "T11,,,entered-in-error,", "T06,D0,AU,current,appends", "T10,D0,IP,current,replaces"})
    void what_happened_to_a_document_is_its_status(
            String trigger, String parent, String completion, String status, String relation) {
        Hl7Message message = Hl7Message.of("MSH|^~\\&|HIS|H001|KANGKA|REGION|20261123101600||MDM^" + trigger
                + "|M1|P|2.5.1\rTXA|1|DS|TX|||||||||D1|" + (parent == null ? "" : parent) + "||||"
                + (completion == null ? "" : completion));
        ObjectNode told = DocumentMapping.resources(
                        new Clinical("H001", "云江市第一医院", IDENTITY, message, "2026-11-23T10:16:00+08:00"))
                .get(0);
        assertThat(told.get("status").asText()).isEqualTo(status);
        assertThat(told.path("relatesTo").path(0).path("code").asText(null)).isEqualTo(relation);
        assertThat(told.get("content")
                        .get(0)
                        .get("attachment")
                        .get("contentType")
                        .asText())
                .isEqualTo("text/plain");
    }

    @Test
    void a_cancelled_referral_is_revoked_and_one_without_number_is_not_told() throws IOException {
        Clinical clinical = clinical("ref");
        Hl7Message cancelled = Hl7Message.of(clinical.message().text().replace("REF^I12", "REF^I14"));
        assertThat(ReferralMapping.resources(
                                new Clinical("H001", clinical.hospital(), IDENTITY, cancelled, clinical.received()))
                        .get(0)
                        .get("status")
                        .asText())
                .isEqualTo("revoked");
        assertThat(ReferralMapping.resources(of("RF1|A|R\r"))).isEmpty();
    }

    @Test
    void staff_become_practitioners_with_roles() throws IOException {
        Clinical staff = clinical("mfn");
        compare("mfn", StaffMapping.resources(staff.message(), staff.source(), staff.written()));
    }

    @Test
    void a_corrected_report_has_the_ids_of_the_first() throws IOException {
        List<ObjectNode> first = ReportMapping.resources(clinical("oru"));
        Clinical clinical = clinical("oru");
        Hl7Message corrected = Hl7Message.of(
                clinical.message().text().replace("|LAB|F", "|LAB|C").replace("6.80", "6.08"));
        List<ObjectNode> second = ReportMapping.resources(
                new Clinical("H001", clinical.hospital(), IDENTITY, corrected, clinical.received()));
        assertThat(second.get(0).get("status").asText()).isEqualTo("corrected");
        assertThat(second.get(0).get("id")).isEqualTo(first.get(0).get("id"));
        assertThat(second.get(1).get("id")).isEqualTo(first.get(1).get("id"));
        assertThat(second.get(1).get("valueQuantity").get("value").decimalValue())
                .isEqualByComparingTo("6.08");
    }

    @Test
    void reports_of_one_accession_that_share_its_number_are_told_apart() {
        List<ObjectNode> resources = ReportMapping.resources(of("PID|1||P1\rOBR|1||A1|GLU^葡萄糖\rOBX|1|NM|G^葡萄糖||5\r"
                + "OBR|2||A1|WBC^血常规\rOBX|1|NM|W^白细胞||6\rOBR|3||A2|CRP^C反应蛋白\rOBX|1|NM|C^CRP||1\r"));
        assertThat(resources.stream()
                        .filter(each -> each.get("resourceType").asText().equals("DiagnosticReport"))
                        .map(each -> each.get("identifier").get(0).get("value").asText()))
                .containsExactly("A1/GLU", "A1/WBC", "A2");
    }

    @Test
    void a_drug_that_ends_ends_by_its_name_wherever_it_stood() {
        List<ObjectNode> both = MedicationMapping.resources(
                of("PID|1||P1\rORC|NW|O1\rRXE|1|AMX^阿莫西林|1\rORC|NW|O1\rRXE|1|AZM^阿奇霉素|1\r"));
        List<ObjectNode> end = MedicationMapping.resources(of("PID|1||P1\rORC|DC|O1\rRXE|1|AZM^阿奇霉素|1\r"));
        assertThat(numbers(both)).containsExactly("O1/AMX", "O1/AZM");
        assertThat(numbers(end)).containsExactly("O1", "O1/AZM");
        assertThat(end).allMatch(each -> each.get("status").asText().equals("stopped"));
    }

    private static List<String> numbers(List<ObjectNode> requests) {
        return requests.stream()
                .map(each -> each.get("identifier").get(0).get("value").asText())
                .toList();
    }

    private static Clinical of(String segments) {
        Hl7Message message =
                Hl7Message.of("MSH|^~\\&|HIS|H001|KANGKA|REGION|20261123101600||RDE^O11|M1|P|2.5.1\r" + segments);
        return new Clinical("H001", "云江市第一医院", IDENTITY, message, "2026-11-23T10:16:00+08:00");
    }

    @Test
    void a_visit_is_told_with_its_number_place_and_appointment() throws IOException {
        Visit visit = Visit.of(clinical("visit")).orElseThrow();
        assertThat(visit)
                .isEqualTo(new Visit(
                        IDENTITY,
                        "H001",
                        Visit.Kind.ARRIVED,
                        "V-20261123-1",
                        "2026-11-23T10:09:00+08:00",
                        "0301",
                        UUID.fromString("01900000-0000-7000-8000-000000000001")));
        assertThat(Visit.of(clinical("allergy"))).isEmpty();
    }

    private static Clinical clinical(String name) throws IOException {
        String text = Files.readString(FOLDER.resolve(name + ".hl7")).replace('\n', '\r');
        return new Clinical("H001", "云江市第一医院", IDENTITY, Hl7Message.of(text), "2026-11-23T10:16:00+08:00");
    }

    private static void compare(String name, List<ObjectNode> resources) throws IOException {
        JsonNode expected = JSON.readTree(Files.readString(FOLDER.resolve(name + ".json")));
        JsonNode mapped = JSON.readTree(Nodes.collection(resources).toString());
        assertThat(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(mapped))
                .isEqualTo(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(expected));
    }
}
