package cn.kangka.empi.linking;

import cn.kangka.empi.identity.Document;
import cn.kangka.empi.identity.DocumentType;
import cn.kangka.empi.identity.PatientDemographics;
import cn.kangka.empi.identity.ResidentId;
import cn.kangka.empi.identity.Sex;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a patient's data are called in linkage models. */
record PatientColumns(PatientDemographics patient) {
    private static final Comparator<Document> BEST_FIRST = Comparator.comparing(
                    (Document document) -> !ResidentId.isValid(document.number()))
            .thenComparing(Document::type);

    /** The text of a column; null when it is unknown. */
    String column(String name) {
        return switch (name) {
            case "name" -> patient.name();
            case "sex" -> patient.sex() == Sex.UNKNOWN ? null : patient.sex().hl7();
            case "birth" ->
                patient.birthDate() == null ? null : patient.birthDate().toString();
            case "idNumber" -> document().map(Document::number).orElse(null);
            case "idType" -> document().map(each -> each.type().name()).orElse(null);
            case "phone" -> patient.phones().isEmpty() ? null : String.join(";", patient.phones());
            case "address" -> patient.address();
            case "insurance" -> insurance();
            default -> null;
        };
    }

    /** The one that tells most who somebody is. */
    private Optional<Document> document() {
        return patient.documents().stream()
                .filter(document ->
                        document.type() != DocumentType.INSURANCE_CARD && document.type() != DocumentType.CITED_ID)
                .min(BEST_FIRST);
    }

    private String insurance() {
        List<Document> cards = patient.documents().stream()
                .filter(document -> document.type() == DocumentType.INSURANCE_CARD)
                .toList();
        return cards.isEmpty() ? null : cards.get(0).number();
    }
}
