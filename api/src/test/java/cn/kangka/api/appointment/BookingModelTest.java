package cn.kangka.api.appointment;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.api.appointment.ModelParts.Booked;
import cn.kangka.api.draw.DrawTime;
import cn.kangka.api.queue.QueueTime;
import cn.kangka.api.referral.ReferralTime;
import cn.kangka.api.testing.Clinic;
import cn.kangka.api.testing.Eventually;
import cn.kangka.api.testing.MovableClock;
import cn.kangka.api.testing.Neighbours;
import cn.kangka.api.testing.Patients;
import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random sequences of everything that people, hospitals, a referring centre, staff and time do to one morning, from the draw ten
 * days before to the day after, against {@link BookingModel} and the models of draws, queues and referrals: after each act the
 * answer, the units, the lists, the line at the clinic and every state are those of the models.
 * Now and then Redis forgets everything in between: nothing may change by it. The seed of the draw is the region's own, so a failure is told with its whole sequence.
 */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class BookingModelTest {
    private static final int DRAWING = 45;
    private static final int CLOSED = 6;
    private static final int BETWEEN = 25;
    private static final int EVENING = 75;
    private static final int MORNING = 140;
    private static final int ON_ONE = 12;
    private static final int REDIS = 10;

    @Inject
    MovableClock clock;

    @Inject
    Pool pool;

    @Inject
    RedisDataSource redis;

    @Inject
    Patients patients;

    @Inject
    Clinic clinic;

    @Inject
    AppointmentJobs jobs;

    private ModelRun run;
    private ModelCheck check;
    private BookingActs booking;
    private DrawActs draw;
    private ClinicActs clinicActs;
    private ReferralActs referral;
    private Instant until;

    @AfterEach
    void now_again() {
        clock.reset();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatever_happens_the_region_is_where_the_model_is(long seed) {
        BookingDesk.ordersAreTaken();
        begin(seed);
        try {
            acts(DRAWING, drawing(), before(), storiesBefore());
            theDraw();
            acts(BETWEEN, everyday(), before(), storiesBefore());
            later(run.day.minusDays(1), 17, 20);
            acts(EVENING, evening(), before(), storiesBefore());
            later(run.day, 8, 5);
            acts(MORNING, morning(), there(), storiesThere());
            afterwards();
        } catch (AssertionError | NoSuchElementException failure) {
            throw new AssertionError("seed " + seed + " after " + String.join(", ", run.done), failure);
        }
        assertThat(run.answers)
                .as("kinds of answers: " + new TreeMap<>(run.answers))
                .hasSizeGreaterThan(50);
        assertThat(run.bookings.bookings.stream().flatMap(each -> each.told.stream()))
                .contains("booking-reminder FIRST", "booking-reminder LAST");
    }

    private void begin(long seed) {
        LocalDate day = LocalDate.now(ModelRun.ZONE).plusDays(10);
        Instant now = ModelRun.at(day.minusDays(10), 10, 0);
        clock.set(now);
        run = new ModelRun(ModelStart.of(new Random(seed), pool, patients, day, now));
        ReminderTime.begins(pool);
        until = ModelRun.at(day.minusDays(10), 22, 20);
        DrawTime.runs();
        check = new ModelCheck(run);
        booking = new BookingActs(run);
        draw = new DrawActs(run);
        clinicActs = new ClinicActs(run, clinic);
        referral = new ReferralActs(run);
    }

    /** So many, now and then a few on one booking, at random or as in a story. */
    private void acts(int count, List<Runnable> all, List<Runnable> onOne, List<List<Runnable>> stories) {
        Deque<Runnable> next = new ArrayDeque<>();
        for (int i = 0; i < count; i++) {
            if (next.isEmpty() && run.random.nextInt(ON_ONE) == 0) {
                stick();
                next.addAll(
                        run.random.nextBoolean()
                                ? stories.get(run.random.nextInt(stories.size()))
                                : List.of(any(onOne), any(onOne), any(onOne), any(onOne)));
            }
            if (run.random.nextInt(REDIS) == 0) {
                redis.flushall();
                run.did("redis flushed");
            }
            (next.isEmpty() ? any(all) : next.remove()).run();
            settle();
            if (next.isEmpty()) {
                run.stick(null);
            }
        }
        run.stick(null);
    }

    private Runnable any(List<Runnable> all) {
        return all.get(run.random.nextInt(all.size()));
    }

    /** Half of the time to a referral's booking. */
    private void stick() {
        boolean referral = run.random.nextBoolean();
        List<Booked> active =
                run.bookings.bookings.stream().filter(Booked::active).toList();
        List<Booked> referred =
                active.stream().filter(each -> each.kind == VisitKind.REFERRAL).toList();
        run.stick(run.pick(referral && !referred.isEmpty() ? referred : active).orElse(null));
    }

    private List<List<Runnable>> storiesBefore() {
        return List.of(
                List.of(booking::holdMove, booking::confirmMove, referral::decline),
                List.of(booking::move, referral::decline),
                List.of(booking::move, booking::move, referral::cancel),
                List.of(booking::cancel, referral::book),
                List.of(booking::refuse, referral::book));
    }

    private List<List<Runnable>> storiesThere() {
        List<List<Runnable>> all = new ArrayList<>(storiesBefore());
        all.add(List.of(clinicActs::noShow, booking::followUp, booking::followUp, clinicActs::checkIn));
        all.add(List.of(clinicActs::noShow, booking::followUp, booking::followUp, clinicActs::arrived));
        all.add(List.of(clinicActs::noShow, booking::stop, clinicActs::checkIn));
        all.add(List.of(clinicActs::noShow, booking::stop, clinicActs::arrived));
        all.add(List.of(clinicActs::checkIn, clinicActs::left, clinicActs::elsewhere, clinicActs::checkIn));
        all.add(List.of(clinicActs::checkIn, clinicActs::left, clinicActs::noShow, clinicActs::checkIn));
        return all;
    }

    /** What is done to somebody's booking before they come … */
    private List<Runnable> before() {
        List<Runnable> all = new ArrayList<>();
        add(all, 4, booking::move);
        add(all, 2, booking::cancel);
        add(all, 1, booking::refuse);
        add(all, 1, booking::book);
        add(all, 1, booking::enter);
        add(all, 2, booking::followUp);
        add(all, 2, referral::make);
        add(all, 3, referral::book);
        add(all, 2, referral::decline);
        add(all, 2, referral::cancel);
        return all;
    }

    /** … and when they do, or don't. */
    private List<Runnable> there() {
        List<Runnable> all = before();
        add(all, 6, clinicActs::checkIn);
        add(all, 6, clinicActs::noShow);
        add(all, 4, clinicActs::arrived);
        add(all, 4, clinicActs::left);
        add(all, 4, clinicActs::elsewhere);
        add(all, 5, booking::followUp);
        add(all, 2, booking::stop);
        return all;
    }

    private static void add(List<Runnable> all, int weight, Runnable act) {
        IntStream.range(0, weight).forEach(i -> all.add(act));
    }

    private List<Runnable> everyday() {
        List<Runnable> all = new ArrayList<>();
        add(all, 16, booking::book);
        add(all, 5, booking::hold);
        add(all, 5, booking::confirm);
        add(all, 2, booking::release);
        add(all, 4, booking::holdMove);
        add(all, 4, booking::confirmMove);
        add(all, 4, booking::cancel);
        add(all, 4, booking::move);
        add(all, 10, booking::enter);
        add(all, 2, booking::leave);
        add(all, 1, booking::refuse);
        add(all, 4, booking::followUp);
        add(all, 5, referral::make);
        add(all, 3, referral::accept);
        add(all, 6, referral::book);
        add(all, 1, referral::decline);
        add(all, 1, referral::cancel);
        add(all, 2, referral::seen);
        add(all, 2, referral::reportBack);
        add(all, 1, draw::enter);
        add(all, 1, draw::leave);
        add(all, 2, () -> pass(12));
        return all;
    }

    private List<Runnable> drawing() {
        List<Runnable> all = everyday();
        add(all, 25, draw::enter);
        add(all, 4, draw::leave);
        return all;
    }

    private List<Runnable> evening() {
        List<Runnable> all = everyday();
        add(all, 1, booking::stop);
        add(all, 1, clinicActs::elsewhere);
        add(all, 1, clinicActs::checkIn);
        return all;
    }

    private List<Runnable> morning() {
        List<Runnable> all = everyday();
        add(all, 30, clinicActs::checkIn);
        add(all, 12, clinicActs::next);
        add(all, 10, clinicActs::passed);
        add(all, 4, clinicActs::done);
        add(all, 4, clinicActs::arrived);
        add(all, 5, clinicActs::left);
        add(all, 1, clinicActs::seen);
        add(all, 9, clinicActs::noShow);
        add(all, 8, clinicActs::elsewhere);
        add(all, 1, booking::stop);
        add(all, 22, () -> pass(16));
        return all;
    }

    /** Some minutes, but not beyond what comes next. */
    private void pass(int most) {
        Instant later = run.now.plusSeconds(60L * (1 + run.random.nextInt(most)));
        if (later.isBefore(until)) {
            run.did("pass");
            run.now = later;
        }
    }

    private void later(LocalDate date, int hour, int minute) {
        run.did("later");
        run.now = ModelRun.at(date, hour, minute);
        settle();
        until = ModelRun.at(date, 22, 20);
    }

    private void theDraw() {
        LocalDate evening = run.day.minusDays(8);
        later(evening, 19, 50);
        until = ModelRun.at(evening, 19, 58);
        acts(CLOSED, drawing(), before(), storiesBefore());
        run.now = ModelRun.at(evening, 20, 0);
        clock.set(run.now);
        draw.closes();
        settle();
        until = ModelRun.at(evening, 20, 8);
        acts(CLOSED, drawing(), before(), storiesBefore());
        run.now = ModelRun.at(evening, 20, 15);
        clock.set(run.now);
        run.bookings.settle(run.now);
        draw.draws();
        settle();
        until = ModelRun.at(evening, 22, 20);
    }

    /** A second later the jobs run. A referral is followed when the region comes to it: acts before that must not mind. */
    private void settle() {
        run.now = run.now.plusSeconds(1);
        clock.set(run.now);
        run.bookings.settle(run.now);
        if (run.bookings.remind(run.now)) {
            ReminderTime.runs(pool);
        }
        run.referrals.follow();
        jobs.sweepHolds().await().indefinitely();
        jobs.sweepWaiting().await().indefinitely();
        String last = run.done.isEmpty() ? "" : run.done.get(run.done.size() - 1);
        boolean followed = last.matches("(check-in|visit|says|done|stop|next-day|next-month|ref-seen).*")
                || run.random.nextInt(8) == 0;
        if (followed) {
            ReferralTime.runs();
        }
        try {
            check.compare();
        } catch (AssertionError perhapsNotYet) {
            // A job that runs beside us may just hold what ours left to the next round.
            Clinic.pause(Duration.ofMillis(300));
            jobs.sweepHolds().await().indefinitely();
            jobs.sweepWaiting().await().indefinitely();
            check.compare();
        }
        draw.compare();
        if (followed) {
            referral.compare();
        }
    }

    /** Noon of the next day: who did not come has missed it. A month later what nobody booked has lapsed. */
    private void afterwards() {
        run.now = ModelRun.at(run.day.plusDays(1), 12, 0);
        clock.set(run.now);
        run.queue.nextDay();
        MissedVisits.mark();
        QueueTime.closes();
        run.did("next-day");
        settle();
        check.notices();
        run.now = ModelRun.at(run.day.plusDays(33), 12, 0);
        clock.set(run.now);
        run.referrals.follow();
        run.referrals.lapse();
        run.did("next-month");
        Eventually.isTrue("what is due has lapsed", () -> {
            ReferralTime.runs();
            return run.rows(
                            "select 1 from referral where to_source = $1 and status in ('REQUESTED', 'ACCEPTED')",
                            run.hospital.source())
                    .isEmpty();
        });
        settle();
    }
}
