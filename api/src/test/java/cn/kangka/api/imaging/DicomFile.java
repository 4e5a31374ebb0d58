package cn.kangka.api.imaging;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Writes a DICOM file (PS3.10, explicit VR little endian): a secondary capture of 64 x 64 grey pixels. */
final class DicomFile {
    private static final String SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7";
    private static final String EXPLICIT_LITTLE_ENDIAN = "1.2.840.10008.1.2.1";
    private static final int EDGE = 64;
    private static final Set<String> LONG = Set.of("OB", "OW");

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private DicomFile() {}

    /** A study of one image; the UIDs follow from {@code study}. */
    static byte[] of(String patientId, String study, String description) {
        DicomFile meta = new DicomFile();
        meta.put(0x0002, 0x0001, "OB", new byte[] {0, 1});
        meta.text(0x0002, 0x0002, "UI", SECONDARY_CAPTURE);
        meta.text(0x0002, 0x0003, "UI", study + ".1.1");
        meta.text(0x0002, 0x0010, "UI", EXPLICIT_LITTLE_ENDIAN);
        meta.text(0x0002, 0x0012, "UI", "1.2.826.0.1.3680043.9.9999");

        DicomFile file = new DicomFile();
        file.bytes.writeBytes(new byte[128]);
        file.bytes.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
        file.put(0x0002, 0x0000, "UL", little(4).putInt(meta.bytes.size()).array());
        file.bytes.writeBytes(meta.bytes.toByteArray());
        file.text(0x0008, 0x0005, "CS", "ISO_IR 192");
        file.text(0x0008, 0x0016, "UI", SECONDARY_CAPTURE);
        file.text(0x0008, 0x0018, "UI", study + ".1.1");
        file.text(0x0008, 0x0020, "DA", "20261120");
        file.text(0x0008, 0x0030, "TM", "103000");
        file.text(0x0008, 0x0060, "CS", "OT");
        file.text(0x0008, 0x1030, "LO", description);
        file.text(0x0010, 0x0010, "PN", "TEST");
        file.text(0x0010, 0x0020, "LO", patientId);
        file.text(0x0020, 0x000D, "UI", study);
        file.text(0x0020, 0x000E, "UI", study + ".1");
        file.text(0x0020, 0x0011, "IS", "1");
        file.text(0x0020, 0x0013, "IS", "1");
        file.number(0x0028, 0x0002, 1);
        file.text(0x0028, 0x0004, "CS", "MONOCHROME2");
        file.number(0x0028, 0x0010, EDGE);
        file.number(0x0028, 0x0011, EDGE);
        file.number(0x0028, 0x0100, 8);
        file.number(0x0028, 0x0101, 8);
        file.number(0x0028, 0x0102, 7);
        file.number(0x0028, 0x0103, 0);
        file.put(0x7FE0, 0x0010, "OB", pixels());
        return file.bytes.toByteArray();
    }

    private static byte[] pixels() {
        byte[] pixels = new byte[EDGE * EDGE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i % EDGE * 4);
        }
        return pixels;
    }

    private void number(int group, int element, int value) {
        put(group, element, "US", little(2).putShort((short) value).array());
    }

    /** Text is padded to an even length: UIDs by a zero byte, everything else by a space. */
    private void text(int group, int element, String vr, String value) {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        byte[] even = java.util.Arrays.copyOf(text, text.length + text.length % 2);
        if (even.length > text.length && !vr.equals("UI")) {
            even[text.length] = ' ';
        }
        put(group, element, vr, even);
    }

    private void put(int group, int element, String vr, byte[] value) {
        bytes.writeBytes(
                little(4).putShort((short) group).putShort((short) element).array());
        bytes.writeBytes(vr.getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(
                LONG.contains(vr)
                        ? little(6).putShort((short) 0).putInt(value.length).array()
                        : little(2).putShort((short) value.length).array());
        bytes.writeBytes(value);
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
