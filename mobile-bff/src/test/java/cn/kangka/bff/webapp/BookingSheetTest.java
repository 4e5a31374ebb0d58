package cn.kangka.bff.webapp;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import cn.kangka.bff.testing.FakeRegion;
import cn.kangka.bff.testing.FakeRegionResource;
import cn.kangka.sandbox.testing.Chromium;
import cn.kangka.sandbox.testing.RegionResource;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.SelectOption;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URL;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The sheet in which a visit is booked: what is kept while it is open, for whom, and why not. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(FakeRegionResource.class)
class BookingSheetTest {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static final int OVER = 5 * 60 * 1000 + 1000;

    @TestHTTPResource("/")
    URL here;

    private CitizenPhone phone() {
        return new CitizenPhone(CHROMIUM.browser(), here.toString());
    }

    /** Before the slots of a day on which there are some. */
    private static CitizenPhone slots(CitizenPhone phone) {
        phone.open("/book/H001")
                .tap("department-CARD")
                .sees("day-3")
                .tap("day-3")
                .settled();
        if (phone.at("doctor").count() == 0) {
            phone.tap("day-4");
        }
        return phone.sees("doctor").settled();
    }

    private static void slot(CitizenPhone phone, String ending) {
        phone.page()
                .locator("[data-testid^='slot-'][data-testid$='" + ending + "']")
                .click();
    }

    private static void isHeld(CitizenPhone phone, String number) {
        assertThat(phone.at("hold")).hasAttribute("data-state", "held");
        assertThat(phone.at("hold-left")).hasText(Pattern.compile("为您保留 [45]:\\d\\d"));
        assertThat(phone.at("confirm-booking")).isVisible();
        phone.page().waitForCondition(() -> FakeRegion.started().holds(number) == 1);
    }

    private static void isBack(CitizenPhone phone, String number) {
        phone.page().waitForCondition(() -> FakeRegion.started().holds(number) == 0);
    }

    @Test
    void a_unit_is_kept_while_the_sheet_is_open_and_given_back_however_it_is_left() {
        String number = "13900007001";
        try (CitizenPhone phone = phone()) {
            slots(phone.login(number).sees("home-card"));
            slot(phone, "0-0");
            isHeld(phone, number);
            assertThat(phone.at("booking-terms")).containsText("15:00 前取消不计违约");
            assertThat(phone.at("booking-terms")).containsText("07:00 起可到院签到");
            phone.shot("hold-kept").tap("close-sheet");
            isBack(phone, number);

            slot(phone, "0-0");
            isHeld(phone, number);
            phone.page().keyboard().press("Escape");
            isBack(phone, number);

            slot(phone, "0-0");
            isHeld(phone, number);
            phone.page().goBack();
            phone.sees("department-CARD");
            assertThat(phone.at("sheet")).hasCount(0);
            isBack(phone, number);

            slots(phone);
            slot(phone, "0-0");
            isHeld(phone, number);
            phone.open("/articles").sees("article").settled();
            isBack(phone, number);

            slots(phone);
            slot(phone, "0-0");
            isHeld(phone, number);
            phone.tap("confirm-booking").sees("booked");
            isBack(phone, number);
        }
    }

    @Test
    void when_the_time_is_up_it_says_so_and_tries_again() {
        String number = "13900007002";
        try (CitizenPhone phone = phone()) {
            phone.page().clock().install();
            slots(phone.login(number).sees("home-card"));
            slot(phone, "0-0");
            isHeld(phone, number);
            phone.page().clock().runFor(OVER);
            assertThat(phone.at("hold")).hasAttribute("data-state", "ended");
            assertThat(phone.at("hold")).containsText("号源已放回");
            assertThat(phone.at("confirm-booking")).isHidden();
            phone.tap("hold-again");
            assertThat(phone.at("hold")).hasAttribute("data-state", "held");
            phone.tap("confirm-booking").sees("booked");
        }
    }

