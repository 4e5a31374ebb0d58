package cn.kangka.api.person;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/** The full state of a person, as {@code person.changed} tells it (docs/between-services.md). */
record PersonChanged(
        UUID person,
        String status,
        UUID mergedInto,
        boolean suspect,
        String name,
        String sex,
        LocalDate birthDate,
        List<Link> identities) {

    record Link(UUID identity, String source, long linkVersion) {}

    PersonChanged {
        if (person == null || status == null) {
            throw new IllegalArgumentException("a person without id or status");
        }
        if (isMerged(status) && (mergedInto == null || mergedInto.equals(person))) {
            throw new IllegalArgumentException("merged, but not into another person");
        }
        identities = identities == null ? List.of() : List.copyOf(identities);
    }

    boolean merged() {
        return isMerged(status);
    }

    private static boolean isMerged(String status) {
        return status.equals("MERGED");
    }

    /** Names a person: never shown. */
    @Override
    public String toString() {
        return "person " + person;
    }
}
