package cn.kangka.api.schedule;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;

/**
 * The parts of an Office Open XML workbook (ECMA-376), unpacked within bounds and packed again: what is read afterwards is exactly what
 * was measured here, whatever the archive's directory says. A file of 2 MB may else unpack to gigabytes, or one cell make a row of
 * millions.
 */
final class WorkbookArchive {
    private static final int MOST_PARTS = 500;
    private static final int MOST_BYTES = 16 << 20;
    private static final int MOST_CELLS = 2_000_000;
    /** Of a cell or of a text that cells share, as spreadsheets have it. */
    private static final int MOST_TEXT = 32_767;

    private static final String FORMULA = "f";
    private static final int LETTERS = 26;
    private static final String ADDRESS = "[A-Z]{1,3}[0-9]{1,7}";
    private static final XMLInputFactory IN = xml();
    private static final XMLOutputFactory OUT = XMLOutputFactory.newDefaultFactory();

    private final ByteArrayOutputStream packed = new ByteArrayOutputStream();
    private int bytes;
    private int parts;
    private long cells;
    private int width;
    private int text;
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
                    out.putNextEntry(new ZipEntry(entry.getName()));
                    copy(part, out);
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

    /**
     * Writes a part again, and counts the cells of a sheet, those that its addresses leave out included. Of formulas only that there was
     * one is kept: a reader writes one that many cells share out for each of them.
     */
    private void copy(byte[] part, OutputStream out) throws IOException {
        try {
            XMLStreamReader in = IN.createXMLStreamReader(new ByteArrayInputStream(part));
            XMLStreamWriter copy = OUT.createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
            boolean formula = false;
            while (in.hasNext()) {
                switch (in.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        started(in);
                        formula |= in.getLocalName().equals(FORMULA);
                        start(in, copy, formula);
                    }
                    case XMLStreamConstants.END_ELEMENT -> {
                        formula &= !in.getLocalName().equals(FORMULA);
                        copy.writeEndElement();
                    }
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                        text += in.getTextLength();
                        bound(text, MOST_TEXT);
                        if (!formula) {
                            copy.writeCharacters(in.getText());
                        }
                    }
                    case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                        throw new IOException("a part with a document type");
                    default -> {}
                }
            }
            copy.flush();
            count(width);
            width = 0;
        } catch (XMLStreamException e) {
            throw new IOException("a part that is not XML", e);
        }
    }

    private static void start(XMLStreamReader in, XMLStreamWriter copy, boolean bare) throws XMLStreamException {
        copy.writeStartElement(some(in.getPrefix()), in.getLocalName(), some(in.getNamespaceURI()));
        for (int i = 0; i < in.getNamespaceCount(); i++) {
            copy.writeNamespace(some(in.getNamespacePrefix(i)), some(in.getNamespaceURI(i)));
        }
        for (int i = 0; i < in.getAttributeCount() && !bare; i++) {
            String namespace = in.getAttributeNamespace(i);
            if (namespace == null) {
                copy.writeAttribute(in.getAttributeLocalName(i), in.getAttributeValue(i));
            } else {
                copy.writeAttribute(
                        some(in.getAttributePrefix(i)),
                        namespace,
                        in.getAttributeLocalName(i),
                        in.getAttributeValue(i));
            }
        }
    }

    private static String some(String name) {
        return name == null ? "" : name;
    }

    private void started(XMLStreamReader element) throws IOException {
        switch (element.getLocalName()) {
            case "row" -> {
                count(width);
                width = 0;
            }
            case "c" -> {
                width = Math.max(width + 1, column(element));
                text = 0;
            }
            case "si" -> text = 0;
            case "workbookPr" -> {
                String value = element.getAttributeValue(null, "date1904");
                from1904 |= "1".equals(value) || "true".equals(value);
            }
            default -> {}
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
