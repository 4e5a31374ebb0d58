package cn.kangka.empi.linking;

import cn.kangka.empi.hl7.Hl7Refusal;
import cn.kangka.empi.identity.Document;

/** What one CX of a message is. */
sealed interface PatientId {
    /** The sender's own id of the patient. */
    record Local(String id) implements PatientId {}

    /** A typed id, of a registry or of a domain that the sender may cite. */
    record Cited(Document document) implements PatientId {}

    /** An id that the sender may not give. */
    record Refused(Hl7Refusal refusal) implements PatientId {}

    /** Nothing usable, nothing wrong. */
    record Nothing() implements PatientId {}
}
