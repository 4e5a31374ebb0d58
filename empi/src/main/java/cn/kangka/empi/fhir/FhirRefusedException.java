package cn.kangka.empi.fhir;

import cn.kangka.empi.hl7.Hl7Refusal;
import cn.kangka.empi.hospital.MessageRefusedException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A FHIR request that is not done: an HTTP status and what is wrong. */
final class FhirRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final Pattern PATIENT_ID = Pattern.compile("PID\\^\\d+\\^3\\^(\\d+).*");

    private static final int FORBIDDEN = 403;

    private final int status;
    private final transient List<FhirIssue> issues;

    FhirRefusedException(int status, List<FhirIssue> issues) {
        super(issues.get(0).text());
        this.status = status;
        this.issues = List.copyOf(issues);
    }

    FhirRefusedException(int status, String code, String element, String text) {
        this(status, List.of(new FhirIssue(code, element, text)));
    }

    /** All of them as one: those of the gravest kind, so that a status says what its issues say. */
    static FhirRefusedException all(List<FhirRefusedException> some) {
        int status = some.stream().anyMatch(each -> each.status == FORBIDDEN)
                ? FORBIDDEN
                : some.stream().mapToInt(each -> each.status).max().orElseThrow();
        return new FhirRefusedException(
                status,
                some.stream()
                        .filter(each -> each.status == status)
                        .flatMap(each -> each.issues.stream())
                        .toList());
    }

    /** The same, where several are asked at once. */
    FhirRefusedException in(String place) {
        return new FhirRefusedException(
                status,
                issues.stream()
                        .map(each -> new FhirIssue(each.code(), place, each.text()))
                        .toList());
    }

    int status() {
        return status;
    }

    ObjectNode outcome() {
        return FhirIssue.outcome(issues);
    }

    FhirAnswer answer() {
        return FhirAnswer.refused(status, issues);
    }

    /**
     * The same for a patient whom linking refused.
     *
     * @param element where the Patient stands
     */
    static FhirRefusedException of(MessageRefusedException refused, String element) {
        return new FhirRefusedException(
                422,
                refused.refusals().stream()
                        .map(each -> new FhirIssue(code(each), place(each, element), each.text()))
                        .toList());
    }

    private static String code(Hl7Refusal refusal) {
        return switch (refusal.error()) {
            case Hl7Refusal.REQUIRED_FIELD -> "required";
            case Hl7Refusal.UNKNOWN_KEY -> "not-found";
            case Hl7Refusal.DUPLICATE_KEY -> "duplicate";
            default -> "value";
        };
    }

    /** PID-3 is Patient.identifier; other places come as they were given. */
    private static String place(Hl7Refusal refusal, String element) {
        String location = refusal.location() == null ? "" : refusal.location();
        Matcher id = PATIENT_ID.matcher(location);
        if (id.matches()) {
            return element + ".identifier[" + (Integer.parseInt(id.group(1)) - 1) + "]";
        }
        if (location.startsWith("PID^")) {
            return element + ".identifier";
        }
        int caret = location.indexOf('^');
        return location.isEmpty() ? element : caret < 0 ? location : location.substring(0, caret);
    }
}
