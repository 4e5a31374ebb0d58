package cn.kangka.empi.hospital;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.empi.hl7.Hl7Message;
import cn.kangka.empi.hl7.Segment;
import cn.kangka.empi.testing.Adt;
import cn.kangka.empi.testing.Region;
import cn.kangka.sandbox.hl7.MllpClient;
import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.Charset;
import java.time.Duration;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
class IntakeTest {
    private static final String BIRTH = "19900101";

    @Inject
    Region region;

    @Inject
    MllpServer server;

    @Inject
    Intake intake;

    @Test
    void an_unknown_sender_is_stored_and_rejected_by_field() throws Exception {
        String message = message("U1");
        assertRefused(message.replace("|HIS|", "|NOBODY|"), "AR", "MSH^1^3");
        assertRefused(message("U2").replace("|H001|KANGKA", "|H999|KANGKA"), "AR", "MSH^1^4");
    }

    @Test
    void an_unknown_kind_of_message_is_stored_with_its_patient_and_rejected() throws Exception {
        region.send(message("K1"));
        Segment error = assertRefused(message("K1").replace("ADT^A28", "XYZ^Z01"), "AR", "MSH^1^9^1^1");
        assertThat(error.value(3)).isEqualTo("200");
        assertThat(assertRefused(message("K1").replace("ADT^A28", "ADT^Z99"), "AR", "MSH^1^9^1^2")
                        .value(3))
                .isEqualTo("201");
        assertThat(region.rows("select 1 from message where code = 'XYZ' and person is not null"))
                .isNotEmpty();
    }

    @Test
    void versions_and_required_fields_of_the_header_are_checked() throws Exception {
        assertThat(assertRefused(message("V1").replace("|2.5.1|", "|3.0|"), "AR", "MSH^1^12")
                        .value(3))
                .isEqualTo("203");
        assertThat(Region.verdict(region.send(message("V2").replace("|2.5.1|", "|2.1|"))))
                .isEqualTo("AA");
        assertThat(Region.verdict(region.send(message("V3").replace("|2.5.1|", "|2.8.2|"))))
                .isEqualTo("AA");
        String control = Adt.control();
        String without = (Adt.header("H001", "A28", control) + "PID|1||V4^^^H001").replace(control, "");
        Hl7Message answer = region.send(without);
        assertThat(answer.segment("ERR").orElseThrow().rawField(2)).isEqualTo("MSH^1^10");
    }

    @Test
    void what_is_no_hl7_is_stored_and_rejected() throws Exception {
        Hl7Message answer = region.send("<ClinicalDocument/>");
        assertThat(Region.verdict(answer)).isEqualTo("AR");
        assertThat(region.rows("select 1 from message where sender = '/' and state = 'REFUSED'"))
                .isNotEmpty();
    }

    @Test
    void bytes_of_another_charset_are_refused_and_kept_as_they_came() throws Exception {
        String message = message("C1");
        try (MllpClient client = region.connect()) {
            Hl7Message answer = Hl7Message.of(client.sendBytes(message.getBytes(Charset.forName("GB18030"))));
            assertThat(Region.verdict(answer)).isEqualTo("AE");
            assertThat(answer.segment("ERR").orElseThrow().rawField(2)).isEqualTo("MSH^1^18");
            Hl7Message unknown = Hl7Message.of(client.sendBytes(
                    message("C2").replace("UNICODE UTF-8", "KLINGON").getBytes(UTF_8)));
            assertThat(Region.verdict(unknown)).isEqualTo("AR");
            assertThat(Region.verdict(Hl7Message.of(client.send(message("C3")))))
                    .isEqualTo("AA");
        }
    }

    @Test
    void enhanced_mode_answers_what_msh_15_and_16_ask_for() throws Exception {
        try (MllpClient client = region.connect()) {
            assertThat(verdict(client.send(enhanced("E1", "AL", "NE")))).isEqualTo("CA");
            assertThat(verdict(client.send(enhanced("E2", "NE", "AL")))).isEqualTo("AA");
            assertThat(verdict(client.send(enhanced("E3", "AL", "AL")))).isEqualTo("CA");
            assertThat(verdict(client.receive())).isEqualTo("AA");
            assertThat(verdict(client.send(enhanced("E4", "", "ER").replace("^H001^", "^NOWHERE^"))))
                    .isEqualTo("AR");
        }
    }

    @Test
    void with_never_and_never_there_is_silence_but_the_work_is_done() throws Exception {
        String message = enhanced("E5", "NE", "NE");
        try (MllpClient client = MllpClient.connect("localhost", server.port(), Duration.ofMillis(700))) {
            client.post(message);
            Assertions.assertThatThrownBy(client::receive).isInstanceOf(SocketTimeoutException.class);
        }
        String control = Hl7Message.of(message).controlId();
        assertThat(region.rows("select state from message where control_id = $1", control)
                        .get(0)
                        .getString(0))
                .isEqualTo("ACCEPTED");
    }

    @Test
    void a_stored_message_that_nobody_finished_is_taken_up_again() throws Exception {
        String message = message("RS1");
        region.send(message);
        String control = Hl7Message.of(message).controlId();
        region.rows("delete from outbox");
        region.rows(
                "update message set state = 'RECEIVED', answer = null, handled_at = null, person = null,"
                        + " received_at = now() - interval '1 hour' where control_id = $1",
                control);
        intake.resume().await().atMost(Duration.ofSeconds(10));
        Row row = region.rows("select state, person from message where control_id = $1", control)
                .get(0);
        assertThat(row.getString(0)).isEqualTo("ACCEPTED");
        assertThat(row.getUUID(1)).isNotNull();
    }

    private Segment assertRefused(String message, String verdict, String location) throws IOException {
        Hl7Message answer = region.send(message);
        assertThat(Region.verdict(answer)).isEqualTo(verdict);
        Segment error = answer.segment("ERR").orElseThrow();
        assertThat(error.rawField(2)).isEqualTo(location);
        String control = Hl7Message.of(message).controlId();
        assertThat(region.rows("select state, ack from message where control_id = $1", control)
                        .get(0)
                        .getString(0))
                .isEqualTo("REFUSED");
        return error;
    }

    private static String verdict(String answer) {
        return Region.verdict(Hl7Message.of(answer));
    }

    private static String message(String localId) {
        return Adt.register("H001", "A28", "IN-" + localId, "", "金木", BIRTH, Adt.phone());
    }

    private static String enhanced(String localId, String accept, String application) {
        return message(localId).replace("|P|2.5.1||||||", "|P|2.5.1|||" + accept + "|" + application + "||");
    }
}
