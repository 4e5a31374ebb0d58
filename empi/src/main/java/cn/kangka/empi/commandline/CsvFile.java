package cn.kangka.empi.commandline;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A CSV file with a header (RFC 4180; any line ends; a byte order mark is passed over). What is wrong is told with file
 * and line; nothing is guessed.
 */
final class CsvFile {
    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private final Path path;
    private final Charset charset;

    CsvFile(Path path, Charset charset) {
        this.path = path;
        this.charset = charset;
    }

    Path path() {
        return path;
    }

    /** The names of the columns. */
    List<String> header() {
        List<String> names = new ArrayList<>();
        read(List.of(), false, names::addAll, row -> {});
        return names;
    }

    /**
     * Shows every row.
     *
     * @param needed columns that must be there
     */
    void forEach(List<String> needed, Consumer<CSVRecord> row) {
        read(needed, true, names -> {}, row);
    }

    private void read(List<String> needed, boolean rows, Consumer<List<String>> header, Consumer<CSVRecord> row) {
        LineLimit limited = null;
        try (InputStream bytes = new BufferedInputStream(Files.newInputStream(path));
                Reader decoded = new InputStreamReader(
                        bytes,
                        charset.newDecoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .onUnmappableCharacter(CodingErrorAction.REPORT))) {
            limited = new LineLimit(decoded);
            passByteOrderMark(limited);
            try (CSVParser parser = format().parse(limited)) {
                List<String> names = parser.getHeaderNames();
                demand(needed, names);
                header.accept(names);
                if (rows) {
                    show(parser, names.size(), row);
                }
            }
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            throw told(e, limited);
        }
    }

    private static void passByteOrderMark(Reader reader) throws IOException {
        reader.mark(1);
        if (reader.read() != BYTE_ORDER_MARK) {
            reader.reset();
        }
    }

    private static CSVFormat format() {
        return CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setIgnoreEmptyLines(true)
                .setTrim(true)
                .setIgnoreSurroundingSpaces(true)
                .get();
    }

    private void demand(List<String> needed, List<String> names) {
        if (names.isEmpty()) {
            throw new ToolException(path + ": the file is empty; the first line must name the columns");
        }
        List<String> missing =
                needed.stream().filter(column -> !names.contains(column)).toList();
        if (!missing.isEmpty()) {
            throw new ToolException(path + ", line 1: no column " + String.join(", ", missing) + "; there are "
                    + String.join(", ", names));
        }
    }

    private void show(CSVParser parser, int columns, Consumer<CSVRecord> row) {
        for (Iterator<CSVRecord> rows = parser.iterator(); rows.hasNext(); ) {
            CSVRecord record = rows.next();
            if (record.size() != columns) {
                throw new ToolException(path + ", line " + parser.getCurrentLineNumber() + ": " + record.size()
                        + " fields, the header has " + columns);
            }
            row.accept(record);
        }
    }

    private ToolException told(Exception failure, LineLimit reader) {
        Throwable cause = failure instanceof UncheckedIOException unchecked ? unchecked.getCause() : failure;
        String place = path + (reader == null ? "" : ", line " + reader.line());
        if (cause instanceof java.nio.file.NoSuchFileException) {
            return new ToolException(path + ": there is no such file");
        }
        if (cause instanceof CharacterCodingException) {
            return new ToolException(
                    place + " or soon after: bytes that are not " + charset + "; name the encoding by --encoding");
        }
        if (cause instanceof LineLimit.TooLongException) {
            return new ToolException(place + ": " + cause.getMessage());
        }
        if (cause instanceof CSVException || cause instanceof IllegalArgumentException) {
            return new ToolException(place + ": " + cause.getMessage());
        }
        return new ToolException(path + ": " + cause.getMessage());
    }
}
