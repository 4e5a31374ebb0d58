package cn.kangka.empi.person;

import cn.kangka.empi.identity.Document;
import cn.kangka.empi.identity.Sex;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A person as other services see it. */
@Schema(description = "A person as the index holds it")
public record PersonView(
        UUID id,
        @Schema(description = "Grows with every change") long version,
        PersonStatus status,
        @Schema(nullable = true) String name,
        Sex sex,

        @Schema(description = "YYYY-MM-DD; null unless known to the day", nullable = true)
        String birthDate,

        List<String> phones,
        List<Document> documents,
        List<IdentityView> identities) {
    /** A hospital's record of the person. */
    public record IdentityView(UUID identity, String source, String localId) {}

    static PersonView of(PersonSnapshot person) {
        return new PersonView(
                person.id(),
                person.version(),
                person.status(),
                person.name(),
                person.sex(),
                PersonEvents.wholeDate(person.birth()),
                person.phones(),
                person.documents(),
                person.identities().stream()
                        .map(each -> new IdentityView(each.identity(), each.source(), each.localId()))
                        .toList());
    }
}
