package cn.kangka.empi.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class Hl7MessageTest {
    private static final String HEADER = "MSH|^~\\&|APP^2.999^ISO|FAC|||20261101||ADT^A28^ADT_A05|C1|P|2.5.1\r";

    @Test
    void reads_fields_repetitions_components_and_subcomponents_from_one() {
        Hl7Message message = Hl7Message.of(HEADER + "PID|1||7^^^H&2.9&ISO^MR~8^^^NID||张^三||19800517\r");
        Segment pid = message.segment("PID").orElseThrow();
        assertThat(message.code() + message.trigger() + message.controlId()).isEqualTo("ADTA28C1");
        assertThat(message.sendingApplication()).isEqualTo("APP");
        assertThat(pid.repetitions(3)).hasSize(2);
        assertThat(pid.repetition(3, 1).subcomponent(4, 2)).isEqualTo("2.9");
        assertThat(pid.repetition(3, 2).component(4)).isEqualTo("NID");
        assertThat(pid.value(5, 2)).isEqualTo("三");
        assertThat(pid.value(99)).isEmpty();
        assertThat(message.header().value(1)).isEqualTo("|");
        assertThat(message.header().rawField(2)).isEqualTo("^~\\&");
    }

    @Test
    void unescapes_what_the_builder_escapes() {
        String odd = "a|b^c~d\\e&f";
        Hl7Message written = new Hl7Builder()
                .header()
                .set(9, "ACK")
                .segment("NTE")
                .set(3, odd)
                .build();
        assertThat(written.segment("NTE").orElseThrow().value(3)).isEqualTo(odd);
    }

    @Test
    void takes_line_feeds_a_byte_order_mark_and_other_delimiters() {
        Hl7Message message = Hl7Message.of("\uFEFFMSH#*~\\&#APP#FAC####\n" + "\n" + "PID#1##7*8\n");
        assertThat(message.segments()).hasSize(2);
        assertThat(message.segment("PID").orElseThrow().value(3, 2)).isEqualTo("8");
        assertThat(PidSegments.normalised(message.segment("PID").orElseThrow())).isEqualTo("PID|1||7^8");
    }

    @Test
    void the_hl7_null_deletes_and_reads_as_empty() {
        Segment pid = Hl7Message.of(HEADER + "PID|1||7||\"\"").segment("PID").orElseThrow();
        assertThat(pid.value(5)).isEmpty();
        assertThat(pid.repetition(5, 1).deletes()).isTrue();
    }

    @Test
    void the_trigger_of_old_versions_stands_in_evn() {
        assertThat(Hl7Message.of("MSH|^~\\&|A|B|||1||ADT|1|P|2.1\rEVN|A04|1").trigger())
                .isEqualTo("A04");
    }

    @Test
    void a_later_pid_keeps_what_it_does_not_mention() {
        assertThat(PidSegments.over("PID|1||7||N^M||\"\"", "PID|1||7||A^B||1980|M"))
                .isEqualTo("PID|1||7||N^M|||M");
    }

    @Test
    void what_is_no_message_is_rejected_with_a_reason() {
        for (String text :
                new String[] {"", "PID|1", "MSH", "MSH|", "MSH|^~", "MSHABCDEFGH", "MSH|^^^^|x", "MSH|^~\\"}) {
            assertThat(Hl7Message.read(text)).as(text).isInstanceOf(Hl7Refusal.class);
        }
    }

    @Property(tries = 500)
    void reading_never_throws(@ForAll String text, @ForAll String tail) {
        assertThat(Hl7Message.read(text)).isNotNull();
        if (Hl7Message.read("MSH|^~\\&|" + text + "\rPID|" + tail) instanceof Hl7Message message) {
            message.segments().forEach(segment -> {
                for (int field = 1; field < 40; field++) {
                    segment.repetitions(field)
                            .forEach(each -> assertThat(each.subcomponent(1, 2)).isNotNull());
                }
            });
        }
    }
}
