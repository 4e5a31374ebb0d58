package cn.kangka.empi.identity;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one source says about a patient, normalised but not judged.
 *
 * @param name the name as people write it (Chinese: family and given without a blank); null when unknown
 * @param family PID-5.1, and {@code given} PID-5.2; null when unknown
 * @param birth PID-7 as far as it is known: {@code 1980}, {@code 1980-05} or {@code 1980-05-17}; null when unknown
 * @param phones mobile and other numbers, digits only with a leading + for foreign ones
 * @param documents typed ids, without the local id
 * @param address one line; null when unknown
 * @param motherLocalId PID-21 of a newborn: the mother's local id at the same source; null for everybody else
 * @param deceased whether PID-30 says so
 */
public record PatientDemographics(
        String name,
        String family,
        String given,
        Sex sex,
        String birth,
        List<String> phones,
        List<Document> documents,
        String address,
        String motherLocalId,
        boolean deceased) {
    private static final int FULL_DATE = "1980-05-17".length();

    public PatientDemographics {
        phones = List.copyOf(phones);
        documents = List.copyOf(documents);
    }

    /** The birth date when all of it is known, else null. */
    public LocalDate birthDate() {
        return birth == null || birth.length() < FULL_DATE ? null : LocalDate.parse(birth.substring(0, FULL_DATE));
    }

    /** The documents that are a patient's own: a newborn (张三之子) is often recorded with its mother's resident id. */
    public static List<Document> own(Collection<Document> documents, String name, String birth) {
        return documents.stream()
                .filter(document -> !Names.isNewborn(name) || !isMothers(document, birth))
                .toList();
    }

    /** A resident id whose birth date is not the newborn's is the mother's. */
    private static boolean isMothers(Document document, String birth) {
        return document.type() == DocumentType.RESIDENT_ID
                && !ResidentId.birthDate(document.number())
                        .map(LocalDate::toString)
                        .orElse("")
                        .equals(birth);
    }

    /** Nothing known. */
    public static PatientDemographics unknown() {
        return new PatientDemographics(null, null, null, Sex.UNKNOWN, null, List.of(), List.of(), null, null, false);
    }

    /** Fields a source asked to delete (the HL7 null). */
    public enum Field {
        NAME,
        BIRTH,
        PHONES,
        ADDRESS,
        DECEASED
    }

    /**
     * What a source knows after it told this: absent values leave the earlier ones, typed ids replace those of their own
     * type.
     */
    public PatientDemographics over(PatientDemographics earlier, Set<Field> deleted) {
        boolean named = name != null || deleted.contains(Field.NAME);
        return new PatientDemographics(
                named ? name : earlier.name,
                named ? family : earlier.family,
                named ? given : earlier.given,
                sex == Sex.UNKNOWN ? earlier.sex : sex,
                birth == null && !deleted.contains(Field.BIRTH) ? earlier.birth : birth,
                phones.isEmpty() && !deleted.contains(Field.PHONES) ? earlier.phones : phones,
                documentsOver(earlier.documents),
                address == null && !deleted.contains(Field.ADDRESS) ? earlier.address : address,
                motherLocalId == null ? earlier.motherLocalId : motherLocalId,
                deceased || earlier.deceased && !deleted.contains(Field.DECEASED));
    }

    private List<Document> documentsOver(List<Document> earlier) {
        Set<DocumentType> told = documents.stream().map(Document::type).collect(Collectors.toSet());
        return Stream.concat(documents.stream(), earlier.stream().filter(each -> !told.contains(each.type())))
                .toList();
    }
}
