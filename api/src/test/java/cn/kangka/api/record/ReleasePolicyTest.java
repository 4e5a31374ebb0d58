package cn.kangka.api.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ReleasePolicyTest {
    private static final Instant NOW = Instant.parse("2026-11-23T01:00:00Z");
    private final ReleasePolicy policy = new ReleasePolicy(
            ReleasePolicy.Marks.of(Set.of("7918-6"), Set.of(), List.of("hiv", "艾滋")),
            ReleasePolicy.Marks.of(Set.of("1834-1"), Set.of("SP"), List.of("病理", "cea")),
            Duration.ofDays(3));

    @Test
    void a_normal_final_result_is_shown_at_once() {
        assertThat(decide(report(ReportStatus.FINAL, "血常规", "LAB", "白细胞"), NOW))
                .isEqualTo(new Release.AtOnce(ReleasePolicy.NORMAL));
        assertThat(decide(report(ReportStatus.CORRECTED, "血常规", "LAB", "白细胞"), NOW))
                .isEqualTo(new Release.AtOnce(ReleasePolicy.NORMAL));
    }

    @Test
    void pathology_by_category_and_a_cancer_marker_by_code_or_name_wait_three_days() {
        Release waits = new Release.NotBefore(ReleasePolicy.SENSITIVE, NOW.plus(Duration.ofDays(3)));

        assertThat(decide(report(ReportStatus.FINAL, "报告", "SP", "所见"), NOW)).isEqualTo(waits);
        assertThat(decide(report(ReportStatus.FINAL, "术后病理", null, "所见"), NOW)).isEqualTo(waits);
        assertThat(decide(report(ReportStatus.FINAL, "肿瘤筛查", "LAB", "CEA"), NOW))
                .isEqualTo(waits);
        assertThat(decide(coded("1834-1"), NOW)).isEqualTo(waits);
    }

    @Test
    void hiv_is_never_shown_by_itself_whatever_else_the_report_holds() {
        Release held = new Release.Held(ReleasePolicy.LISTED_INFECTION);

        assertThat(decide(coded("7918-6"), NOW)).isEqualTo(held);
        assertThat(decide(report(ReportStatus.FINAL, "输血前检查", "LAB", "乙肝表面抗原", "抗HIV"), NOW))
                .isEqualTo(held);
        assertThat(decide(report(ReportStatus.FINAL, "病理", "SP", "HIV-1 p24"), NOW))
                .isEqualTo(held);
    }

    @Test
    void what_only_the_text_of_a_report_names_is_held_too() {
        Release held = new Release.Held(ReleasePolicy.LISTED_INFECTION);
        ReceivedReport plain = report(ReportStatus.FINAL, "传染病筛查", "LAB", "结果");
        assertThat(decide(concluding(plain, "HIV抗体阳性"), NOW)).isEqualTo(held);
        assertThat(decide(concluding(plain, "未见异常"), NOW)).isEqualTo(new Release.AtOnce(ReleasePolicy.NORMAL));
    }

    private static ReceivedReport concluding(ReceivedReport report, String conclusion) {
        return new ReceivedReport(
                report.identity(),
                report.source(),
                report.number(),
                report.status(),
                report.code(),
                report.title(),
                report.category(),
                report.hospital(),
                report.effectiveAt(),
                report.issuedAt(),
                conclusion,
                report.observations());
    }

    @Test
    void a_word_inside_another_word_marks_nothing() {
        assertThat(decide(report(ReportStatus.FINAL, "Archive panacea", "LAB", "x"), NOW))
                .isEqualTo(new Release.AtOnce(ReleasePolicy.NORMAL));
    }

    @Test
    void what_is_preliminary_waits_for_the_final_version() {
        assertThat(decide(report(ReportStatus.PRELIMINARY, "血常规", "LAB", "白细胞"), NOW))
                .isEqualTo(new Release.Held(ReleasePolicy.PRELIMINARY));
    }

    @Property
    void a_report_that_names_hiv_anywhere_is_held(@ForAll String before, @ForAll String after, @ForAll boolean title) {
        String name = before + " 艾滋 " + after;
        assertThat(decide(report(ReportStatus.FINAL, title ? name : "t", "SP", title ? "o" : name), NOW))
                .isInstanceOf(Release.Held.class);
    }

    private Release decide(ReceivedReport report, Instant at) {
        return policy.decide(report, at);
    }

    private static ReceivedReport coded(String loinc) {
        return report(ReportStatus.FINAL, "t", "LAB", List.of(observation(loinc, "x")));
    }

    private static ReceivedReport report(ReportStatus status, String title, String category, String... names) {
        return report(
                status,
                title,
                category,
                Arrays.stream(names).map(name -> observation(null, name)).toList());
    }

    private static ReceivedReport report(
            ReportStatus status, String title, String category, List<ReceivedObservation> observations) {
        return new ReceivedReport(
                new UUID(1, 1), "H001", "1", status, null, title, category, "医院", NOW, NOW, null, observations);
    }

    private static ReceivedObservation observation(String loinc, String name) {
        return new ReceivedObservation(loinc, null, name, null, null, null, "x", null, null, null, null, NOW);
    }
}
