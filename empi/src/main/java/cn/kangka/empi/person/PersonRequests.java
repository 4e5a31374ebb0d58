package cn.kangka.empi.person;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What other services ask of persons. None of them prints its content: it identifies people. */
public final class PersonRequests {
    private PersonRequests() {}

    /** Who says to be whom. */
    public record Claim(
            @NotBlank @Size(max = 100) String name,
            @NotBlank @Size(max = 40) String idType,
            @NotBlank @Size(max = 40) String idNumber,
            @Size(max = 30) String phone) {
        @Override
        public String toString() {
            return "Claim";
        }
    }

    /** Name and one more, or phone, or id number. */
    public record Search(
            @Size(max = 100) String name,
            @Size(max = 30) String phone,
            @Size(max = 40) String idNumber,
            LocalDate birthDate) {
        @Override
        public String toString() {
            return "Search";
        }
    }

    /** What a caller on the phone said. */
    public record Checks(
            @Size(max = 100) String name,
            LocalDate birthDate,
            @Pattern(regexp = "[0-9Xx]{4}") String idLast4,
            @Size(max = 30) String phone,
            LocalDate lastVisit) {
        @Override
        public String toString() {
            return "Checks";
        }
    }

    /** A registrar's merge. */
    public record Merge(
            @NotNull UUID into,
            @NotBlank @Size(max = 500) String reason,
            @NotBlank @Size(max = 100) String by) {}

    /** A registrar's split. */
    public record Split(
            @NotEmpty @Size(max = 100) Set<@NotNull UUID> identities,
            @NotBlank @Size(max = 500) String reason,
            @NotBlank @Size(max = 100) String by) {}

    /** A registrar's review of a person that a split made suspect. */
    public record Review(
            @NotBlank @Size(max = 500) String reason,
            @NotBlank @Size(max = 100) String by) {}

    /** The person of a claim. */
    public record Claimed(UUID person, int level) {}

    /** A person that was found, masked. */
    public record Match(UUID person, String name, String sex, String birthDate, String phone, String idNumber) {}

    /** Persons that were found. */
    public record Matches(List<Match> items) {}

    /** How many items were asked, and how many were right; never which. */
    public record Checked(int asked, int passed) {}

    /** An enterprise id. */
    public record PersonId(UUID person) {}
}
