package cn.kangka.empi.person;

import cn.kangka.empi.identity.DocumentType;
import cn.kangka.empi.identity.Names;
import cn.kangka.empi.identity.Numbers;
import cn.kangka.empi.person.PersonRequests.Checked;
import cn.kangka.empi.person.PersonRequests.Checks;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** Counts which of a caller's statements are right, without saying which. */
final class PersonChecks {
    private PersonChecks() {}

    static Checked count(Checks checks, PersonSnapshot person, LocalDate lastVisit) {
        Boolean[] results = {
            checks.name() == null ? null : Names.key(checks.name()).equals(Names.key(person.name())),
            checks.birthDate() == null ? null : checks.birthDate().toString().equals(person.birth()),
            checks.idLast4() == null ? null : endsWith(person, checks.idLast4().toUpperCase(Locale.ROOT)),
            checks.phone() == null
                    ? null
                    : Numbers.phone(checks.phone())
                            .map(person.phones()::contains)
                            .orElse(false),
            checks.lastVisit() == null ? null : checks.lastVisit().equals(lastVisit)
        };
        int asked = (int) Stream.of(results).filter(Objects::nonNull).count();
        int passed = (int) Stream.of(results).filter(Boolean.TRUE::equals).count();
        return new Checked(asked, passed);
    }

    private static boolean endsWith(PersonSnapshot person, String last4) {
        return person.documents().stream()
                .filter(document -> document.type() != DocumentType.CITED_ID)
                .anyMatch(document -> document.number().endsWith(last4));
    }
}
