package cn.kangka.api.schedule;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads a file of sessions, text or a workbook: one row, one session, with its doctor and department. Nothing is guessed. */
final class ScheduleFile {
    static final int MOST_ROWS = 5_000;
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");
    private static final int LONGEST_TEXT = 80;
    private static final int MINUTES_OF_A_DAY = 1_440;

    private final List<Line> lines = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private final LocalDate earliest;
    private final LocalDate latest;
    private final int band;

    private ScheduleFile(LocalDate earliest, LocalDate latest, int band) {
        this.band = band;
        this.earliest = earliest;
        this.latest = latest;
    }

    /** A column, by the names that its header may have. */
    enum Column {
        DATE(true, "日期", "date"),
        DEPARTMENT(true, "科室代码", "department"),
        DEPARTMENT_NAME(true, "科室名称", "department name"),
        STANDARD_CODE(false, "诊疗科目", "standard code"),
        DOCTOR(true, "医生代码", "doctor"),
        DOCTOR_NAME(true, "医生姓名", "doctor name"),
        TITLE(false, "职称", "title"),
        SPECIALTY(false, "擅长", "specialty"),
        START(true, "开始", "start"),
        MINUTES(false, "时段分钟", "band minutes"),
        BANDS(true, "时段数", "bands"),
        UNITS(true, "每段号数", "units"),
        FEE(true, "挂号费", "fee"),
        MODE(false, "方式", "mode");

        private final boolean needed;
        private final String chinese;
        private final String english;

        Column(boolean needed, String chinese, String english) {
            this.needed = needed;
            this.chinese = chinese;
            this.english = english;
        }

        boolean named(String header) {
            return chinese.equals(header) || english.equalsIgnoreCase(header);
        }

        String header() {
            return chinese;
        }
    }

    /** A session as a row says it; {@code row} counts from 1, the header included. */
    record Line(
            int row,
            LocalDate day,
            String department,
            String departmentName,
            String standardCode,
            String doctor,
            String doctorName,
            String title,
            String specialty,
            LocalTime start,
            int minutes,
            int bands,
            int units,
            BigDecimal fee,
            boolean draw) {

        String role() {
            return doctor + "/" + department;
        }

        String half() {
            return start.isBefore(LocalTime.NOON) ? "AM" : "PM";
        }
    }

    /** What is wrong: where, by which rule. */
    record Fault(int row, Column column, String rule) {}

    /** What could be read; nothing is saved when there are faults. */
    record Reading(List<Line> lines, List<Fault> faults) {}

    /** @param band how long a band is, in minutes, where the file does not say */
    static Reading read(byte[] file, LocalDate earliest, LocalDate latest, int band) {
        ScheduleFile reading = new ScheduleFile(earliest, latest, band);
        try {
            reading.read(WorkbookText.is(file) ? WorkbookText.read(file, MOST_ROWS + 1) : CsvText.read(file));
        } catch (UnreadableWorkbook e) {
            reading.faults.add(new Fault(1, null, "unreadable"));
        }
        return new Reading(reading.lines, reading.faults);
    }

    private void read(List<List<String>> rows) {
        Map<Column, Integer> places = rows.isEmpty() ? Map.of() : places(rows.get(0));
        Stream.of(Column.values())
                .filter(column -> column.needed && !places.containsKey(column))
                .forEach(column -> faults.add(new Fault(1, column, "column-missing")));
        if (rows.size() > MOST_ROWS + 1) {
            faults.add(new Fault(MOST_ROWS + 2, null, "too-many-rows"));
        }
        if (faults.isEmpty() && rows.size() < 2) {
            faults.add(new Fault(2, null, "no-rows"));
        }
        if (!faults.isEmpty()) {
            return;
        }
        for (int i = 1; i < rows.size(); i++) {
            if (rows.get(i).stream().anyMatch(cell -> !cell.isEmpty())) {
                new RowReading(i + 1, rows.get(i), places).read();
            }
        }
        agree(Line::department, Line::departmentName, Column.DEPARTMENT_NAME);
        agree(Line::doctor, Line::doctorName, Column.DOCTOR_NAME);
        once();
    }

    private static Map<Column, Integer> places(List<String> header) {
        Map<Column, Integer> places = new EnumMap<>(Column.class);
        for (int i = 0; i < header.size(); i++) {
            String name = header.get(i);
            int place = i;
            Stream.of(Column.values())
                    .filter(column -> column.named(name))
                    .forEach(column -> places.putIfAbsent(column, place));
        }
        return places;
    }

