package cn.kangka.api.appointment;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.api.appointment.ModelParts.Slot;
import cn.kangka.api.appointment.ReferralModel.Referral;
import cn.kangka.api.testing.Schedules;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What a centre, the hospital and the person do with referrals. */
final class ReferralActs {
    private final ModelRun run;
    private final ReferralModel model;
    private final Map<Referral, String> ids = new IdentityHashMap<>();

    ReferralActs(ModelRun run) {
        this.run = run;
        this.model = run.referrals;
    }

    void make() {
        int person = run.person();
        Slot slot = run.random.nextInt(3) > 0 ? run.slotFor(person) : null;
        Map<String, Object> wish = new HashMap<>(Map.of(
                "toHospital", run.hospital.source(),
                "personId", run.people.get(person).person().toString(),
                "direction", "UP",
                "urgency", "ROUTINE",
                "reason", "胸闷三月"));
        if (slot != null) {
            wish.put("slotId", run.slotIds.get(slot));
        }
        String expected = model.make(person, slot, run.now);
        Response answer = run.as(run.centre).body(wish).post("/v1/referrals");
        run.expect("refer " + person + (slot == null ? "" : "@" + ModelRun.name(slot)), expected, answer);
        if (expected.equals("201")) {
            Referral made = model.referrals.get(model.referrals.size() - 1);
            ids.put(made, answer.path("id"));
            if (slot != null) {
                run.bookingIds.put(made.booking, answer.path("visit.appointment"));
            }
        }
    }

    /** Whether the region has not come to follow what became of the booking. */
    private void behind(Referral referral) {
        if (referral.booking != null
                && !run.rows("select appointment from referral where id = $1", UUID.fromString(ids.get(referral)))
                        .get(0)
                        .getUUID(0)
                        .toString()
                        .equals(run.bookingIds.get(referral.booking))) {
            run.did("ref-behind " + name(referral));
        }
    }

    /** Often of whom the last acts were about. */
    private Optional<Referral> referral() {
        int person = run.person();
        List<Referral> theirs =
                model.referrals.stream().filter(each -> each.person == person).toList();
        return run.pick(theirs.isEmpty() || run.random.nextInt(4) == 0 ? model.referrals : theirs);
    }

    private Response act(boolean sender, Referral referral, String act, Map<String, String> with) {
        Schedules by = sender ? run.centre : run.hospital;
        return run.as(by).body(with).post("/v1/referrals/" + ids.get(referral) + "/" + act);
    }

    /** Now and then the side whose act it is not. */
    private boolean wrongSide() {
        return run.random.nextInt(6) == 0;
    }

    private String name(Referral referral) {
        return referral.person + "#" + model.referrals.indexOf(referral) + " " + referral.status;
    }

    void accept() {
        referral().ifPresent(each -> {
            boolean sender = wrongSide();
            String what = "ref-accept " + name(each);
            run.expect(what, model.accept(each, sender), act(sender, each, "accept", Map.of()));
        });
    }

    void book() {
        referral().ifPresent(each -> {
            Slot slot = run.slotFor(each.person);
            String what = "ref-book " + name(each) + "@" + ModelRun.name(slot);
            int before = run.bookings.bookings.size();
            String expected = model.book(each, slot, run.now);
            Response answer = act(run.random.nextBoolean(), each, "accept", Map.of("slotId", run.slotIds.get(slot)));
            run.expect(what, expected, answer);
            if (run.bookings.bookings.size() > before) {
                run.bookingIds.put(each.booking, answer.path("visit.appointment"));
            }
        });
    }

    void decline() {
        referral().ifPresent(each -> {
            boolean sender = wrongSide();
            String what = "ref-decline " + name(each);
            behind(each);
            run.expect(
                    what, model.decline(each, sender, run.now), act(sender, each, "decline", Map.of("text", "请转专科")));
        });
    }

    void cancel() {
        referral().ifPresent(each -> {
            String what = "ref-cancel " + name(each);
            behind(each);
            boolean byPerson = run.random.nextBoolean();
            boolean receiver = !byPerson && wrongSide();
            String expected = model.cancel(each, receiver, run.now);
            run.expect(
                    what,
                    expected,
                    byPerson
                            ? run.as(each.person).post("/v1/me/referrals/" + ids.get(each) + "/refuse")
                            : act(!receiver, each, "cancel", Map.of()));
        });
    }

    void seen() {
        referral().ifPresent(each -> {
            boolean sender = wrongSide();
            String what = "ref-seen " + name(each);
            run.expect(what, model.seen(each, sender), act(sender, each, "seen", Map.of()));
        });
    }

    void reportBack() {
        referral().ifPresent(each -> {
            boolean sender = wrongSide();
            String what = "ref-report " + name(each);
            run.expect(what, model.reportsBack(each, sender), act(sender, each, "report-back", Map.of("text", "未见狭窄")));
        });
    }

    /** Every referral's state and booking, once the region has followed. */
    void compare() {
        Map<String, String> expected = new HashMap<>();
        model.referrals.forEach(each -> expected.put(
                ids.get(each),
                each.status + (each.status.equals("BOOKED") ? " " + run.bookingIds.get(each.booking) : "")));
        Map<String, String> actual = new HashMap<>();
        run.rows("select id, status, appointment from referral where to_source = $1", run.hospital.source())
                .forEach(row -> {
                    String status = row.getString(1);
                    UUID booking = row.getUUID(2);
                    actual.put(row.getUUID(0).toString(), status + (status.equals("BOOKED") ? " " + booking : ""));
                });
        assertThat(actual).as("referrals").isEqualTo(expected);
        List<UUID> astray = run.rows("""
                        select a.id from appointment a where a.hospital = $1 and a.kind = 'REFERRAL' and a.reserved
                            and a.status in ('BOOKED', 'CHECKED_IN') and (select count(*) from referral r
                                where r.appointment = a.id and r.status in ('BOOKED', 'SEEN', 'REPORTED_BACK')) <> 1
                            and not exists (select 1 from referral r where r.status in ('SEEN', 'REPORTED_BACK')
                                and r.person = a.person)
                        """, run.hospital.source()).stream()
                .map(row -> row.getUUID(0))
                .toList();
        List<String> late =
                model.gaveUpOn.stream().map(each -> run.bookingIds.get(each)).toList();
        assertThat(astray)
                .as("reserved units of no referral, or of two")
                .allMatch(each -> late.contains(each.toString()));
    }
}
