package cn.kangka.empi.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.empi.hl7.Hl7Message;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

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
