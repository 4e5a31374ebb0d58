package cn.kangka.api.schedule;

import cn.kangka.api.directory.HospitalSchedules;
import cn.kangka.api.directory.HospitalSchedules.Staff;
import cn.kangka.api.policy.Rule;
import cn.kangka.api.policy.Rules;
import cn.kangka.api.schedule.LayoutPolicy.There;
import cn.kangka.api.schedule.ScheduleFile.Column;
import cn.kangka.api.schedule.ScheduleFile.Fault;
import cn.kangka.api.schedule.ScheduleFile.Line;
import cn.kangka.api.schedule.ScheduleFile.Reading;
import cn.kangka.api.schedule.ScheduleImportStore.Known;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.problem.ProblemTexts;
import cn.kangka.kit.problem.Problems;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/** Takes a hospital's sessions as a file: all of it, or nothing and every reason why. */
@ApplicationScoped
public class ScheduleImport {
    private static final int UNPROCESSABLE = 422;
    private static final int LATEST_DAYS = 92;

    private final Database database;
    private final Owner owner;
    private final ScheduleImportStore store;
    private final LayoutStore layout;
    private final HospitalSchedules schedules;
    private final Audit audit;
    private final Rules rules;
    private final Clock clock;

    ScheduleImport(
            Database database,
            Owner owner,
            ScheduleImportStore store,
            LayoutStore layout,
            HospitalSchedules schedules,
            Audit audit,
            Rules rules,
            Clock clock) {
        this.database = database;
        this.owner = owner;
        this.store = store;
        this.layout = layout;
        this.schedules = schedules;
        this.audit = audit;
        this.rules = rules;
        this.clock = clock;
    }

    /** The file with what is known besides; {@code faults} are of both. */
    private record Judged(
            List<Line> lines, List<HospitalSchedules.Session> sessions, Staff staff, int created, List<Fault> faults) {}

    /** Saves a file, unless it is a dry run; 422 with every fault when there is one and it is none. */
    Uni<ScheduleImportView> take(String hospital, byte[] file, boolean dryRun) {
        LocalDate tomorrow = LocalDate.now(clock).plusDays(1);
        LocalDate latest = tomorrow.plusDays(LATEST_DAYS);
        ImportTexts texts = new ImportTexts(ProblemTexts.locale());
        return owner.of(hospital)
                .chain(own -> rules.of(database.pool(), own)
                        .chain(here -> read(file, tomorrow, latest, here.get(Rule.BAND)))
                        .chain(reading -> database.write(tx -> layout.lock(tx, own)
                                .chain(() -> judged(tx, own, reading, tomorrow, latest))
                                .call(judged -> judged.faults().isEmpty() && !dryRun
                                        ? save(tx, own, judged)
                                        : Uni.createFrom().voidItem()))))
                .map(judged -> view(judged, dryRun, texts));
    }

    /** Aside: a large file takes longer than others should wait. */
    private static Uni<Reading> read(byte[] file, LocalDate from, LocalDate to, int band) {
        return Uni.createFrom()
                .item(() -> ScheduleFile.read(file, from, to, band))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private Uni<Judged> judged(SqlConnection tx, String hospital, Reading reading, LocalDate from, LocalDate to) {
        return store.known(tx, hospital).chain(known -> layout.there(tx, hospital, from, to, false)
                .map(there -> judged(reading, known, there)));
    }

    private Judged judged(Reading reading, Known known, List<There> there) {
        ImportCheck check = new ImportCheck(known, there, clock.getZone());
        List<Fault> faults = check.faults(reading);
        return new Judged(
                reading.lines(),
                reading.lines().stream().map(check::session).toList(),
                check.fresh(reading.lines()),
                check.created(reading.lines()),
                faults);
    }

    private Uni<Void> save(SqlConnection tx, String hospital, Judged judged) {
        return schedules
                .introduce(tx, hospital, judged.staff())
                .chain(() -> schedules.publish(tx, hospital, judged.sessions()))
                .chain(() -> audit.record(
                        tx, AuditEntry.allowed(owner.kind(), owner.name(), "schedule.import", null, hospital)));
    }

    private static ScheduleImportView view(Judged judged, boolean dryRun, ImportTexts texts) {
        List<ScheduleImportView.Error> errors = judged.faults().stream()
                .map(fault -> new ScheduleImportView.Error(
                        fault.row(), header(fault.column()), fault.rule(), texts.of(fault.rule())))
                .toList();
        if (!errors.isEmpty() && !dryRun) {
            throw Problems.builder(UNPROCESSABLE, "schedule-file-refused", errors.size())
                    .with("errors", errors)
                    .build();
        }
        return new ScheduleImportView(
                errors.isEmpty() && !dryRun,
                judged.lines().size(),
                judged.created(),
                judged.staff().departments().size(),
                judged.staff().doctors().size(),
                errors);
    }

    private static String header(Column column) {
        return column == null ? null : column.header();
    }

    /** What is told of a rule, zh-CN or English. */
    record ImportTexts(Locale locale) {
        String of(String rule) {
            boolean english = locale.getLanguage().equals(Locale.ENGLISH.getLanguage());
            return ResourceBundle.getBundle(
                            "messages.schedule-import",
                            english ? Locale.ENGLISH : Locale.ROOT,
                            Thread.currentThread().getContextClassLoader(),
                            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                    .getString(rule);
        }
    }
}
