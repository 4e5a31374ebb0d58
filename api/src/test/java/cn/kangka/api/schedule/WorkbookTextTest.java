package cn.kangka.api.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import cn.kangka.api.schedule.ScheduleFile.Fault;
import cn.kangka.api.schedule.ScheduleFile.Reading;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workbooks: what spreadsheets write is read as the text that it shows, and what nobody should write is not read at all. */
class WorkbookTextTest {
    private static final LocalDate DAY = LocalDate.of(2026, 12, 7);
    private static final int MOST = 5_001;
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String CSV = """
            日期,科室代码,科室名称,诊疗科目,医生代码,医生姓名,职称,擅长,开始,时段分钟,时段数,每段号数,挂号费,方式
            2026-12-07,NK,内科,03,D001,陈晓明,主任医师,"高血压,糖尿病",08:30,30,7,3,25.5,先到先得
            2026-12-07,NK,内科,03,D001,陈晓明,主任医师,"高血压,糖尿病",14:00,30,6,3,25.5,先到先得

            2026-12-08,ETK,儿科,07,D002,林小燕,副主任医师,,08:30,30,7,2,30,抽签
            """;

    private static Reading schedule(byte[] file) {
        return ScheduleFile.read(file, DAY, DAY.plusDays(30), 30);
    }

    private static List<List<String>> rows(String sheetData) throws UnreadableWorkbook {
        return WorkbookText.read(TestWorkbook.withRows(sheetData), MOST);
    }

    private static String cell(String address, String attributes, String value) {
        return "<c r=\"%s\" %s><v>%s</v></c>".formatted(address, attributes, value);
    }

    /** In a row of its own. */
    private static String text(String attributes, String value) throws UnreadableWorkbook {
        return rows("<row r=\"1\">" + cell("A1", attributes, value) + "</row>")
                .get(0)
                .get(0);
    }

