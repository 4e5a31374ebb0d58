package cn.kangka.api.record;

import cn.kangka.kit.problem.Problems;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Single reports for somebody with whom their patient shares them. Whether they do is the caller's to know, and to audit. */
@ApplicationScoped
public class SharedReports {
    private final ReportDetailStore details;
    private final ReportStore reports;

    SharedReports(ReportDetailStore details, ReportStore reports) {
        this.details = details;
        this.reports = reports;
    }

    /**
     * A person's reports by the numbers of the institution that made them; what is not there, not theirs or not released to
     * them is left out, so that nothing is shared that the person cannot read.
     */
    public Uni<List<UUID>> byNumbers(SqlConnection tx, UUID person, String source, List<String> numbers) {
        return numbers.isEmpty() ? Uni.createFrom().item(List.of()) : reports.listed(tx, person, source, numbers);
    }

    /** The newest readable version, with the values of this report only; 404 when it is not the person's any more. */
    public Uni<ReportView> read(UUID person, UUID report) {
        return details.find(report).chain(found -> {
            if (found == null || !found.readable() || !Objects.equals(found.owner(), person)) {
                return Uni.createFrom().failure(Problems.notFound());
            }
            return details.otherVersions(report)
                    .chain(others -> others.stream()
                            .filter(each -> each.version() > found.report().version() && each.listed())
                            .findFirst()
                            .map(newer -> details.find(newer.id()).map(ReportDetailStore.Found::report))
                            .orElseGet(() -> Uni.createFrom().item(found.report())))
                    .chain(newest -> details.observations(newest.id()).map(values -> view(newest, values)));
        });
    }

    private static ReportView view(ReportDetailStore.Report report, List<ReportDetailStore.Observation> values) {
        return new ReportView(
                report.id(),
                report.hospital(),
                report.title(),
                report.category(),
                report.status(),
                report.issuedAt(),
                report.effectiveAt(),
                report.abnormal(),
                report.version(),
                report.conclusion(),
                values.stream().map(SharedReports::value).toList(),
                null,
                List.of(),
                null);
    }

    private static ReportView.ObservationView value(ReportDetailStore.Observation each) {
        return new ReportView.ObservationView(
                each.code(),
                each.name(),
                each.comparator(),
                each.value() == null ? each.text() : each.value(),
                each.unit(),
                each.flag(),
                each.range(),
                each.at(),
                List.of(),
                null);
    }
}