    @Test
    void two_sessions_of_a_half_day_are_each_full_by_themselves() {
        try (CitizenPhone phone = phone()) {
            slots(phone.login("13900007009").sees("home-card"));
            Locator sessions = phone.at("doctor").first().locator("[data-testid=session]");
            assertThat(sessions).hasCount(2);
            assertThat(sessions.first()).not().containsText("远程");
            assertThat(sessions.first().locator("[data-testid=full-why]")).hasCount(0);
            assertThat(sessions.last()).containsText("上午 · 远程 · ¥70");
            assertThat(sessions.last().locator("[data-testid=full-why]")).hasCount(1);
            assertThat(sessions.last().locator("[data-testid^=wait-]")).hasCount(1);
            phone.wholeShot("slots-two-sessions");
        }
    }

    @Test
    void what_cannot_be_had_is_said_when_the_sheet_opens() {
        String number = "13900007003";
        try (CitizenPhone phone = phone()) {
            slots(phone.login(number).sees("home-card"));
            assertThat(phone.page().locator("[data-testid^='slot-'][data-testid$='0-2']"))
                    .containsText("有人正在确认，5 分钟内可能放回");
            assertThat(phone.page().locator("[data-testid^='slot-'][data-testid$='1-2']"))
                    .containsText("约满");
            phone.wholeShot("slots-held");
            slot(phone, "0-3");
            assertThat(phone.at("booking-refused")).containsText("每天的预约次数");
            assertThat(phone.at("hold")).hasAttribute("data-state", "refused");
            phone.tap("see-limits").sees("limits");
            assertThat(phone.at("sheet")).hasCount(0);
            assertThat(phone.page()).hasURL(Pattern.compile("/me/limits\\?slot=[0-9-]+$"));
            isBack(phone, number);
        }
    }

    @Test
    void a_request_that_got_no_answer_is_asked_again() {
        String number = "13900007004";
        try (CitizenPhone phone = phone()) {
            slots(phone.login(number).sees("home-card"));
            phone.page().route("**/v1/holds", route -> route.abort());
            slot(phone, "0-0");
            assertThat(phone.at("booking-refused")).containsText("连接不上");
            assertThat(phone.at("confirm-booking")).isHidden();
            phone.page().unroute("**/v1/holds");
            phone.tap("hold-again");
            isHeld(phone, number);
            assertThat(phone.at("booking-refused")).isEmpty();
        }
    }

    @Test
    void who_books_for_family_can_turn_to_somebody_else_after_a_refusal() {
        String number = "13900007005";
        FakeRegion.started().family(number);
        try (CitizenPhone phone = phone()) {
            slots(phone.login(number).sees("home-card"));
            slot(phone, "0-0");
            isHeld(phone, number);
            phone.at("for-whom").selectOption(new SelectOption().setIndex(1));
            isHeld(phone, number);
            phone.tap("confirm-booking");
            assertThat(phone.at("booking-refused")).containsText("多次临近取消");
            assertThat(phone.at("confirm-booking")).isHidden();
            phone.at("for-whom").selectOption(new SelectOption().setIndex(0));
            assertThat(phone.at("booking-refused")).isEmpty();
            isHeld(phone, number);

            phone.tap("close-sheet");
            isBack(phone, number);
            slot(phone, "0-3");
            assertThat(phone.at("booking-refused")).containsText("每天的预约次数");
            phone.at("for-whom").selectOption(new SelectOption().setIndex(1));
            assertThat(phone.at("booking-refused")).containsText("多次临近取消");
            phone.shot("booking-refused-mother").tap("see-limits").sees("behind");
            assertThat(phone.page()).hasURL(Pattern.compile("/me/limits\\?person=[0-9a-f-]+&slot=[0-9-]+$"));
            assertThat(phone.at("for-whom")).hasValue(Pattern.compile("[0-9a-f-]{36}"));
            phone.wholeShot("limits-mother").at("appeal").first().click();
            phone.sees("confirm-appeal").tap("confirm-appeal");
            assertThat(phone.at("mark").first()).containsText("申诉处理中");
            phone.at("for-whom").selectOption(new SelectOption().setIndex(0));
            phone.sees("no-marks");
            assertThat(phone.page()).hasURL(Pattern.compile("/me/limits\\?slot=[0-9-]+$"));
        }
    }
}
