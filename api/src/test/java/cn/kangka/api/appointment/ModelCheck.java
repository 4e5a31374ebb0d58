package cn.kangka.api.appointment;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.api.appointment.ModelParts.Session;
import cn.kangka.api.testing.Clinic;
import cn.kangka.api.testing.Neighbours;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Compares the region with the models after an act, and asks it whether what must always hold does. */
final class ModelCheck {
    /** Each finds what may not be; $1 is the hospital. */
    private static final Map<String, String> NEVER = new LinkedHashMap<>();

    static {
        NEVER.put("a session whose count is not that of its bands", """
                select e.id from clinic_session e join slot s on s.session_id = e.id where e.hospital = $1
                group by e.id having sum(s.used + s.held + s.blocked) <> e.taken_total or e.taken_total > e.bookable
                """);
        NEVER.put("a band whose counts are not those of its bookings and holds", """
                select s.id from slot s where s.hospital = $1 and (
                    s.used <> (select count(*) from appointment a where a.slot_id = s.id
                        and a.status in ('BOOKED', 'CHECKED_IN', 'COMPLETED', 'MISSED'))
                    or s.blocked <> (select count(*) from appointment a where a.slot_id = s.id and a.status = 'REFUSED')
                    or s.held <> (select count(*) from slot_hold h where h.slot_id = s.id)
                    or s.used + s.held + s.blocked > s.capacity)
                """);
        NEVER.put("reserved units that are not those of the bookings and holds", """
                select e.id from clinic_session e where e.hospital = $1 and e.reserved_taken <> (
                    select count(*) from appointment a where a.session_id = e.id and a.reserved
                        and a.status in ('BOOKED', 'CHECKED_IN', 'COMPLETED', 'MISSED', 'REFUSED'))
                    + (select count(*) from slot_hold h where h.session_id = e.id and h.reserved)
                """);
        NEVER.put("two bookings of a person in a session", """
                select person from appointment where hospital = $1 and status in ('BOOKED', 'CHECKED_IN')
                group by person, session_id having count(*) > 1
                """);
        NEVER.put("a booking or hold in a stopped session", """
                select a.id from appointment a join clinic_session e on e.id = a.session_id
                where a.hospital = $1 and e.status = 'STOPPED' and a.status in ('BOOKED', 'CHECKED_IN')
                union all select h.id from slot_hold h join clinic_session e on e.id = h.session_id
                where e.hospital = $1 and e.status = 'STOPPED'
                """);
        NEVER.put("somebody who is booked and waits", """
                select w.person from waiting_entry w join appointment a on a.person = w.person and a.session_id = w.session_id
                where a.hospital = $1 and a.status in ('BOOKED', 'CHECKED_IN') and w.status in ('WAITING', 'OFFERED')
                """);
        NEVER.put("an offer without its unit", """
                select w.id from waiting_entry w join clinic_session e on e.id = w.session_id
                where e.hospital = $1 and w.status = 'OFFERED' and not exists (
                    select 1 from slot_hold h where h.id = w.hold_id and h.slot_id = w.slot_id)
                """);
        NEVER.put("a number given twice", """
                select t.session_id from queue_ticket t join clinic_session e on e.id = t.session_id where e.hospital = $1
                group by t.session_id, t.band, t.number having count(*) > 1
                """);
        NEVER.put("somebody in the queue who is not there, or there and without a number", """
                select a.id from appointment a left join queue_ticket t on t.appointment = a.id
                where a.hospital = $1 and (coalesce(t.state, 'LEFT') in ('WAITING', 'CALLED', 'PASSED')
                    and a.status <> 'CHECKED_IN' or a.status = 'CHECKED_IN' and t.appointment is null)
                """);
        NEVER.put("a reminder of what was given up that is not taken back", """
                select a.id from appointment a join booking_reminder r on r.appointment = a.id
                where a.hospital = $1 and a.status in ('CANCELLED', 'REFUSED') and r.state = 'TOLD'
                """);
        NEVER.put("more drawn than there was, or a place in the order that nobody has", """
                select d.id from draw d join clinic_session e on e.id = d.id where e.hospital = $1 and (
                    (select count(*) from draw_entry x where x.draw_id = d.id and x.status = 'WON') > d.units
                    or d.status = 'DONE' and (select count(*) from draw_place p where p.draw_id = d.id) <> d.entries)
                """);
        NEVER.put("a unit of two referrals", """
                select r.appointment from referral r where r.to_source = $1 and r.status = 'BOOKED'
                group by r.appointment having count(*) > 1
                """);
    }

    private static final String ALL = NEVER.entrySet().stream()
            .map(each -> "select '" + each.getKey() + "' from (" + each.getValue() + ") found")
            .collect(Collectors.joining(" union all "));

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Pattern TOLD = Pattern.compile("\"key\"\\s*:\\s*\""
            + "(booking-made|booking-moved|draw-won|booking-cancelled|booking-refused|clinic-stopped|booking-reminder)"
            + ":([0-9a-f-]{36}):[0-9a-f-]{36}(?::([A-Z]+):\\d+)?");

    private final ModelRun run;

    ModelCheck(ModelRun run) {
        this.run = run;
    }

    void compare() {
        units();
        bookings();
        waiting();
        queue();
        assertThat(run.rows(ALL, run.hospital.source()))
                .map(row -> row.getString(0))
                .isEmpty();
    }

