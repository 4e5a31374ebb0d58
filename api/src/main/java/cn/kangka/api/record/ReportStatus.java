package cn.kangka.api.record;

import java.util.Locale;

/** How a hospital calls a version of a report (HL7 table 0123, FHIR DiagnosticReport.status). */
enum ReportStatus {
    PRELIMINARY,
    FINAL,
    CORRECTED,
    CANCELLED;

    /**
     * Reads FHIR's word.
     *
     * @throws IllegalArgumentException when it is not one of the subset
     */
    static ReportStatus of(String fhir) {
        return valueOf(String.valueOf(fhir).toUpperCase(Locale.ROOT));
    }
}