    private static void isUnreadable(byte[] file) {
        assertThatThrownBy(() -> WorkbookText.read(file, MOST)).isInstanceOf(UnreadableWorkbook.class);
        assertThat(schedule(file).faults()).containsExactly(new Fault(1, null, "unreadable"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"openpyxl.xlsx", "xlsxwriter.xlsx"})
    void what_others_write_reads_like_the_text_that_it_stands_for(String name) throws IOException {
        try (InputStream file = getClass().getResourceAsStream("/schedule/" + name)) {
            Reading reading = schedule(file.readAllBytes());

            assertThat(reading.faults()).isEmpty();
            assertThat(reading.lines())
                    .hasSize(3)
                    .isEqualTo(schedule(CSV.getBytes(UTF_8)).lines());
        }
    }

    @Test
    void more_text_than_any_schedule_has_is_not_kept() {
        String[][] rows = new String[300][];
        Arrays.fill(rows, new String[] {" " + "a".repeat(30_000)});
        isUnreadable(TestWorkbook.of(rows));
    }

    @Test
    void days_and_times_are_numbers_with_a_format_and_other_numbers_are_not_days() throws UnreadableWorkbook {
        assertThat(text("s=\"1\"", "46363")).isEqualTo("2026-12-07");
        assertThat(text("s=\"1\"", "0.354166666666667")).isEqualTo("08:30");
        assertThat(text("s=\"1\"", "46363.5")).isEqualTo("2026-12-07 12:00");
        assertThat(text("s=\"0\"", "46363")).isEqualTo("46363");
        assertThat(text("", "25.500000000000004")).isEqualTo("25.5");
        assertThat(text("", "100")).isEqualTo("100");
        assertThat(text("", "0")).isEqualTo("0");
        assertThat(text("t=\"b\"", "1")).isEqualTo("true");
    }

    @Test
    void a_fault_is_told_with_the_row_of_the_sheet() {
        String header = "日期,科室代码,科室名称,医生代码,医生姓名,开始,时段分钟,时段数,每段号数,挂号费";
        StringBuilder sheet = new StringBuilder("<row r=\"1\">");
        for (String each : header.split(",")) {
            sheet.append("<c t=\"inlineStr\"><is><t>").append(each).append("</t></is></c>");
        }
        sheet.append("</row><row r=\"5\">")
                .append(cell("A5", "s=\"0\"", "46363"))
                .append("<c r=\"B5\" t=\"e\"><v>#N/A</v></c><c r=\"C5\" t=\"str\"><f>A9</f><v>#REF!</v></c></row>");

        assertThat(schedule(TestWorkbook.withRows(sheet.toString())).faults())
                .contains(
                        new Fault(5, ScheduleFile.Column.DATE, "format"),
                        new Fault(5, ScheduleFile.Column.DEPARTMENT, "format"),
                        new Fault(5, ScheduleFile.Column.DEPARTMENT_NAME, "format"),
                        new Fault(5, ScheduleFile.Column.DOCTOR, "required"));
    }

    @Test
    void empty_rows_do_not_count_and_a_longer_sheet_is_cut() throws UnreadableWorkbook {
        assertThat(rows("<row r=\"2\">" + cell("A2", "", "1") + "</row><row r=\"1048576\"><c r=\"A1048576\"/></row>"))
                .containsExactly(List.of(), List.of("1"));
        assertThat(rows("<row r=\"1048576\">" + cell("A1048576", "", "1") + "</row>"))
                .hasSize(MOST + 1);
        assertThat(schedule(TestWorkbook.withRows("<row r=\"1\"/><row r=\"9999\">" + cell("A9999", "", "1") + "</row>"))
                        .faults())
                .contains(new Fault(5_002, null, "too-many-rows"));
    }

    @Test
    void what_is_small_outside_and_huge_inside_is_not_read() {
        byte[] bomb = TestWorkbook.withSheet("<worksheet>" + " ".repeat(17 << 20) + "</worksheet>");

        assertThat(bomb).hasSizeLessThan(1 << 20);
        isUnreadable(bomb);
    }

    @Test
    void a_cell_far_out_does_not_make_a_row_of_millions() {
        isUnreadable(TestWorkbook.withRows("<row r=\"1\">" + cell("ZZZZZZ1", "", "1") + "</row>"));
        isUnreadable(TestWorkbook.withRows("<row r=\"1\">" + cell("&#90;ZZZZZ1", "", "1") + "</row>"));
        isUnreadable(TestWorkbook.withRows("<row><c r=\"XFD1\"/></row>".repeat(200)));
    }

    @Test
    void numbers_and_formulas_cost_no_more_than_they_should() throws UnreadableWorkbook {
        assertThat(text("", "1E999999999")).isEqualTo("\0");
        assertThat(text("s=\"1\"", "1E-999999999")).isEqualTo("\0");
        isUnreadable(TestWorkbook.withRows("<row r=\"1\">" + cell("A1", "", "1".repeat(40_000)) + "</row>"));
        isUnreadable(TestWorkbook.withRows("<row r=\"1\"><c t=\"inlineStr\"><is>"
                + ("<r><t>" + "a".repeat(1_000) + "</t></r>").repeat(40) + "</is></c></row>"));
    }

    @Test
    void what_formulas_say_is_passed_over_however_many_share_it() {
        String row = "<row><c><f t=\"shared\" si=\"0\"/><v>1</v></c></row>";
        byte[] shared = TestWorkbook.withRows("<row r=\"1\"><c r=\"A1\"><f t=\"shared\" ref=\"A1:A9\" si=\"0\">"
                + "A1+".repeat(10_000) + "1</f><v>2</v></c></row>" + row.repeat(20_000));
        byte[] arrays = TestWorkbook.withRows(
                ("<row><c><f t=\"array\" ref=\"A1:A9999\">" + "A1+".repeat(10) + "1</f><v>1</v></c></row>")
                        .repeat(20_000));

        assertTimeoutPreemptively(SOON, () -> assertThat(WorkbookText.read(shared, MOST))
                .hasSize(MOST + 1)
                .startsWith(List.of("2"), List.of("1")));
        assertTimeoutPreemptively(SOON, () -> assertThat(WorkbookText.read(arrays, MOST))
                .hasSize(MOST + 1)
                .startsWith(List.of("1")));
    }

    @Test
    void entities_lead_nowhere() {
        String sheet = "<!DOCTYPE worksheet [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><worksheet><sheetData>"
                + "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>&x;</t></is></c></row></sheetData></worksheet>";

        isUnreadable(TestWorkbook.withSheet(sheet));
    }

    @Test
    void what_is_broken_old_or_encrypted_is_said_to_be_unreadable() {
        byte[] good = TestWorkbook.withRows("<row r=\"1\">" + cell("A1", "", "1") + "</row>");
        isUnreadable(Arrays.copyOf(good, good.length / 2));
        isUnreadable(new byte[] {'P', 'K', 3, 4});
        isUnreadable(
                new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1, 0x1A, (byte) 0xE1});
        isUnreadable(TestWorkbook.withSheet("<worksheet>"));
    }
}
