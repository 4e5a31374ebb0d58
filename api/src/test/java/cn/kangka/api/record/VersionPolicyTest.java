package cn.kangka.api.record;

import static cn.kangka.api.record.VersionPolicy.Decision.FIRST;
import static cn.kangka.api.record.VersionPolicy.Decision.IGNORE;
import static cn.kangka.api.record.VersionPolicy.Decision.MOVE;
import static cn.kangka.api.record.VersionPolicy.Decision.SUPERSEDE;
import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.api.record.VersionPolicy.Current;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class VersionPolicyTest {
    private static final UUID PATIENT = new UUID(1, 1);
    private static final UUID OTHER = new UUID(1, 2);

    @Test
    void an_unknown_report_is_the_first_version() {
        assertThat(VersionPolicy.decide(null, report(PATIENT, ReportStatus.FINAL, 10, "a")))
                .isEqualTo(FIRST);
    }

    @Test
    void the_same_content_again_changes_nothing_even_with_a_later_time_of_issue() {
        assertThat(decide(report(PATIENT, ReportStatus.FINAL, 10, "a"), report(PATIENT, ReportStatus.FINAL, 20, "a")))
                .isEqualTo(IGNORE);
    }

    @Test
    void a_correction_supersedes_and_an_older_version_that_comes_late_does_not() {
        ReceivedReport wrong = report(PATIENT, ReportStatus.FINAL, 10, "a");
        ReceivedReport right = report(PATIENT, ReportStatus.CORRECTED, 20, "b");

        assertThat(decide(wrong, right)).isEqualTo(SUPERSEDE);
        assertThat(decide(right, wrong)).isEqualTo(IGNORE);
    }

    @Test
    void a_preliminary_version_never_supersedes_a_final_one() {
        assertThat(decide(
                        report(PATIENT, ReportStatus.FINAL, 10, "a"),
                        report(PATIENT, ReportStatus.PRELIMINARY, 20, "b")))
                .isEqualTo(IGNORE);
    }

    @Test
    void a_report_that_turns_out_to_be_another_patients_moves() {
        assertThat(decide(report(PATIENT, ReportStatus.FINAL, 10, "a"), report(OTHER, ReportStatus.CORRECTED, 20, "a")))
                .isEqualTo(MOVE);
    }

    private static VersionPolicy.Decision decide(ReceivedReport known, ReceivedReport received) {
        Current current =
                new Current(new UUID(0, 0), known.identity(), 1, known.status(), known.issuedAt(), known.fingerprint());
        return VersionPolicy.decide(current, received);
    }

    private static ReceivedReport report(UUID identity, ReportStatus status, long issued, String conclusion) {
        return new ReceivedReport(
                identity,
                "H001",
                "1",
                status,
                null,
                "血常规",
                "LAB",
                "医院",
                Instant.ofEpochSecond(1),
                Instant.ofEpochSecond(issued),
                conclusion,
                List.of());
    }
}
