package cn.kangka.api.imaging;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;

/**
 * A study as an archive tells it.
 *
 * @param studyAt null when the archive gives no date
 * @param images null when the archive does not count
 */
record PacsStudy(String uid, String modality, String description, Instant studyAt, Integer images) {

    /** The studies of an answer that are that patient's; an archive that answers more is not believed. */
    static List<PacsStudy> of(JsonNode answer, String patientId) {
        return StreamSupport.stream(answer.spliterator(), false)
                .filter(study -> patientId.strip().equals(Dicom.text(study, Dicom.PATIENT_ID)))
                .filter(study -> PacsInstance.isUid(Dicom.text(study, Dicom.STUDY_UID)))
                .map(study -> new PacsStudy(
                        Dicom.text(study, Dicom.STUDY_UID),
                        Objects.requireNonNullElse(
                                Dicom.text(study, Dicom.MODALITIES),
                                Objects.requireNonNullElse(Dicom.text(study, Dicom.MODALITY), "OT")),
                        Dicom.text(study, Dicom.STUDY_DESCRIPTION),
                        Dicom.studyAt(study),
                        Dicom.number(study, Dicom.IMAGES)))
                .toList();
    }
}
