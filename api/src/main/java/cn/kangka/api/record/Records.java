package cn.kangka.api.record;

import cn.kangka.api.account.Caller;
import cn.kangka.api.account.Callers;
import cn.kangka.api.account.Denials;
import cn.kangka.api.education.ArticleLink;
import cn.kangka.api.education.Articles;
import cn.kangka.api.record.ReportDetailStore.Found;
import cn.kangka.api.record.ReportDetailStore.Observation;
import cn.kangka.api.record.ReportDetailStore.OtherVersion;
import cn.kangka.api.record.ReportView.ObservationView;
import cn.kangka.api.record.ReportView.TrendPoint;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.page.Cursor;
import cn.kangka.kit.page.Page;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** What a citizen reads of their own record. The front door of this package. */
@ApplicationScoped
public class Records {
    private static final String LIST = "report.list";
    private static final String READ = "report.read";

    private final ReportReadStore lists;
    private final ReportDetailStore details;
    private final ReportReleases releases;
    private final Articles articles;
    private final Callers callers;
    private final Denials denials;
    private final Audit audit;
    private final RecordConfig config;

    Records(
            ReportReadStore lists,
            ReportDetailStore details,
            ReportReleases releases,
            Articles articles,
            Callers callers,
            Denials denials,
            Audit audit,
            RecordConfig config) {
        this.lists = lists;
        this.details = details;
        this.releases = releases;
        this.articles = articles;
        this.callers = callers;
        this.denials = denials;
        this.audit = audit;
        this.config = config;
    }

    /** The calling citizen's reports, newest first; audited before it is answered. */
    Uni<Page<ReportItem>> list(String cursor, int limit) {
        UUID account = UUID.fromString(callers.actor());
        return lists.list(account, callers.login(), config.level(), Cursor.decode(cursor), limit)
                .onItem()
                .ifNull()
                .switchTo(this::refused)
                .call(listed -> seen(LIST, listed.person(), null))
                .map(ReportReadStore.Listed::page);
    }

    /** The list takes one round trip and says only that the account may not; this says why. */
    private Uni<ReportReadStore.Listed> refused() {
        return callers.citizen(config.level()).flatMap(caller -> denials.forbidden(LIST, caller.person(), null));
    }

    /** One of the calling citizen's reports; 404 for anybody else's, which leaves an audit entry. */
    Uni<ReportView> read(UUID id, Locale locale) {
        return callers.citizen(config.level()).flatMap(caller -> details.find(id)
                .flatMap(found -> readable(found, caller)
                        ? view(found, locale)
                        : denials.notFound(READ, found == null ? null : found.owner(), id.toString())));
    }

    private static boolean readable(Found found, Caller caller) {
        return found != null && found.readable() && Objects.equals(found.owner(), caller.person());
    }

    private Uni<ReportView> view(Found found, Locale locale) {
        UUID id = found.report().id();
        return details.observations(id)
                .flatMap(observations -> details.trends(id, found.owner(), config.trendPoints() - 1)
                        .flatMap(trends -> articles.forLoinc(locale, loincOf(observations))
                                .map(links -> values(
                                        observations,
                                        trends,
                                        links,
                                        found.report().hospital().name()))))
                .flatMap(values -> details.otherVersions(id).map(others -> whole(found.report(), values, others)))
                .call(() -> seen(READ, found.owner(), id.toString()))
                .call(() -> details.markRead(id));
    }

    private static List<String> loincOf(List<Observation> observations) {
        return observations.stream()
                .map(Observation::loinc)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    private static List<ObservationView> values(
            List<Observation> observations,
            Map<Integer, List<TrendPoint>> trends,
            Map<String, ArticleLink> links,
            String hospital) {
        return observations.stream()
                .map(each -> new ObservationView(
                        each.code(),
                        each.name(),
                        each.comparator(),
                        each.value() == null ? each.text() : each.value(),
                        each.unit(),
                        each.flag(),
                        each.range(),
                        each.at(),
                        trend(each, trends.get(each.position()), hospital),
                        each.loinc() == null ? null : links.get(each.loinc())))
                .toList();
    }

    private static List<TrendPoint> trend(Observation observation, List<TrendPoint> earlier, String hospital) {
        if (earlier == null) {
            return List.of();
        }
        List<TrendPoint> points = new ArrayList<>(earlier);
        points.add(new TrendPoint(observation.at(), observation.value(), hospital));
        return points;
    }

    private static ReportView whole(
            ReportDetailStore.Report report, List<ObservationView> values, List<OtherVersion> others) {
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
                values,
                article(values),
                others.stream()
                        .filter(other -> other.version() < report.version())
                        .map(other -> new ReportView.Version(other.id(), other.version(), other.issuedAt()))
                        .toList(),
                others.stream()
                        .filter(other -> other.version() > report.version() && other.listed())
                        .map(OtherVersion::id)
                        .findFirst()
                        .orElse(null));
    }

    /** Abnormal values first, in the order of the report. */
    private static ArticleLink article(List<ObservationView> values) {
        return values.stream()
                .filter(value -> value.article() != null)
                .min(Comparator.comparing(
                        value -> value.flag() == null || value.flag().equals("N")))
                .map(ObservationView::article)
                .orElse(null);
    }

    /** A clinician of the calling hospital releases a report of theirs. */
    Uni<Void> release(String number, String by) {
        return releases.byClinician(number, by);
    }

    private Uni<Void> seen(String action, UUID person, String object) {
        return audit.record(AuditEntry.allowed(callers.actorKind(), callers.actor(), action, person, object));
    }
}
