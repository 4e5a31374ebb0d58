package cn.kangka.api.schedule;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/** Comma-separated text (RFC 4180) as spreadsheets save it: UTF-8 with or without a mark, or GB 18030. */
final class CsvText {
    private static final char MARK = '\uFEFF';
    private static final Charset GB18030 = Charset.forName("GB18030");
    /** Empty rows are rows, so that their number is that of the line; a quote left open ends with the file. */
    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setIgnoreEmptyLines(false)
            .setTrailingData(true)
            .setLenientEof(true)
            .get();

    private CsvText() {}

    /** Rows of cells without spaces around them, full-width ones either. */
    static List<List<String>> read(byte[] file) {
        try (CSVParser parser = FORMAT.parse(new StringReader(decoded(file)))) {
            return parser.stream()
                    .map(row -> row.stream().map(String::strip).toList())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String decoded(byte[] file) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(file))
                    .toString();
        } catch (CharacterCodingException e) {
            text = new String(file, GB18030);
        }
        return text.isEmpty() || text.charAt(0) != MARK ? text : text.substring(1);
    }
}
