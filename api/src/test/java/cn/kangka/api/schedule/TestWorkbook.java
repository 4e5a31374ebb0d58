package cn.kangka.api.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Workbooks written part by part, also such as no spreadsheet would write. */
final class TestWorkbook {
    private static final String NAMESPACE = " xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    private static final String RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private TestWorkbook() {}

    /** Cells of text. */
    static byte[] of(String[]... rows) {
        StringBuilder sheet = new StringBuilder();
        for (int row = 0; row < rows.length; row++) {
            sheet.append("<row r=\"").append(row + 1).append("\">");
            for (String cell : rows[row]) {
                sheet.append("<c t=\"inlineStr\"><is><t>").append(cell).append("</t></is></c>");
            }
            sheet.append("</row>");
        }
        return withRows(sheet.toString());
    }

    /** What stands in {@code sheetData} of the only sheet; its one style, 0, is none, and 1 a date's. */
    static byte[] withRows(String rows) {
        return withSheet("<worksheet" + NAMESPACE + "><sheetData>" + rows + "</sheetData></worksheet>");
    }

    static byte[] withSheet(String sheet) {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put(
                "[Content_Types].xml",
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                        + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                        + override("workbook.xml", "sheet.main")
                        + override("worksheets/sheet1.xml", "worksheet")
                        + override("styles.xml", "styles")
                        + "</Types>");
        parts.put("_rels/.rels", relations(relation("officeDocument", "xl/workbook.xml", 1)));
        parts.put(
                "xl/workbook.xml",
                "<workbook" + NAMESPACE + " xmlns:r=\"" + RELATIONS
                        + "\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>");
        parts.put(
                "xl/_rels/workbook.xml.rels",
                relations(relation("worksheet", "worksheets/sheet1.xml", 1) + relation("styles", "styles.xml", 2)));
        parts.put(
                "xl/styles.xml",
                "<styleSheet" + NAMESPACE + "><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs>"
                        + "</styleSheet>");
        parts.put("xl/worksheets/sheet1.xml", sheet);
        return zip(parts);
    }

    private static String override(String part, String type) {
        return "<Override PartName=\"/xl/" + part
                + "\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml." + type + "+xml\"/>";
    }

    private static String relations(String all) {
        return "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" + all
                + "</Relationships>";
    }

    private static String relation(String type, String target, int id) {
        return "<Relationship Id=\"rId%d\" Type=\"%s/%s\" Target=\"%s\"/>".formatted(id, RELATIONS, type, target);
    }

    private static byte[] zip(Map<String, String> parts) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(file)) {
            for (Map.Entry<String, String> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue().getBytes(UTF_8));
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }
}
