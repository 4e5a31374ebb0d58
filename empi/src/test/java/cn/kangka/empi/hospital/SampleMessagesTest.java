package cn.kangka.empi.hospital;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.empi.hl7.Hl7Message;
import cn.kangka.empi.testing.Region;
import cn.kangka.empi.testing.SharedData;
import cn.kangka.sandbox.hl7.MllpClient;
import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every sample of another project, as it is: an answer, a row in the log, and the connection lives on. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
class SampleMessagesTest {
    /** Nobody here keeps accounts or visits; these events are refused by name. */
    private static final List<String> REFUSED_EVENTS = List.of("A41", "A45");

    @Inject
    Region region;

    @Test
    void every_sample_is_answered_and_logged_and_every_patient_event_accepted() throws Exception {
        List<Path> files = SharedData.files("hl7v2", "*.hl7");
        assertThat(files).hasSizeGreaterThan(50);
        List<String> table = new ArrayList<>();
        try (MllpClient client = region.connect()) {
            for (Path file : files) {
                table.add(check(client, file));
            }
        }
        Path made = Path.of("target", "hl7v2-samples.md");
        Files.write(made, table);
        assertThat(Files.readAllLines(Path.of("..", "docs", "hl7v2-samples.md")))
                .as("docs/hl7v2-samples.md says what happens; its rows as they are now lie in " + made)
                .containsAll(table);
    }

    private String check(MllpClient client, Path file) throws Exception {
        String name = file.getFileName().toString();
        byte[] bytes = Files.readAllBytes(file);
        Hl7Message sent = Hl7Message.of(Files.readString(file));
        boolean silent = "NE".equals(sent.header().value(15))
                && "NE".equals(sent.header().value(16));
        if (silent) {
            client.postRaw(MllpClient.frame(bytes));
            client.send(Files.readString(file).replace("|NE|NE", "|NE|AL"));
        } else {
            Hl7Message answer = Hl7Message.of(client.sendBytes(bytes));
            assertThat(answer.segment("MSA").orElseThrow().value(2)).as(name).isEqualTo(sent.controlId());
            boolean accepted = List.of("AA", "CA").contains(Region.verdict(answer));
            assertThat(answer.segment("ERR").isPresent()).as(name).isEqualTo(!accepted);
        }
        Row row = region.rows(
                        "select state, ack, error from message where code = $1 and trigger_event = $2"
                                + " and control_id = $3 order by received_at desc limit 1",
                        sent.code(),
                        sent.trigger(),
                        sent.controlId())
                .get(0);
        if ("ADT".equals(sent.code())) {
            assertThat(row.getString("ack"))
                    .as(name + " " + row.getString("error"))
                    .isEqualTo(REFUSED_EVENTS.contains(sent.trigger()) ? "AE" : "AA");
        }
        assertThat(row.getString("state")).as(name).isIn("ACCEPTED", "REFUSED");
        String error = row.getString("error");
        return "| `" + name + "` | " + sent.code() + "^" + sent.trigger() + " | " + sent.version() + " | "
                + (silent ? "none, as its MSH-15/16 NE/NE asks; logged: " : "") + row.getString("ack") + " | "
                + (error == null ? "" : error) + " |";
    }
}
