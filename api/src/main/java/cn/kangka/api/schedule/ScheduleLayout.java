package cn.kangka.api.schedule;

import cn.kangka.api.appointment.AppointmentConfig;
import cn.kangka.api.directory.HospitalSchedules;
import cn.kangka.api.schedule.LayoutPolicy.Work;
import cn.kangka.api.schedule.SchedulePlan.Planned;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.problem.Problems;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/** Turns templates and exceptions into sessions, set by set; again and again with the same result. */
@ApplicationScoped
public class ScheduleLayout {
    private static final Logger LOG = Logger.getLogger(ScheduleLayout.class);
    private static final int LONGEST_DAYS = 92;
    private static final int SHOWN = 200;

    private final Database database;
    private final Owner owner;
    private final TemplateStore templates;
    private final LayoutStore store;
    private final HospitalSchedules schedules;
    private final ScheduleConfig config;
    private final Set<LocalDate> holidays;
    private final Clock clock;

    ScheduleLayout(
            Database database,
            Owner owner,
            TemplateStore templates,
            LayoutStore store,
            HospitalSchedules schedules,
            ScheduleConfig config,
            AppointmentConfig region,
            Clock clock) {
        this.database = database;
        this.owner = owner;
        this.templates = templates;
        this.store = store;
        this.schedules = schedules;
        this.config = config;
        this.holidays = Set.copyOf(region.holidays().orElse(List.of()));
        this.clock = clock;
    }

    private record Period(LocalDate from, LocalDate to) {}

    private record Drawn(SchedulePlan plan, List<Planned> planned, Work work) {}

    /** What laying out would do in a period; from tomorrow on where it is not said. Changes nothing. */
    Uni<LayoutView> preview(String hospital, LocalDate from, LocalDate to) {
        Calendar.check("from", from);
        Calendar.check("to", to);
        Period usual = period();
        LocalDate first = from == null ? usual.from() : from;
        LocalDate last = to == null ? first.plusDays(config.daysAhead() - 1L) : to;
        if (last.isBefore(first) || last.isAfter(first.plusDays(LONGEST_DAYS))) {
            throw Problems.invalid("to", "period", LONGEST_DAYS);
        }
        return owner.of(hospital).chain(own -> preview(own, new Period(first, last), Draft.NONE));
    }

    /** The same as if something were saved, for the days that are laid out. */
    Uni<LayoutView> preview(String own, Draft draft) {
        return preview(own, period(), draft);
    }

    private Uni<LayoutView> preview(String own, Period period, Draft draft) {
        return draw(database.pool(), own, period, draft, false).map(drawn -> view(own, period, drawn));
    }

    /** Lays out what is due, hospital after hospital; how many. */
    Uni<Integer> layOutDue() {
        return layOutDue(0);
    }

    private Uni<Integer> layOutDue(int done) {
        return store.due(database.pool(), period().to())
                .chain(hospital -> hospital == null
                        ? Uni.createFrom().item(done)
                        : layOut(hospital).chain(view -> layOutDue(done + 1)));
    }

    /** Lays out a hospital from tomorrow on. */
    Uni<LayoutView> layOut(String hospital) {
        Period period = period();
        return database.write(tx -> layOut(tx, hospital, period)).invoke(done -> {
            if (!done.conflicts().isEmpty()) {
                LOG.infof(
                        "schedule of %s: %d conflicts",
                        hospital, done.conflicts().size());
            }
        });
    }

    private Uni<LayoutView> layOut(SqlConnection tx, String hospital, Period period) {
        return store.lock(tx, hospital)
                .chain(wanted -> draw(tx, hospital, period, Draft.NONE, true)
                        .call(() -> store.done(tx, hospital, wanted.orElse(null), period.to())))
                .call(drawn -> schedules.publish(
                        tx,
                        hospital,
                        drawn.work().publish().stream()
                                .map(drawn.plan()::session)
                                .toList()))
                .call(drawn -> store.mark(tx, hospital, drawn.work().publish()))
                .call(drawn -> schedules.close(tx, hospital, drawn.work().close()))
                .map(drawn -> view(hospital, period, drawn));
    }

    private Uni<Drawn> draw(SqlClient connection, String hospital, Period period, Draft draft, boolean locked) {
        return templates
                .templates(connection, hospital, period.from())
                .chain(all -> templates
                        .exceptions(connection, hospital, period.from(), period.to(), draft.replacedException())
                        .map(saved -> new SchedulePlan(
                                draft.templates(all),
                                draft.exceptions(saved, period.from(), period.to()),
                                holidays,
                                clock.getZone())))
                .chain(plan -> store.there(connection, hospital, period.from(), period.to(), locked)
                        .map(there -> {
                            List<Planned> planned = plan.of(period.from(), period.to());
                            return new Drawn(plan, planned, LayoutPolicy.of(planned, there));
                        }));
    }

    private Period period() {
        LocalDate tomorrow = LocalDate.now(clock).plusDays(1);
        return new Period(tomorrow, tomorrow.plusDays(config.daysAhead() - 1L));
    }

    private static LayoutView view(String hospital, Period period, Drawn drawn) {
        Work work = drawn.work();
        return new LayoutView(
                hospital,
                period.from(),
                period.to(),
                drawn.planned().size(),
                work.fresh(),
                work.close().size(),
                work.conflicts().stream()
                        .map(each -> new LayoutView.Conflict(
                                each.reason().name(), each.day(), each.half(), each.role(), each.bookings()))
                        .toList(),
                drawn.planned().stream()
                        .limit(SHOWN)
                        .map(each -> new LayoutView.Session(
                                each.day(),
                                each.template().half(),
                                each.template().department(),
                                each.template().role(),
                                each.template().bands() * each.template().units()))
                        .toList());
    }
}
