package cn.kangka.sandbox.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;

import cn.kangka.sandbox.testing.Chromium;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The people who work at institutions, at the console: a community doctor refers, a hospital's clerk answers; the centre keeps its
 * schedule; the clinic's desk runs its queue; target/screenshots.
 */
@StartedRegion.Use
@Order(13)
class ClinicWebJourneyTest {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static final String HOSPITAL = "H001";
    private static final String CENTRE = "C001";
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String SUNDAY = "7";

    @Test
    void a_doctor_refers_the_hospitals_clerk_answers_and_both_see_where_it_stands() throws IOException {
        TestPeople person = TestPeople.invent();
        String chart = "CW-" + person.idNumber();
        HospitalJourneyTest.register(CENTRE, chart, person);
        await().atMost(SOON).until(() -> HospitalJourneyTest.search(person), Objects::nonNull);
        Citizen citizen = Citizen.of(person);
        try (CitizenPhone phone = new CitizenPhone(CHROMIUM.browser(), citizen);
                AgentDesk doctor = new AgentDesk(CHROMIUM.browser());
                AgentDesk clerk = new AgentDesk(CHROMIUM.browser())) {
            phone.logIn().proveIdentity().sees("home-card");
            citizen.useToken(phone.token());
            String report = reported(chart, person, citizen);
            String card = CitizenJourneyTest.regionalCard(citizen);
            doctor.logIn(Staff.named("doctor"))
                    .sees("screen-desk")
                    .tap("go-referrals")
                    .sees("referrals-none");
            String id = refers(doctor, CitizenJourneyTest.code(citizen, card), report);
            decidesAboutDocuments(phone);
            clerk.logIn(Staff.named("clerk"))
                    .sees("screen-desk")
                    .tap("go-referrals")
                    .sees("referral-line");
            answers(clerk, id, person);

            doctor.tap("referrals-refresh").settled();
            line(doctor, id).click();
            status(doctor, "BOOKED");
            assertThat(doctor.at("step")).hasCount(2);
            doctor.settled().wholeShot("clinic-06-sender");
            citizen.api()
                    .get("/v1/me/referrals/" + id)
                    .then()
                    .body("status", equalTo("BOOKED"))
                    .body("visit.start", notNullValue());
            String hospital = Doors.api().get("/v1/hospitals/" + HOSPITAL).path("name");
            citizen.api()
                    .get("/v1/me/access-log?limit=100")
                    .then()
                    .body("items.findAll { it.actorKind == 'CLERK' }.actor", hasItem(hospital))
                    .body("items.findAll { it.actor == 'clerk' || it.actor == 'doctor' }.size()", equalTo(0));
        }
    }

    /** The doctor has it on paper; the citizen takes it back, and gives it again, on their phone. */
    private static void decidesAboutDocuments(CitizenPhone phone) {
        phone.open("/referrals").sees("documents");
        assertThat(phone.at("documents")).hasAttribute("data-consent", "PAPER");
        phone.tap("see-documents").settled().shot("clinic-02a-documents");
        phone.page().keyboard().press("Escape");
        phone.tap("withdraw-consent");
        assertThat(phone.at("documents")).hasAttribute("data-consent", "REFUSED");
        phone.settled().wholeShot("clinic-02b-withdrawn");
        phone.tap("give-consent");
        assertThat(phone.at("documents")).hasAttribute("data-consent", "GIVEN");
        phone.settled().wholeShot("clinic-02c-given");
    }

    /** A report of the centre that the citizen can read; its number there. */
    private static String reported(String chart, TestPeople person, Citizen citizen) throws IOException {
        String number = "CW" + System.nanoTime();
        try (HospitalDesk laboratory = HospitalDesk.of(CENTRE)) {
            assertThat(HospitalJourneyTest.result(laboratory, chart, person, number, "F", "105"))
                    .contains("MSA|AA");
        }
        await().atMost(SOON).until(() -> citizen.api().get("/v1/me/reports").path("items[0].id"), id -> id != null);
        return number;
    }

