package cn.kangka.api.callcentre;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What the caller said, as the agent typed it. Only what was asked is given. */
@Schema(name = "CallAnswers", description = "The caller's answers; at least three for level 1")
record Answers(
        @Size(max = 100) String name,
        LocalDate birthDate,
        @Pattern(regexp = "[0-9A-Za-z]{4}") String idLast4,
        @Pattern(regexp = "\\d{5,20}") String phone,
        LocalDate lastVisit) {
    @Override
    public String toString() {
        return "answers";
    }
}
