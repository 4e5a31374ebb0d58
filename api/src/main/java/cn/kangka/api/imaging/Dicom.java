package cn.kangka.api.imaging;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Reads the DICOM JSON model (PS3.18 annex F). */
final class Dicom {
    static final String STUDY_DATE = "00080020";
    static final String STUDY_TIME = "00080030";
    static final String MODALITY = "00080060";
    static final String MODALITIES = "00080061";
    static final String STUDY_DESCRIPTION = "00081030";
    static final String SERIES_DESCRIPTION = "0008103E";
    static final String PATIENT_ID = "00100020";
    static final String STUDY_UID = "0020000D";
    static final String SERIES_UID = "0020000E";
    static final String SERIES_NUMBER = "00200011";
    static final String INSTANCE_UID = "00080018";
    static final String INSTANCE_NUMBER = "00200013";
    static final String IMAGES = "00201208";

    private static final ZoneId REGION = ZoneId.of("Asia/Shanghai");
    private static final int TIME_DIGITS = 6;

    private Dicom() {}

    /** All values of an attribute, joined by a slash; null when it is absent or empty. */
    static String text(JsonNode object, String tag) {
        String text = StreamSupport.stream(object.path(tag).path("Value").spliterator(), false)
                .map(value -> value.asText("").strip())
                .filter(value -> !value.isEmpty())
                .collect(Collectors.joining("/"));
        return text.isEmpty() ? null : text;
    }

    /** A whole number; null when absent or none. VR IS comes as number or as text. */
    static Integer number(JsonNode object, String tag) {
        String text = text(object, tag);
        return text != null && text.matches("\\d{1,9}") ? Integer.valueOf(text) : null;
    }

    /** DA and TM as an instant of the region; null when there is no date. */
    static Instant studyAt(JsonNode object) {
        String date = text(object, STUDY_DATE);
        if (date == null) {
            return null;
        }
        try {
            return LocalDate.parse(date, DateTimeFormatter.BASIC_ISO_DATE)
                    .atTime(time(text(object, STUDY_TIME)))
                    .atZone(REGION)
                    .toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** The day of a study in the region. */
    static LocalDate day(OffsetDateTime at) {
        return at.atZoneSameInstant(REGION).toLocalDate();
    }

    private static LocalTime time(String value) {
        String digits = value == null ? "" : value.replaceFirst("\\..*", "");
        return digits.length() == TIME_DIGITS
                ? LocalTime.parse(digits, DateTimeFormatter.ofPattern("HHmmss"))
                : LocalTime.MIDNIGHT;
    }
}
