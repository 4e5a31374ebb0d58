package cn.kangka.empi.query;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.empi.hl7.Hl7Message;
import cn.kangka.empi.hl7.Repetition;
import cn.kangka.empi.testing.Region;
import cn.kangka.empi.testing.SharedData;
import cn.kangka.sandbox.hl7.MllpClient;
import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Febrl's dataset 3 goes in by several connections and comes out by both queries. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
class FebrlTest {
    private static final int CONNECTIONS = 8;

    private record Patient(String id, String given, String family, String birth) {}

    /** Sends one message and gives the answer. */
    private interface Sender {
        void send(MllpClient client, Patient patient) throws Exception;
    }

    @Inject
    Region region;

    @Test
    void all_records_go_in_and_come_out_by_query() throws Exception {
        List<Patient> patients = Files.readAllLines(SharedData.path("febrl/dataset3.csv")).stream()
                .skip(1)
                .map(FebrlTest::patient)
                .toList();
        assertThat(patients).hasSize(5000);
        spread(patients, (client, patient) -> {
            Hl7Message ack = Hl7Message.of(client.send(register(patient)));
            assertThat(Region.verdict(ack)).isEqualTo("AA");
        });
        spread(patients, (client, patient) -> {
            Hl7Message answer = Hl7Message.of(client.send(query("Q23", patient, patient.id() + "^^^F001")));
            assertThat(ids(answer)).contains(patient.id());
        });
        spread(patients.subList(0, 500), this::findByDemographics);
    }

    private void findByDemographics(MllpClient client, Patient patient) throws Exception {
        List<String> criteria = new ArrayList<>();
        add(criteria, "PID.5.1", patient.family());
        add(criteria, "PID.5.2", patient.given());
        if (isDate(patient.birth())) {
            add(criteria, "PID.7", patient.birth());
        }
        add(criteria, "PID.3.4.1", "F001");
        if (criteria.size() > 1) {
            Hl7Message answer = Hl7Message.of(client.send(query("Q22", patient, String.join("~", criteria))));
            assertThat(ids(answer)).as(patient.id()).contains(patient.id());
        }
    }

    private void spread(List<Patient> patients, Sender sender) throws Exception {
        ExecutorService connections = Executors.newFixedThreadPool(CONNECTIONS);
        List<Future<?>> done = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            int first = i;
            done.add(connections.submit(() -> {
                try (MllpClient client = region.connect()) {
                    for (int each = first; each < patients.size(); each += CONNECTIONS) {
                        sender.send(client, patients.get(each));
                    }
                }
                return null;
            }));
        }
        for (Future<?> each : done) {
            each.get();
        }
        connections.shutdown();
    }

    private static List<String> ids(Hl7Message answer) {
        return answer.segments("PID").stream()
                .flatMap(pid -> pid.repetitions(3).stream())
                .map((Repetition id) -> id.component(1))
                .toList();
    }

    private static void add(List<String> criteria, String field, String value) {
        if (!value.isEmpty()) {
            criteria.add("@" + field + "^" + value);
        }
    }

    /** Some of Febrl's typing errors are days that never were; those are not kept. */
    private static boolean isDate(String text) {
        try {
            return LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE) != null;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static Patient patient(String line) {
        String[] fields = line.split(",", -1);
        return new Patient(fields[0].strip(), fields[1].strip(), fields[2].strip(), fields[9].strip());
    }

    private static String register(Patient patient) {
        return "MSH|^~\\&|FEBRL|FEBRL|||20261101||ADT^A28^ADT_A05|in-" + patient.id() + "|P|2.5\rPID|1||" + patient.id()
                + "^^^F001||" + patient.family() + "^" + patient.given() + "||" + patient.birth();
    }

    private static String query(String trigger, Patient patient, String criteria) {
        return "MSH|^~\\&|FEBRL|FEBRL|||20261101||QBP^" + trigger + "^QBP_Q21|" + trigger + "-" + patient.id()
                + "|P|2.5\rQPD|Query|T|" + criteria + "\rRCP|I|200^RD";
    }
}
