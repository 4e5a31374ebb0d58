package cn.kangka.api.appointment;

import static cn.kangka.api.appointment.BookingDesk.slots;

import cn.kangka.api.appointment.ModelParts.Session;
import cn.kangka.api.appointment.ModelParts.Slot;
import cn.kangka.api.testing.OwnRules;
import cn.kangka.api.testing.Patients;
import cn.kangka.api.testing.Patients.Patient;
import cn.kangka.api.testing.Schedules;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Where both sides begin: a hospital with three doctors on one morning, the last one's units drawn by lot; a centre that refers. */
record ModelStart(
        Random random,
        Pool pool,
        LocalDate day,
        Instant now,
        Schedules hospital,
        Schedules centre,
        List<Patient> people,
        BookingModel model,
        Map<Slot, String> slotIds) {
    private static final int PEOPLE = 14;
    private static final int SESSIONS = 3;
    private static final int BANDS = 3;
    private static final int[] UNITS = {2, 3, 2};

    static ModelStart of(Random random, Pool pool, Patients patients, LocalDate day, Instant now) {
        Schedules hospital = Schedules.fresh().hospital("模型医院").say();
        Schedules centre = Schedules.fresh().hospital("模型社区卫生服务中心").say();
        OwnRules.onlyTheApp(pool, hospital.source(), 30);
        for (int i = 0; i < SESSIONS; i++) {
            hospital.department("DEP" + i, "科室" + i)
                    .doctor("D" + i, "李医生" + i, "主治医师")
                    .role("D" + i, "DEP" + i);
            if (i == SESSIONS - 1) {
                hospital.scarce("S" + i, "D" + i, "DEP" + i, day, true);
            } else {
                hospital.session("S" + i, "D" + i, "DEP" + i, day, true);
            }
            hospital.bands("S" + i, day, true, BANDS, UNITS[i]);
        }
        hospital.say();
        List<Patient> people = patients.adults(PEOPLE);
        for (Patient each : people) {
            patients.reportedOn(each, hospital.source(), now);
            BookingDesk.linked(pool, UUID.randomUUID(), centre.source(), each.person());
        }
        BookingModel model = new BookingModel(ModelRun.at(day.minusDays(1), 23, 0));
        Map<Slot, String> slotIds = new IdentityHashMap<>();
        for (int i = 0; i < SESSIONS; i++) {
            model.sessions.add(session(pool, hospital, day, i, slotIds));
        }
        return new ModelStart(random, pool, day, now, hospital, centre, people, model, slotIds);
    }

    private static Session session(
            Pool pool, Schedules hospital, LocalDate day, int number, Map<Slot, String> slotIds) {
        String department = "DEP" + number;
        Row row = row(
                pool,
                "select e.bookable, e.reserved from clinic_session e join department d on d.id = e.department_id"
                        + " where e.hospital = $1 and d.code = '" + department + "'",
                hospital.source());
        Session session = new Session(row.getInteger(0), row.getInteger(1), ModelRun.at(day.minusDays(1), 18, 0));
        List<String> ids = slots(hospital, department);
        for (int i = 0; i < BANDS; i++) {
            Slot slot = new Slot(number, i, ModelRun.at(day, 8, 30).plus(Duration.ofMinutes(30L * i)), UNITS[number]);
            session.slots.add(slot);
            slotIds.put(slot, ids.get(i));
        }
        return session;
    }

    private static Row row(Pool pool, String sql, String source) {
        return pool.preparedQuery(sql)
                .execute(Tuple.of(source))
                .await()
                .indefinitely()
                .iterator()
                .next();
    }
}
