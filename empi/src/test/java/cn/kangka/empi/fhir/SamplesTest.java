package cn.kangka.empi.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ca.uhn.fhir.context.FhirContext;
import cn.kangka.empi.hl7.Hl7Message;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Real messages of other people's systems; skipped where the sample files are not. */
class SamplesTest {
    private static final Path SAMPLES = folder();

    @Test
    void every_sample_is_mapped_to_resources_that_fhir_can_read() throws IOException {
        assumeTrue(Files.isDirectory(SAMPLES));
        FhirParsing parsing = new FhirParsing(new com.fasterxml.jackson.databind.ObjectMapper());
        List<FhirIssue> issues = new ArrayList<>();
        for (Path file : files()) {
            for (ObjectNode resource : resources(read(file))) {
                issues.addAll(parsing.issues(
                        resource,
                        file.getFileName() + " " + resource.get("resourceType").asText()));
            }
        }
        assertThat(issues).isEmpty();
        assertThat(FhirContext.forR4Cached()).isNotNull();
    }

    @Test
    void results_and_prescriptions_of_the_samples_are_found() throws IOException {
        assumeTrue(Files.isDirectory(SAMPLES));
        assertThat(types(read(SAMPLES.resolve("ORU-R01-01.hl7")))).contains("DiagnosticReport", "Observation");
        assertThat(types(read(SAMPLES.resolve("LAB-ORU-1.hl7")))).contains("DiagnosticReport", "Observation");
        assertThat(types(read(SAMPLES.resolve("RDE-O11-01.hl7")))).contains("MedicationRequest");
        assertThat(types(read(SAMPLES.resolve("ADT-A60-01.hl7")))).contains("AllergyIntolerance");
    }

    @Test
    void orders_dispenses_documents_referrals_and_appointments_of_the_samples_are_found() throws IOException {
        assumeTrue(Files.isDirectory(SAMPLES));
        for (String order :
                List.of("ORM-O01-01", "OMG-O19-01", "OML-O21-01", "LAB-ORM-1", "REF-I12-01", "REF-I14-01")) {
            assertThat(types(read(SAMPLES.resolve(order + ".hl7")))).as(order).contains("ServiceRequest");
        }
        assertThat(types(read(SAMPLES.resolve("RDS-O13-01.hl7")))).contains("MedicationDispense");
        for (String document : List.of("T01", "T02", "T05", "T06", "T09", "T10")) {
            assertThat(types(read(SAMPLES.resolve("MDM-" + document + "-01.hl7"))))
                    .as(document)
                    .containsOnlyOnce("DocumentReference");
        }
        for (String event : List.of("S12", "S13", "S14", "S15", "S16", "S17", "S26")) {
            assertThat(types(read(SAMPLES.resolve("SIU-" + event + "-01.hl7"))))
                    .as(event)
                    .containsOnlyOnce("Appointment");
        }
    }

    private static List<String> types(Hl7Message message) {
        return resources(message).stream()
                .map(each -> each.get("resourceType").asText())
                .toList();
    }

    private static List<ObjectNode> resources(Hl7Message message) {
        Clinical clinical = new Clinical("S001", "样例", UUID.randomUUID(), message, "2026-11-23T10:16:00+08:00");
        Visit.of(clinical);
        return Stream.of(
                        ReportMapping.resources(clinical),
                        AllergyMapping.resources(clinical),
                        MedicationMapping.resources(clinical),
                        OrderMapping.resources(clinical),
                        DispenseMapping.resources(clinical),
                        DocumentMapping.resources(clinical),
                        ReferralMapping.resources(clinical),
                        ScheduleMapping.resources(clinical),
                        StaffMapping.resources(message, "S001", "2026-11-23T10:16:00+08:00"))
                .flatMap(List::stream)
                .toList();
    }

    private static Hl7Message read(Path file) throws IOException {
        return Hl7Message.of(Files.readString(file).replace("\r\n", "\r").replace('\n', '\r'));
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(SAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".hl7"))
                    .sorted()
                    .toList();
        }
    }

    /** {@code ../shared/data/hl7v2} beside the repository. */
    private static Path folder() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path found = at.resolve("shared/data/hl7v2");
            if (Files.isDirectory(found)) {
                return found;
            }
        }
        return Path.of("no-samples");
    }
}
