package cn.kangka.empi.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class AcknowledgementTest {
    private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-11-01T08:00:00+08:00");

    @Test
    void exchanges_sender_and_receiver_and_keeps_version_and_charset() {
        Hl7Message ack = ack("2.3.1", List.of());
        assertThat(ack.text())
                .isEqualTo("MSH|^~\\&|RA|RF^2.9^ISO|SA|SF|20261101080000+0800||ACK^A01|X|T|2.3.1||||||GB18030\r"
                        + "MSA|AA|C1");
    }

    @Test
    void names_the_field_at_fault_in_err_2() {
        Segment err = ack("2.5", List.of(Hl7Refusal.reject(204, "PID^1^3^1^4", "unknown")))
                .segment("ERR")
                .orElseThrow();
        assertThat(err.rawField(1)).isEmpty();
        assertThat(err.rawField(2)).isEqualTo("PID^1^3^1^4");
        assertThat(err.value(3)).isEqualTo("204");
        assertThat(err.value(4)).isEqualTo("E");
        assertThat(err.value(8)).isEqualTo("unknown");
    }

    @Test
    void says_it_in_err_1_too_for_versions_that_know_no_other() {
        Segment err = ack("2.3.1", List.of(Hl7Refusal.error(101, "PID^1^3", "a|b")))
                .segment("ERR")
                .orElseThrow();
        assertThat(err.rawField(1)).startsWith("PID^1^3^101&");
        assertThat(err.rawField(2)).isEqualTo("PID^1^3");
    }

    private static Hl7Message ack(String version, List<Hl7Refusal> refusals) {
        Hl7Message request =
                Hl7Message.of("MSH|^~\\&|SA|SF|RA|RF^2.9^ISO|1||ADT^A01|C1|T|" + version + "||||||GB18030\rPID|1");
        AckCode code = refusals.isEmpty() ? AckCode.AA : AckCode.AE;
        return Acknowledgement.to(request, code, refusals, NOW, "X");
    }
}
