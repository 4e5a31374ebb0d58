package cn.kangka.api.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.api.schedule.ScheduleFile.Fault;
import cn.kangka.api.schedule.ScheduleFile.Line;
import cn.kangka.api.schedule.ScheduleFile.Reading;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is read of a file of sessions. */
class ScheduleFileTest {
    private static final LocalDate DAY = LocalDate.of(2026, 12, 7);
    private static final String HEADER = "日期,科室代码,科室名称,诊疗科目,医生代码,医生姓名,职称,擅长,开始,时段分钟,时段数,每段号数,挂号费,方式\n";
    private static final String GOOD = "2026-12-07,NK,内科,03,D001,陈晓明,主任医师,\"高血压,糖尿病\",08:30,30,7,3,25.50,先到先得\n";

    private static Reading read(String text) {
        return ScheduleFile.read(text.getBytes(UTF_8), DAY, DAY.plusDays(30), 30);
    }

    private static List<String> faults(String rows) {
        return read(HEADER + rows).faults().stream()
                .map(fault -> fault.row() + " " + fault.column() + " " + fault.rule())
                .toList();
    }

    private static String with(String old, String other) {
        return GOOD.replace(old, other);
    }

    @Test
    void a_row_is_a_session() {
        Reading reading = read(HEADER + GOOD);
        assertThat(reading.faults()).isEmpty();
        assertThat(reading.lines())
                .containsExactly(new Line(
                        2,
                        DAY,
                        "NK",
                        "内科",
                        "03",
                        "D001",
                        "陈晓明",
                        "主任医师",
                        "高血压,糖尿病",
                        LocalTime.of(8, 30),
                        30,
                        7,
                        3,
                        new BigDecimal("25.50"),
                        false));
    }

    @Test
    void utf_8_with_and_without_mark_and_gb_18030_read_alike() {
        Reading expected = read(HEADER + GOOD);
        assertThat(read("\uFEFF" + HEADER + GOOD)).isEqualTo(expected);
        assertThat(ScheduleFile.read((HEADER + GOOD).getBytes(Charset.forName("GB18030")), DAY, DAY.plusDays(30), 30))
                .isEqualTo(expected);
        assertThat(read((HEADER + GOOD).replace("\n", "\r\n"))).isEqualTo(expected);
        assertThat(read(HEADER + GOOD.replace("陈晓明", "\u3000陈晓明 "))).isEqualTo(expected);
    }

    @Test
    void columns_may_be_english_in_any_order_with_others_between() {
        String text = "doctor name,note,date,department,department name,doctor,start,band minutes,bands,units,fee\n"
                + "Chen,x,2026/12/07,NK,Medicine,D1,8:30,30,7,3,25\n";
        assertThat(read(text).faults()).isEmpty();
        assertThat(read(text).lines().get(0).doctorName()).isEqualTo("Chen");
        assertThat(read(text).lines().get(0).start()).isEqualTo(LocalTime.of(8, 30));
    }

    @Test
    void every_fault_is_told_with_row_column_and_rule() {
        assertThat(faults(GOOD
                        + with("2026-12-07", "7. Dez").replace(",30,7,3", ",30,7,0")
                        + "\n"
                        + with("陈晓明", "").replace("D001", "D002")))
                .containsExactly("3 DATE format", "3 UNITS number-range", "5 DOCTOR_NAME required");
        assertThat(faults(with("2026-12-07", "2026-12-06"))).containsExactly("2 DATE day-range");
        assertThat(faults(with("2026-12-07", "2027-01-07"))).containsExactly("2 DATE day-range");
        assertThat(faults(with("先到先得", "随便"))).containsExactly("2 MODE mode");
        assertThat(faults(with(",03,", ",3,"))).containsExactly("2 STANDARD_CODE format");
        assertThat(faults(with("25.50", "-1"))).containsExactly("2 FEE format");
        assertThat(faults(with("08:30,30,7", "23:00,30,7"))).containsExactly("2 BANDS beyond-midnight");
        assertThat(faults(with("陈晓明", "陈".repeat(81)))).containsExactly("2 DOCTOR_NAME too-long");
    }

    @Test
    void one_code_has_one_name_and_one_doctor_one_session_in_a_half_day() {
        assertThat(faults(GOOD + with("08:30", "14:00").replace("陈晓明", "陈小明")))
                .containsExactly("3 DOCTOR_NAME another-name");
        assertThat(faults(GOOD + with("08:30", "09:30"))).containsExactly("3 DATE twice");
        assertThat(faults(GOOD + with("08:30", "14:00"))).isEmpty();
    }

    @Test
    void a_file_without_its_columns_or_rows_is_none() {
        assertThat(read("").faults()).hasSizeGreaterThan(5);
        assertThat(read(HEADER).faults()).containsExactly(new Fault(2, null, "no-rows"));
        assertThat(read(HEADER.replace("挂号费", "费用") + GOOD).faults())
                .containsExactly(new Fault(1, ScheduleFile.Column.FEE, "column-missing"));
        assertThat(read(HEADER + GOOD.repeat(ScheduleFile.MOST_ROWS + 1)).faults())
                .extracting(Fault::rule)
                .containsExactly("too-many-rows");
    }

    @Test
    void quotes_may_be_doubled_and_lines_stand_in_cells() {
        assertThat(CsvText.read("a,\"b \"\"c\"\"\nd\",\n".getBytes(UTF_8)))
                .containsExactly(List.of("a", "b \"c\"\nd", ""));
    }
}
