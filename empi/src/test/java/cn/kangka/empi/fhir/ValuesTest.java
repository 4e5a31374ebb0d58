package cn.kangka.empi.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class ValuesTest {
    @Test
    void times_keep_their_precision_and_are_chinas_without_an_offset() {
        assertThat(Hl7Time.dateTime("2026")).isEqualTo("2026");
        assertThat(Hl7Time.dateTime("202611")).isEqualTo("2026-11");
        assertThat(Hl7Time.dateTime("20261123")).isEqualTo("2026-11-23");
        assertThat(Hl7Time.dateTime("202611230815")).isEqualTo("2026-11-23T08:15:00+08:00");
        assertThat(Hl7Time.dateTime("20261123081530.123-0500")).isEqualTo("2026-11-23T08:15:30-05:00");
        assertThat(Hl7Time.instant("20261123")).isNull();
    }

    @Test
    void what_is_no_time_is_absent() {
        for (String wrong :
                new String[] {"", "yesterday", "20261332", "20260230", "2026112325", "20261123081530+9900"}) {
            assertThat(Hl7Time.dateTime(wrong)).as(wrong).isNull();
        }
    }

    @Test
    void ranges_are_read_as_laboratories_write_them() {
        assertThat(ReferenceRange.of("3.5-5.5")).isEqualTo(range("3.5", "5.5", "3.5-5.5"));
        assertThat(ReferenceRange.of("3.5～5.5")).isEqualTo(range("3.5", "5.5", "3.5～5.5"));
        assertThat(ReferenceRange.of("-2 - 2 mmol/L")).isEqualTo(range("-2", "2", "-2 - 2 mmol/L"));
        assertThat(ReferenceRange.of("3.9--6.1")).isEqualTo(range("3.9", "6.1", "3.9--6.1"));
        assertThat(ReferenceRange.of("<5.2")).isEqualTo(range(null, "5.2", "<5.2"));
        assertThat(ReferenceRange.of("≥ 60")).isEqualTo(range("60", null, "≥ 60"));
        assertThat(ReferenceRange.of("阴性")).isEqualTo(range(null, null, "阴性"));
        assertThat(ReferenceRange.of("9-3")).isEqualTo(range(null, null, "9-3"));
        assertThat(ReferenceRange.of(" ")).isNull();
    }

    @Test
    void formatted_text_becomes_lines() {
        assertThat(FormattedText.plain("第一行\\.br\\第二行\\.sp1\\\\H\\重点\\N\\")).isEqualTo("第一行\n第二行\n重点");
    }

    private static ReferenceRange range(String low, String high, String text) {
        return new ReferenceRange(
                low == null ? null : new BigDecimal(low), high == null ? null : new BigDecimal(high), text);
    }
}