    private static String refers(AgentDesk doctor, String code, String report) {
        doctor.tap("refer").sees("refer-form");
        choose(doctor, "refer-to", HOSPITAL);
        // Nothing is sent without whom and why.
        doctor.tap("refer-send");
        assertThat(doctor.at("refer-person")).hasAttribute("aria-invalid", "true");
        Locator departments = doctor.page().locator("#refer-department option");
        departments.nth(1).waitFor(attached());
        doctor.at("refer-department").selectOption(departments.nth(1).getAttribute("value"));
        doctor.fill("refer-person", code).fill("refer-reason", "血红蛋白偏低,请进一步诊治");
        doctor.fill("refer-icd10", "D50.9")
                .fill("refer-reports", report)
                .at("refer-paper")
                .check();
        doctor.settled().wholeShot("clinic-01-refer");
        doctor.tap("refer-send");
        status(doctor, "REQUESTED");
        doctor.settled().wholeShot("clinic-02-referred");
        return line(doctor, null).first().getAttribute("data-referral");
    }

    private static void answers(AgentDesk clerk, String id, TestPeople person) {
        line(clerk, id).click();
        status(clerk, "REQUESTED");
        assertThat(clerk.at("referral-subject")).containsText(person.name());
        assertThat(clerk.at("referral-reason")).containsText("D50.9");
        clerk.settled().wholeShot("clinic-03-received");
        clerk.tap("see-document").sees("report");
        assertThat(clerk.at("report")).containsText("血红蛋白");
        clerk.settled().shot("clinic-04-document").tap("close-dialog");
        clerk.tap("act-book").sees("slot-dialog").sees("pick-slot").settled();
        clerk.tap("slot-confirm");
        assertThat(clerk.at("slot-refused")).not().isEmpty();
        clerk.tap("pick-slot").shot("clinic-05-slot").tap("slot-confirm");
        status(clerk, "BOOKED");
    }

    private static Locator line(AgentDesk desk, String id) {
        return id == null ? desk.at("referral-line") : desk.line("referral-line", "data-referral", id);
    }

    private static void status(AgentDesk desk, String status) {
        assertThat(desk.at("referral-status"))
                .hasAttribute(
                        "data-status", status, new LocatorAssertions.HasAttributeOptions().setTimeout(SOON.toMillis()));
    }

    private static void choose(AgentDesk desk, String testid, String value) {
        desk.page().locator("#" + testid + " option[value='" + value + "']").waitFor(attached());
        desk.at(testid).selectOption(value);
    }

