package cn.kangka.sandbox.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import cn.kangka.sandbox.testing.Chromium;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A supervisor's day: a schedule as a file, a rule that is tried before it holds, an appeal, a department stopped; target/screenshots. */
@StartedRegion.Use
@Order(12)
class SupervisorWebJourneyTest {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static final String HOSPITAL = "H005";
    private static final String RULE = "appointment.max-per-visit-day";
    private static final String DEADLINE = "appointment.cancel-deadline";
    private static final String QUOTA = "appointment.quota-app";
    private static final String LATE = "appointment.late-check-in";
    private static final LocalDate DAY =
            LocalDate.now(ZoneId.of("Asia/Shanghai")).plusDays(5);
    private static final Duration SOON = Duration.ofSeconds(40);

    private final CallCentre centre = new CallCentre();

    @Test
    void a_supervisor_imports_a_schedule_tries_a_rule_denies_an_appeal_and_stops_a_department()
            throws IOException, SQLException {
        Citizen citizen = Citizen.nextWithRealName();
        try (AgentDesk desk = new AgentDesk(CHROMIUM.browser())) {
            desk.logIn("supervisor").sees("screen-callers");
            imports(desk);
            Map<String, Object> rehabilitation = slots("JKF").get(0);
            Map<String, Object> nutrition = slots("JYY").get(2);
            String stopped = books(citizen, rehabilitation);
            String kept = books(citizen, nutrition);
            tries(desk);
            sets(desk);
            denies(desk);
            stops(desk, rehabilitation);
            citizen.api().get("/v1/appointments/" + stopped).then().body("status", equalTo("STOPPED"));
            citizen.api().get("/v1/appointments/" + kept).then().body("status", equalTo("BOOKED"));
            booksAnother(desk, citizen, stopped);
        }
    }

    private static Path file(String name, String... rows) throws IOException {
        Path file = Path.of("target", name);
        Files.writeString(file, String.join("\n", rows) + "\n");
        return file;
    }

    private static String row(String department, String doctor, Object date) {
        return String.join(",", date.toString(), department, doctor, "08:30", "30", "4", "5", "25", "先到先得");
    }

    /** A file with an error is refused whole; the mended one is checked, then saved. */
    private static void imports(AgentDesk desk) throws IOException {
        String head = "日期,科室代码,科室名称,医生代码,医生姓名,职称,开始,时段分钟,时段数,每段号数,挂号费,方式";
        String first = row("JKF,旅程康复科", "J901,旅程一,主任医师", DAY);
        String next = row("JKF,旅程康复科", "J901,旅程一,主任医师", DAY.plusDays(1));
        String other = row("JYY,旅程营养科", "J902,旅程二,主治医师", DAY);
        desk.tap("go-schedules").sees("import-hospital");
        desk.at("import-hospital").selectOption(HOSPITAL);
        desk.at("import-file")
                .setInputFiles(file("journey-wrong.csv", head, first, row("JYY,旅程营养科", "J902,旅程二,主治医师", "2026-13-40")));
        desk.tap("save-import").sees("import-errors").shot("supervisor-01-import-errors");
        assertThat(desk.at("import-errors").locator("tbody tr")).hasCount(1);
        assertThat(desk.at("import-errors").locator("tbody tr").first()).containsText("日期");
        desk.at("import-file").setInputFiles(file("journey.csv", head, first, next, other));
        desk.tap("check-import").sees("import-good").shot("supervisor-02-import-checked");
        assertThat(slotsOf("JKF")).isEmpty();
        desk.tap("save-import");
        assertThat(desk.at("import-good")).containsText("已导入");
        desk.shot("supervisor-03-imported");
    }

    private static List<Map<String, Object>> slots(String department) {
        return await().atMost(SOON).until(() -> slotsOf(department), found -> !found.isEmpty());
    }

    private static List<Map<String, Object>> slotsOf(String department) {
        return Doors.api()
                .queryParam("hospital", HOSPITAL)
                .queryParam("department", department)
                .queryParam("from", DAY.toString())
                .queryParam("to", DAY.toString())
                .get("/v1/slots")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items");
    }

