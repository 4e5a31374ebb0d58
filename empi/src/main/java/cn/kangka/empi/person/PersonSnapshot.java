package cn.kangka.empi.person;

import cn.kangka.empi.identity.Document;
import cn.kangka.empi.identity.DocumentType;
import cn.kangka.empi.identity.ResidentId;
import cn.kangka.empi.identity.Sex;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A person as the index holds it at one version: the golden record and the linked identities.
 *
 * @param version grows with every change
 * @param mergedInto where a merged-away id leads; null while ACTIVE
 * @param suspect true after a split until somebody reviewed it
 * @param name best name; null when no source told one
 * @param birth {@code 1980}, {@code 1980-05} or {@code 1980-05-17}; null when unknown
 * @param phones best first
 * @param identities in order of their links; empty when MERGED
 */
public record PersonSnapshot(
        UUID id,
        long version,
        PersonStatus status,
        UUID mergedInto,
        boolean suspect,
        String name,
        String family,
        String given,
        Sex sex,
        String birth,
        List<String> phones,
        List<Document> documents,
        String address,
        boolean deceased,
        List<IdentityRef> identities) {
    public PersonSnapshot {
        phones = List.copyOf(phones);
        documents = List.copyOf(documents);
        identities = List.copyOf(identities);
    }

    /** Whether the two carry different valid resident ids. */
    boolean contradicts(PersonSnapshot other) {
        return Stream.concat(residentIds(), other.residentIds()).distinct().count() > 1;
    }

    private Stream<String> residentIds() {
        return documents.stream()
                .filter(document -> document.type() == DocumentType.RESIDENT_ID)
                .map(Document::number)
                .filter(ResidentId::isValid);
    }
}
