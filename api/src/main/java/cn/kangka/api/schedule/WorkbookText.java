package cn.kangka.api.schedule;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.SheetVisibility;

/**
 * The first visible sheet of a workbook ({@code .xlsx}) as the same rows of text that a CSV file has: days and times, which a
 * workbook keeps as numbers, as they are written there; what formulas came to, not what they say.
 */
final class WorkbookText {
    private static final byte[] ZIP = {'P', 'K', 3, 4};
    /** What encrypted workbooks and those of the old kind begin with (OLE 2). */
    private static final byte[] OLE = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0};

    private static final int MOST_COLUMNS = 200;
    /** Of all cells together: a text that is kept once may stand in a million of them. */
    private static final long MOST_CHARACTERS = 8_000_000;
    /** Beyond it a number of a cell is a slip, and its text could be as long as its exponent says. */
    private static final int MOST_DIGITS = 100;
    /** A cell's number is a binary one: its last digits are noise. */
    private static final int EXACT_DIGITS = 9;
    /** Refused wherever it stands, as a control character is. */
    private static final String NO_TEXT = "\0";

    private static final long SECONDS_OF_A_DAY = 86_400;
    private static final long LAST_DAY = 2_958_465;
    private static final LocalDate DAY_ZERO = LocalDate.of(1899, 12, 30);
    private static final LocalDate DAY_ZERO_1904 = LocalDate.of(1904, 1, 1);
    /** Quoted, bracketed and escaped parts of a format. */
    private static final Pattern LITERALS = Pattern.compile("\"[^\"]*\"|\\[[^\\]]*]|\\\\.|_.");

    private final LocalDate dayZero;
    private long characters;

    private WorkbookText(LocalDate dayZero) {
        this.dayZero = dayZero;
    }

    /** Whether it is a workbook, not text; perhaps one that cannot be read. */
    static boolean is(byte[] file) {
        return begins(file, ZIP) || begins(file, OLE);
    }

    private static boolean begins(byte[] file, byte[] mark) {
        return file.length >= mark.length && Arrays.equals(file, 0, mark.length, mark, 0, mark.length);
    }

    /** Rows of cells without spaces around them; of a longer sheet one row more than {@code most}. Empty rows are rows. */
    static List<List<String>> read(byte[] file, int most) throws UnreadableWorkbook {
        try {
            return read(WorkbookArchive.of(file), most);
        } catch (IOException | RuntimeException e) {
            throw new UnreadableWorkbook(e);
        }
    }

    private static List<List<String>> read(WorkbookArchive archive, int most) throws IOException {
        try (ReadableWorkbook workbook = new ReadableWorkbook(
                        new ByteArrayInputStream(archive.bounded()), new ReadingOptions(true, true));
                Stream<Row> rows = workbook.getSheets()
                        .filter(sheet -> sheet.getVisibility() == SheetVisibility.VISIBLE)
                        .findFirst()
                        .orElseThrow(() -> new IOException("no sheet"))
                        .openStream()) {
            return new WorkbookText(archive.from1904() ? DAY_ZERO_1904 : DAY_ZERO).rows(rows.iterator(), most);
        }
    }

    private List<List<String>> rows(Iterator<Row> rows, int most) {
        List<List<String>> all = new ArrayList<>();
        while (rows.hasNext() && all.size() <= most) {
            Row row = rows.next();
            List<String> cells = cells(row);
            if (cells.stream().anyMatch(cell -> !cell.isEmpty())) {
                while (all.size() < Math.min(row.getRowNum() - 1, most)) {
                    all.add(List.of());
                }
                all.add(cells);
            }
        }
        return all;
    }

    private List<String> cells(Row row) {
        return IntStream.range(0, Math.min(row.getCellCount(), MOST_COLUMNS))
                .mapToObj(i -> counted(row.getOptionalCell(i).map(this::text).orElse(""))
                        .strip())
                .toList();
    }

    /** Before it is copied. */
    private String counted(String text) {
        characters += text.length();
        if (characters > MOST_CHARACTERS) {
            throw new IllegalStateException("more than " + MOST_CHARACTERS + " characters");
        }
        return text;
    }

    private String text(Cell cell) {
        if (cell.getValue() instanceof BigDecimal number) {
            return text(number, isTime(cell));
        }
        String text = cell.getValue() == null ? "" : cell.getValue().toString();
        boolean failed = cell.getType() == CellType.ERROR || cell.getType() == CellType.FORMULA && text.startsWith("#");
        return failed ? NO_TEXT : text;
    }

    private String text(BigDecimal number, boolean time) {
        if (number.precision() > MOST_DIGITS || Math.abs((long) number.scale()) > MOST_DIGITS) {
            return NO_TEXT;
        }
        BigDecimal rounded =
                number.scale() > EXACT_DIGITS ? number.setScale(EXACT_DIGITS, RoundingMode.HALF_UP) : number;
        boolean date = time && number.signum() >= 0 && number.compareTo(BigDecimal.valueOf(LAST_DAY)) <= 0;
        return date
                ? moment(number)
                : rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    /** A day, a time of day, or both. */
    private String moment(BigDecimal number) {
        long seconds = number.multiply(BigDecimal.valueOf(SECONDS_OF_A_DAY))
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
        long day = seconds / SECONDS_OF_A_DAY;
        LocalTime time = LocalTime.ofSecondOfDay(seconds % SECONDS_OF_A_DAY);
        if (day == 0) {
            return time.toString();
        }
        String date = dayZero.plusDays(day).toString();
        return time.equals(LocalTime.MIDNIGHT) ? date : date + " " + time;
    }

    /** Whether a number is shown as a day or time: by the formats that have no text (ECMA-376, 18.8.30), or by what the text says. */
    private static boolean isTime(Cell cell) {
        Integer id = cell.getDataFormatId();
        String format = cell.getDataFormatString();
        if (id != null
                && (id >= 14 && id <= 22 || id >= 27 && id <= 36 || id >= 45 && id <= 47 || id >= 50 && id <= 58)) {
            return true;
        }
        return format != null
                && LITERALS.matcher(format)
                        .replaceAll("")
                        .toLowerCase(Locale.ROOT)
                        .chars()
                        .anyMatch(each -> "ymdhs".indexOf(each) >= 0);
    }
}