    private static String books(Citizen citizen, Map<String, Object> slot) {
        return citizen.book(slot.get("id").toString())
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    /** The citizen's second visit of the day is what a stricter rule would have stopped; then it holds, and then it does not. */
    private void tries(AgentDesk desk) {
        desk.tap("go-policies").sees("policy-table").at("policy-hospital").selectOption(HOSPITAL);
        desk.settled().fill("policy-" + RULE, "1").tap("try-policies").sees("trial-table");
        List<String> stopped =
                desk.at("trial-table").locator("tbody tr").first().locator("td").allTextContents();
        assertThat(Integer.parseInt(stopped.get(1))).isGreaterThan(Integer.parseInt(stopped.get(0)));
        desk.shot("supervisor-04-dry-run");
        ownRule(nullValue());
        desk.tap("save-policies").sees("toast").settled();
        ownRule(equalTo(1));
        desk.fill("policy-" + RULE, "").tap("save-policies");
        await().atMost(SOON).untilAsserted(() -> ownRule(nullValue()));
    }

    /** A time and a choice are set as such; quotas that do not make a hundred are refused, and then nothing is changed. */
    private void sets(AgentDesk desk) {
        desk.settled()
                .fill("policy-" + DEADLINE, "14:30")
                .fill("policy-" + QUOTA, "70")
                .tap("save-policies");
        assertThat(desk.at("policies-refused")).containsText("100");
        own(DEADLINE, nullValue());
        desk.fill("policy-" + QUOTA, "").at("policy-" + LATE).selectOption("0");
        desk.tap("save-policies");
        await().atMost(SOON).untilAsserted(() -> own(DEADLINE, equalTo(14 * 60 + 30)));
        own(LATE, equalTo(0));
        desk.settled();
        assertThat(desk.at("policy-" + DEADLINE)).hasValue("14:30");
        desk.shot("supervisor-04-rules");
        desk.fill("policy-" + DEADLINE, "").at("policy-" + LATE).selectOption("");
        desk.tap("save-policies");
        await().atMost(SOON).untilAsserted(() -> own(DEADLINE, nullValue()));
        own(LATE, nullValue());
    }

    private void ownRule(Matcher<?> value) {
        own(RULE, value);
    }

    private void own(String rule, Matcher<?> value) {
        centre.api()
                .get("/v1/hospitals/" + HOSPITAL + "/policies")
                .then()
                .statusCode(200)
                .body("items.find { it.rule == '" + rule + "' }.own", value);
    }

    private static void denies(AgentDesk desk) throws SQLException {
        Citizen citizen = Citizen.nextWithRealName();
        String booking = books(citizen, slots("JYY").get(1));
        citizen.api().post("/v1/appointments/" + booking + "/cancel").then().statusCode(200);
        // Only tomorrow's bookings get a mark, and only after three in the afternoon.
        ApiRows.update("update appointment set late_cancel = true where id = ?::uuid", booking);
        String appeal = citizen.api()
                .body(Map.of("appointment", booking, "words", "忘记取消了"))
                .post("/v1/appeals")
                .then()
                .statusCode(201)
                .extract()
                .path("appeal.id");
        desk.tap("go-appeals").sees("appeal-open");
        desk.line("appeal", "data-appeal", appeal)
                .locator("[data-testid=appeal-open]")
                .click();
        assertThat(desk.at("appeal-words")).hasText("忘记取消了");
        // Without an answer nothing is decided.
        desk.tap("appeal-deny");
        assertThat(desk.page().locator("#appeal-answer")).hasAttribute("aria-invalid", "true");
        desk.page().locator("#appeal-answer").fill("已超过截止时间");
        desk.shot("supervisor-05-deny").tap("appeal-deny");
        assertThat(desk.line("appeal", "data-appeal", appeal)).hasCount(0);
        citizen.api()
                .get("/v1/me/marks")
                .then()
                .body("items[0].appeal.status", equalTo("DENIED"))
                .body("items[0].appeal.answer", equalTo("已超过截止时间"))
                .body("items[0].erased", nullValue());
    }

    /** All doctors of the department, that day. */
    private static void stops(AgentDesk desk, Map<String, Object> slot) {
        desk.tap("go-stops").sees("stop-form").at("stop-hospital").selectOption(HOSPITAL);
        String department = slot.get("department").toString();
        desk.page()
                .locator("#stop-department option[value='" + department + "']")
                .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
        desk.at("stop-department").selectOption(department);
        desk.page().locator("#stop-from").fill(DAY.toString());
        desk.page().locator("#stop-to").fill(DAY.toString());
        desk.page().locator("#stop-reason").fill("设备检修");
        desk.tap("stop-preview").sees("stop-dialog");
        assertThat(desk.at("preview-sessions")).hasText("1");
        assertThat(desk.at("preview-bookings")).hasText("1");
        desk.shot("supervisor-06-stop").tap("confirm-stop");
        assertThat(desk.at("stop").first()).containsText("旅程康复科");
        desk.shot("supervisor-07-stopped");
    }

    /** Who rings about it sees what was stopped, and the unit that is kept is booked for them. */
    private static void booksAnother(AgentDesk desk, Citizen citizen, String stopped) {
        String kept = await().atMost(SOON)
                .until(
                        () -> citizen.api()
                                .get("/v1/appointments/" + stopped + "/alternatives")
                                .jsonPath()
                                .getString("items.findAll { it.keptUntil != null }.id[0]"),
                        notNullValue());
        desk.tap("go-callers").sees("screen-callers").takesCall(citizen);
        Locator line = desk.line("failed-booking", "data-appointment", stopped);
        assertThat(line).hasAttribute("data-status", "STOPPED");
        Locator alternative = line.locator("[data-testid=alternative][data-slot='" + kept + "']");
        assertThat(alternative).hasAttribute("data-kept", "true");
        desk.shot("supervisor-08-failed");
        alternative.locator("[data-testid=book-alternative]").click();
        desk.sees("booking-dialog").shot("supervisor-09-alternative");
        desk.tap("confirm-booking").sees("booked");
        String booked = desk.at("booked").getAttribute("data-appointment");
        citizen.api()
                .get("/v1/appointments/" + booked)
                .then()
                .body("status", equalTo("BOOKED"))
                .body("slotId", equalTo(kept));
        desk.settled().shot("supervisor-10-booked");
    }
}
