package cn.kangka.api.imaging;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** An image as an archive tells it; number is null when it gives none. */
record PacsInstance(String uid, String seriesUid, Integer number) {
    /** DICOM PS3.5: digits and dots, at most 64 characters. */
    private static final Pattern UID = Pattern.compile("[0-9.]{1,64}");

    static boolean isUid(String value) {
        return value != null && UID.matcher(value).matches();
    }

    /** The images of an answer, each once; those that name another study or patient are left out. */
    static List<PacsInstance> of(JsonNode answer, String studyUid, String patientId) {
        return StreamSupport.stream(answer.spliterator(), false)
                .filter(image -> agrees(Dicom.text(image, Dicom.STUDY_UID), studyUid))
                .filter(image -> agrees(Dicom.text(image, Dicom.PATIENT_ID), patientId))
                .filter(image -> isUid(Dicom.text(image, Dicom.INSTANCE_UID)))
                .filter(image -> isUid(Dicom.text(image, Dicom.SERIES_UID)))
                .map(image -> new PacsInstance(
                        Dicom.text(image, Dicom.INSTANCE_UID),
                        Dicom.text(image, Dicom.SERIES_UID),
                        Dicom.number(image, Dicom.INSTANCE_NUMBER)))
                .collect(
                        Collectors.toMap(PacsInstance::uid, Function.identity(), (first, again) -> first, TreeMap::new))
                .values()
                .stream()
                .toList();
    }

    private static boolean agrees(String told, String expected) {
        return told == null || told.equals(expected.strip());
    }
}