    private void units() {
        StringBuilder expected = new StringBuilder();
        StringBuilder actual = new StringBuilder();
        for (int i = 0; i < run.bookings.sessions.size(); i++) {
            Session session = run.bookings.sessions.get(i);
            expected.append("%d taken, %d reserved, %d waiting:"
                    .formatted(session.taken(), session.reservedTaken, session.waiting.size()));
            session.slots.forEach(each -> expected.append(" %d+%d+%d".formatted(each.used, each.held, each.blocked)));
            run.rows("select taken_total, reserved_taken, waiting from clinic_session where id = $1", run.sessionId(i))
                    .forEach(row -> actual.append("%d taken, %d reserved, %d waiting:"
                            .formatted(row.getInteger(0), row.getInteger(1), row.getInteger(2))));
            run.rows("select used, held, blocked from slot where session_id = $1 order by start_at", run.sessionId(i))
                    .forEach(row -> actual.append(
                            " %d+%d+%d".formatted(row.getInteger(0), row.getInteger(1), row.getInteger(2))));
            expected.append('\n');
            actual.append('\n');
        }
        assertThat(actual.toString())
                .as("units: used, held, blocked of each band")
                .isEqualTo(expected.toString());
    }

    private void bookings() {
        Map<String, String> expected = new HashMap<>();
        run.bookings.bookings.forEach(
                each -> expected.put(run.bookingIds.get(each), each.status + " " + run.slotIds.get(each.slot)));
        Map<String, String> actual = new HashMap<>();
        run.rows("select id, status, slot_id from appointment where hospital = $1", run.hospital.source())
                .forEach(row -> actual.put(row.getUUID(0).toString(), row.getString(1) + " " + row.getUUID(2)));
        assertThat(actual).as("bookings").isEqualTo(expected);
    }

    private void waiting() {
        for (int i = 0; i < run.bookings.sessions.size(); i++) {
            int session = i;
            List<String> actual = new ArrayList<>();
            run.rows(
                            "select person, status from waiting_entry where session_id = $1 order by entered_at, id",
                            run.sessionId(i))
                    .forEach(row -> actual.add(run.personOf(row.getUUID(0)) + " " + row.getString(1)));
            assertThat(actual)
                    .as("the list of session " + i)
                    .isEqualTo(run.bookings.entries.stream()
                            .filter(each -> each.session == session)
                            .map(each -> each.person + " " + each.status)
                            .toList());
        }
    }

    private void queue() {
        Map<String, String> expected = new HashMap<>();
        run.queue
                .tickets()
                .forEach(each -> expected.put(run.bookingIds.get(each.booking), each.number + " " + each.state));
        Map<String, String> actual = new HashMap<>();
        run.rows("""
                        select t.appointment, t.band, t.number, t.state from queue_ticket t
                        join clinic_session e on e.id = t.session_id where e.hospital = $1
                        """, run.hospital.source())
                .forEach(row -> actual.put(
                        row.getUUID(0).toString(),
                        "%c%02d %s".formatted('A' - 1 + row.getInteger(1), row.getInteger(2), row.getString(3))));
        assertThat(actual).as("numbers").isEqualTo(expected);
        for (int i = 0; i < run.bookings.sessions.size(); i++) {
            List<String> line = new ArrayList<>();
            run.rows(
                            "select appointment from queue_ticket where session_id = $1 and state = 'WAITING' order by turn_band, turn",
                            run.sessionId(i))
                    .forEach(row -> line.add(row.getUUID(0).toString()));
            assertThat(line)
                    .as("the line of session " + i)
                    .isEqualTo(run.queue.line(i).stream()
                            .map(each -> run.bookingIds.get(each.booking))
                            .toList());
        }
    }

    /** Exactly one notice for each event, whoever is told: those of the model have come, and no others. */
    void notices() {
        Map<String, List<String>> expected = new TreeMap<>();
        run.bookings.bookings.forEach(each -> expected.put(
                run.bookingIds.get(each), each.told.stream().sorted().toList()));
        Map<String, List<String>> actual = new TreeMap<>();
        long end = System.nanoTime() + PATIENCE.toNanos();
        boolean come = false; // All that was said.
        while (!(come && actual.equals(expected)) && System.nanoTime() < end) {
            come = run.rows("select 1 from outbox where destination = 'notification' and aggregate = any($1)", (Object)
                            run.people.stream()
                                    .map(each -> "account:" + each.account())
                                    .toArray(String[]::new))
                    .isEmpty();
            actual.clear();
            expected.keySet().forEach(each -> actual.put(each, new ArrayList<>()));
            Neighbours.NOTIFICATION.asked("POST", "/v1/notices").stream()
                    .map(asked -> TOLD.matcher(asked.body()))
                    .filter(Matcher::find)
                    .collect(Collectors.toMap(Matcher::group, told -> told, (one, again) -> one))
                    .values()
                    .forEach(told -> actual.computeIfPresent(told.group(2), (id, all) -> {
                        all.add(told.group(1) + (told.group(3) == null ? "" : " " + told.group(3)));
                        return all;
                    }));
            actual.values().forEach(all -> all.sort(null));
            Clinic.pause(Duration.ofMillis(100));
        }
        assertThat(actual).as("notices of each booking").isEqualTo(expected);
    }
}