    private static Locator.WaitForOptions attached() {
        return new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED);
    }

    @Test
    void a_centre_edits_its_schedule_and_sees_what_a_change_does_before_it_is_saved() {
        try (AgentDesk desk = new AgentDesk(CHROMIUM.browser())) {
            desk.logIn(Staff.named("doctor"))
                    .sees("screen-desk")
                    .tap("go-templates")
                    .sees("templates-none");
            desk.tap("template-new")
                    .sees("template-dialog")
                    .at("template-weekday")
                    .selectOption(SUNDAY);
            desk.fill("template-bands", "99").tap("draft-try");
            assertThat(desk.at("template-bands")).hasAttribute("aria-invalid", "true");
            desk.fill("template-bands", "4").tap("draft-try").sees("draft-save");
            assertThat(desk.at("layout-view")).hasAttribute("data-created", "6");
            desk.shot("clinic-07-template").tap("draft-save");
            assertThat(desk.at("template")).hasCount(1);
            // Whatever is changed is tried again before it can be saved.
            desk.tap("template-edit")
                    .fill("template-units", "8")
                    .tap("draft-try")
                    .sees("draft-save");
            desk.fill("template-units", "9");
            assertThat(desk.at("draft-save")).isHidden();
            desk.tap("draft-try").sees("draft-save").tap("draft-save");
            assertThat(desk.at("template")).containsText("9");

            desk.tap("exception-new").sees("exception-dialog").tap("draft-try").sees("draft-save");
            desk.shot("clinic-08-exception").tap("draft-save");
            assertThat(desk.at("exception")).hasCount(1);
            desk.tap("layout-ask").sees("plan").settled().wholeShot("clinic-09-templates");
            desk.tap("exception-remove").sees("remove-dialog").tap("confirm-remove");
            assertThat(desk.at("exception")).hasCount(0);
            desk.tap("template-remove")
                    .sees("remove-dialog")
                    .shot("clinic-10-remove")
                    .tap("confirm-remove");
            desk.sees("templates-none");
        }
    }

    @Test
    void the_clinics_desk_calls_and_the_waiting_room_sees_it() throws SQLException {
        Map<String, Object> slot = Slots.free(HOSPITAL, 9, 13).stream()
                .filter(each -> ((Number) each.get("free")).intValue() > 2)
                .findFirst()
                .orElseThrow();
        List<Citizen> people = new ArrayList<>();
        List<String> bookings = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            people.add(Citizen.nextWithRealName());
            bookings.add(people.get(i)
                    .book(slot.get("id").toString())
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("id"));
        }
        String session = sessionOf(slot);
        nowBegins(slot);
        try (AgentDesk desk = new AgentDesk(CHROMIUM.browser());
                AgentDesk wall = new AgentDesk(CHROMIUM.browser())) {
            desk.logIn(Staff.named("clerk")).sees("queues");
            desk.fill("desk-date", Slots.day(slot));
            desk.line("queue-line", "data-session", session).click();
            desk.sees("desk-waiting").settled();
            String code = scanned(desk);
            for (int i = 0; i < 3; i++) {
                checksIn(people.get(i), bookings.get(i), code);
            }
            runs(desk, wall, session);
        }
        people.get(0).api().get("/v1/appointments/" + bookings.get(0)).then().body("status", equalTo("COMPLETED"));
    }

    /** What a phone's camera reads from the screen on the wall. */
    private static String scanned(AgentDesk desk) {
        desk.tap("show-code").sees("wall-digits").shot("clinic-11-wall-code");
        String read = QrReader.read(desk.at("wall-code").locator("svg.qr"));
        String digits = desk.at("wall-digits").textContent();
        assertThat(read)
                .isEqualTo(Doors.url(Doors.ports().mobileBff()) + "/check-in/" + digits)
                .isEqualTo(desk.at("wall-code").getAttribute("data-url"));
        desk.tap("close-dialog");
        return digits;
    }

    private static void checksIn(Citizen citizen, String booking, String code) {
        citizen.api()
                .body(Map.of("placeCode", code))
                .post("/v1/appointments/" + booking + "/check-in")
                .then()
                .statusCode(200);
    }

    /** By keys alone; the wall is never touched. */
    private static void runs(AgentDesk desk, AgentDesk wall, String session) {
        wall.open("/console/board/" + session).sees("board-now");
        shows(wall, "board-waiting", "3");
        shows(desk, "desk-waiting", "3");
        desk.fill("desk-room", "5");
        desk.at("queue-desk").locator("h2").click();
        desk.page().keyboard().press("n");
        shows(desk, "calls", "A01");
        shows(wall, "board-number", "A01");
        shows(wall, "board-now", "5");
        desk.settled().wholeShot("clinic-12-desk");
        wall.shot("clinic-13-board");
        desk.page().keyboard().press("d");
        assertThat(desk.at("call")).hasCount(0);
        desk.page().keyboard().press("n");
        shows(desk, "calls", "A02");
        desk.page().keyboard().press("p");
        shows(desk, "desk-passed", "A02");
        shows(wall, "board-passed", "A02");
        shows(wall, "board-next", "A03");
        wall.settled().shot("clinic-14-board-passed");
    }

    private static void shows(AgentDesk screen, String testid, String text) {
        assertThat(screen.at(testid))
                .containsText(text, new LocatorAssertions.ContainsTextOptions().setTimeout(SOON.toMillis()));
    }

    private static String sessionOf(Map<String, Object> slot) {
        String schedule =
                Doors.api().get("/fhir/Slot/" + slot.get("id")).jsonPath().getString("schedule.reference");
        return schedule.substring(schedule.indexOf('/') + 1);
    }

    /** The clock of the region is the real one: the band is brought to it. */
    private static void nowBegins(Map<String, Object> slot) throws SQLException {
        String times = " set start_at = now() + interval '20 minutes', end_at = now() + interval '50 minutes' where ";
        ApiRows.update("update slot" + times + "id = ?::uuid", slot.get("id"));
        ApiRows.update("update appointment" + times + "slot_id = ?::uuid", slot.get("id"));
    }
}