    /** The same code has the same name in every row. */
    private void agree(Function<Line, String> code, Function<Line, String> name, Column column) {
        Map<String, String> names = new HashMap<>();
        for (Line line : lines) {
            String first = names.putIfAbsent(code.apply(line), name.apply(line));
            if (first != null && !first.equals(name.apply(line))) {
                faults.add(new Fault(line.row(), column, "another-name"));
            }
        }
    }

    /** A doctor has one session in a half-day. */
    private void once() {
        Map<String, Integer> seen = new HashMap<>();
        for (Line line : lines) {
            if (seen.putIfAbsent(line.day() + line.half() + line.doctor(), line.row()) != null) {
                faults.add(new Fault(line.row(), Column.DATE, "twice"));
            }
        }
    }

    /** One row; every fault of it is told. */
    private final class RowReading {
        private final int row;
        private final List<String> cells;
        private final Map<Column, Integer> places;
        private final int faultsBefore = faults.size();

        RowReading(int row, List<String> cells, Map<Column, Integer> places) {
            this.row = row;
            this.cells = cells;
            this.places = places;
        }

        void read() {
            LocalDate day = parsed(Column.DATE, text -> LocalDate.parse(text.replace('/', '-')));
            LocalTime start = parsed(Column.START, text -> LocalTime.parse(text.length() == 4 ? "0" + text : text));
            Integer minutes = cell(Column.MINUTES).isEmpty() ? Integer.valueOf(band) : number(Column.MINUTES, 5, 240);
            Integer bands = number(Column.BANDS, 1, 48);
            Integer units = number(Column.UNITS, 1, 500);
            BigDecimal fee = fee();
            boolean draw = draw();
            check(Column.DATE, day == null || !day.isBefore(earliest) && !day.isAfter(latest), "day-range");
            if (start != null && minutes != null && bands != null) {
                boolean within = start.toSecondOfDay() / 60 + minutes * bands < MINUTES_OF_A_DAY;
                check(Column.BANDS, within, "beyond-midnight");
            }
            String department = needed(Column.DEPARTMENT);
            String departmentName = needed(Column.DEPARTMENT_NAME);
            String doctor = needed(Column.DOCTOR);
            String doctorName = needed(Column.DOCTOR_NAME);
            String standard = standard();
            String title = text(Column.TITLE);
            String specialty = text(Column.SPECIALTY);
            if (faults.size() == faultsBefore) {
                lines.add(new Line(
                        row,
                        day,
                        department,
                        departmentName,
                        standard,
                        doctor,
                        doctorName,
                        title,
                        specialty,
                        start,
                        minutes,
                        bands,
                        units,
                        fee,
                        draw));
            }
        }

        private boolean draw() {
            String mode = text(Column.MODE);
            boolean draw = "DRAW".equalsIgnoreCase(mode) || "抽签".equals(mode);
            check(Column.MODE, mode == null || draw || "BOOK".equalsIgnoreCase(mode) || "先到先得".equals(mode), "mode");
            return draw;
        }

        private String standard() {
            String code = text(Column.STANDARD_CODE);
            check(Column.STANDARD_CODE, code == null || code.matches("\\d{2}(\\.\\d{2})?"), "format");
            return code;
        }

        /** The cell; null when it is empty. */
        private String text(Column column) {
            String cell = cell(column);
            check(column, cell.length() <= LONGEST_TEXT, "too-long");
            check(column, !CONTROL.matcher(cell).find(), "format");
            return cell.isEmpty() ? null : cell;
        }

        private String cell(Column column) {
            Integer place = places.get(column);
            return place == null || place >= cells.size() ? "" : cells.get(place);
        }

        private String needed(Column column) {
            String text = text(column);
            check(column, text != null, "required");
            return text;
        }

        private <T> T parsed(Column column, Function<String, T> parsing) {
            String text = needed(column);
            try {
                return text == null ? null : parsing.apply(text);
            } catch (DateTimeException e) {
                check(column, false, "format");
                return null;
            }
        }

        private Integer number(Column column, int least, int most) {
            String text = needed(column);
            if (text == null) {
                return null;
            }
            boolean fits =
                    text.matches("\\d{1,4}") && Integer.parseInt(text) >= least && Integer.parseInt(text) <= most;
            check(column, fits, "number-range");
            return fits ? Integer.valueOf(text) : null;
        }

        private BigDecimal fee() {
            String text = needed(Column.FEE);
            boolean fits = text != null && text.matches("\\d{1,5}(\\.\\d{1,2})?");
            check(Column.FEE, text == null || fits, "format");
            return fits ? new BigDecimal(text) : null;
        }

        private void check(Column column, boolean good, String rule) {
            if (!good) {
                faults.add(new Fault(row, column, rule));
            }
        }
    }
}
