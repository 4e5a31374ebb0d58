package cn.kangka.api.schedule;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The parts of an Office Open XML workbook (ECMA-376), unpacked within bounds and packed again: what is read afterwards is exactly what
 * was measured here, whatever the archive's directory says. A file of 2 MB may else unpack to gigabytes, or one cell make a row of
 * millions.
 */
final class WorkbookArchive {
    private static final int MOST_PARTS = 500;
    private static final int MOST_BYTES = 16 << 20;
    private static final int MOST_CELLS = 2_000_000;
    /** Of a cell, as spreadsheets have it. */
    private static final int MOST_TEXT = 32_767;
    /** Formulas by the longest text: one that many cells share is written out for each. */
    private static final long MOST_FORMULAS = 500_000_000;

    private static final int LETTERS = 26;
    private static final String ADDRESS = "[A-Z]{1,3}[0-9]{1,7}";
    private static final XMLInputFactory XML = xml();

    private final ByteArrayOutputStream packed = new ByteArrayOutputStream();
    private int bytes;
    private int parts;
    private long cells;
    private int formulas;
    private int longest;
    private boolean from1904;

    private WorkbookArchive() {}

    private static XMLInputFactory xml() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    /** The workbook of a file; fails when there is more of it than is allowed. */
    static WorkbookArchive of(byte[] file) throws IOException {
        WorkbookArchive archive = new WorkbookArchive();
        archive.repack(file);
        return archive;
    }

    /** The same workbook with its texts only. */
    byte[] bounded() {
        return packed.toByteArray();
    }

    /** Whether its days count from 1904, as on old Macs; the reader knows one of the two spellings of it. */
    boolean from1904() {
        return from1904;
    }

    private void repack(byte[] file) throws IOException {
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(file));
                ZipOutputStream out = new ZipOutputStream(packed)) {
            out.setLevel(Deflater.NO_COMPRESSION);
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                bound(++parts, MOST_PARTS);
                byte[] part = in.readNBytes(MOST_BYTES - bytes + 1);
                bytes += part.length;
                bound(bytes, MOST_BYTES);
                if (entry.getName().endsWith(".xml") || entry.getName().endsWith(".rels")) {
                    measure(part);
                    out.putNextEntry(new ZipEntry(entry.getName()));
                    out.write(part);
                    out.closeEntry();
                }
            }
        }
    }

    private static void bound(long count, long most) throws IOException {
        if (count > most) {
            throw new IOException("more than " + most);
        }
    }

    /** Counts the cells of a sheet, those that its addresses leave out included, and what their numbers and formulas cost. */
    private void measure(byte[] part) throws IOException {
        try {
            XMLStreamReader reader = XML.createXMLStreamReader(new ByteArrayInputStream(part));
            int width = 0;
            int text = 0;
            boolean formula = false;
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    text = 0;
                    formula = reader.getLocalName().equals("f");
                    formulas += formula ? 1 : 0;
                    switch (reader.getLocalName()) {
                        case "row" -> {
                            count(width);
                            width = 0;
                        }
                        case "c" -> width = Math.max(width + 1, column(reader));
                        case "workbookPr" -> {
                            String value = reader.getAttributeValue(null, "date1904");
                            from1904 |= "1".equals(value) || "true".equals(value);
                        }
                        default -> {}
                    }
                } else if (reader.hasText()) {
                    text += reader.getTextLength();
                    bound(text, MOST_TEXT);
                    longest = formula ? Math.max(longest, text) : longest;
                    bound((long) formulas * longest, MOST_FORMULAS);
                }
            }
            count(width);
        } catch (XMLStreamException e) {
            throw new IOException("a part that is not XML", e);
        }
    }

    private void count(int width) throws IOException {
        cells += width;
        bound(cells, MOST_CELLS);
    }

    /** The number of a cell's column from 1; 0 where it has no address. */
    private static int column(XMLStreamReader cell) throws IOException {
        int column = 0;
        for (int i = 0; i < cell.getAttributeCount(); i++) {
            if (cell.getAttributeLocalName(i).equals("r")) {
                column = Math.max(column, column(cell.getAttributeValue(i)));
            }
        }
        return column;
    }

    private static int column(String address) throws IOException {
        if (!address.matches(ADDRESS)) {
            throw new IOException("no address of a cell");
        }
        return address.chars().filter(Character::isLetter).reduce(0, (sum, letter) -> sum * LETTERS + letter - 'A' + 1);
    }
}
