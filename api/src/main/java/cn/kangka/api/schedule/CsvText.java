package cn.kangka.api.schedule;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Comma-separated text (RFC 4180) as spreadsheets save it: UTF-8 with or without a mark, or GB 18030. */
final class CsvText {
    private static final char MARK = '\uFEFF';
    private static final char QUOTE = '"';
    private static final Charset GB18030 = Charset.forName("GB18030");

    private final String text;
    private final List<List<String>> rows = new ArrayList<>();
    private List<String> row = new ArrayList<>();
    private StringBuilder cell = new StringBuilder();
    private boolean quoted;

    private CsvText(String text) {
        this.text = text;
    }

    /** Rows of cells without spaces around them; empty rows are rows, so that their number is that of the line. */
    static List<List<String>> read(byte[] file) {
        return new CsvText(decoded(file)).read();
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

    private List<List<String>> read() {
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (quoted) {
                i += inQuotes(next, i);
            } else if (next == QUOTE && cell.isEmpty()) {
                quoted = true;
            } else if (next == ',') {
                endCell();
            } else if (next == '\n') {
                endRow();
            } else if (next != '\r') {
                cell.append(next);
            }
        }
        if (!cell.isEmpty() || !row.isEmpty()) {
            endRow();
        }
        return rows;
    }

    /** How many characters besides this one are used up: a doubled quote is one. */
    private int inQuotes(char next, int at) {
        if (next != QUOTE) {
            cell.append(next);
            return 0;
        }
        boolean doubled = at + 1 < text.length() && text.charAt(at + 1) == QUOTE;
        if (doubled) {
            cell.append(QUOTE);
            return 1;
        }
        quoted = false;
        return 0;
    }

    private void endCell() {
        row.add(cell.toString().strip());
        cell = new StringBuilder();
    }

    private void endRow() {
        endCell();
        rows.add(row);
        row = new ArrayList<>();
    }
}
