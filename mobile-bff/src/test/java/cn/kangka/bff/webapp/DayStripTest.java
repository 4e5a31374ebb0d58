package cn.kangka.bff.webapp;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import cn.kangka.bff.testing.FakeRegionResource;
import cn.kangka.sandbox.testing.Chromium;
import cn.kangka.sandbox.testing.RegionResource;
import com.microsoft.playwright.Locator;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URL;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The days of the slots screen: as many as the hospital has opened. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(FakeRegionResource.class)
class DayStripTest {
    /** Releases 14 days ahead in the fake region; the other one 28. */
    private static final String SHORT = "/book/H001/CARD";

    private static final String LONG = "/book/H002/CARD";

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    @TestHTTPResource("/")
    URL here;

    private CitizenPhone phone() {
        return new CitizenPhone(CHROMIUM.browser(), here.toString());
    }

    private static Locator days(CitizenPhone phone) {
        return phone.at("days").locator("button:visible");
    }

    private static void chosen(CitizenPhone phone, int ahead) {
        assertThat(phone.at("days").locator("[aria-pressed=true]")).hasCount(1);
        assertThat(phone.at("day-" + ahead)).hasAttribute("aria-pressed", "true");
        assertThat(phone.page())
                .hasURL(Pattern.compile(
                        "date=" + LocalDate.now(ZoneId.of("Asia/Shanghai")).plusDays(ahead)));
    }

    @Test
    void each_hospital_shows_the_days_that_it_releases_ahead() {
        try (CitizenPhone phone = phone()) {
            phone.open(SHORT).sees("days");
            assertThat(days(phone)).hasCount(15);
            chosen(phone, 1);

            phone.open(LONG).sees("days");
            assertThat(days(phone)).hasCount(29);
            phone.tap("day-28").settled();
            chosen(phone, 28);
            phone.shot("days-28");
        }
    }

    @Test
    void a_day_that_a_link_means_is_brought_into_sight() {
        try (CitizenPhone phone = phone()) {
            LocalDate meant = LocalDate.now(ZoneId.of("Asia/Shanghai")).plusDays(20);
            phone.open(LONG + "?date=" + meant).sees("days").settled();
            chosen(phone, 20);
            assertThat(phone.at("day-20")).isInViewport();

            phone.open(SHORT + "?date=" + meant).sees("days").settled();
            chosen(phone, 1);
        }
    }

    @Test
    void the_keyboard_reaches_every_day_and_leaves_the_strip_with_one_step() {
        try (CitizenPhone phone = phone()) {
            phone.open(LONG).sees("days").settled();
            phone.at("day-1").focus();
            phone.page().keyboard().press("ArrowRight");
            assertThat(phone.at("day-2")).isFocused();
            phone.page().keyboard().press("End");
            assertThat(phone.at("day-28")).isFocused();
            phone.page().keyboard().press("Enter");
            chosen(phone, 28);
            phone.page().keyboard().press("Home");
            assertThat(phone.at("day-0")).isFocused();
            phone.at("day-28").focus();
            phone.page().keyboard().press("Tab");
            assertThat(phone.at("days").locator("button:focus")).hasCount(0);
        }
    }

    @Test
    void elder_mode_shows_later_days_by_a_button_and_never_hides_the_chosen_one() {
        try (CitizenPhone phone = phone().login("13900007101").sees("home-card")) {
            phone.elder();
            phone.open(LONG).sees("days");
            assertThat(days(phone)).hasCount(15);
            phone.wholeShot("elder-days");
            phone.tap("more-days");
            assertThat(phone.at("day-15")).isFocused();
            assertThat(days(phone)).hasCount(29);
            assertThat(phone.at("more-days")).hasCount(0);
            phone.tap("day-28").settled();
            chosen(phone, 28);
            phone.wholeShot("elder-days-all");

            phone.open(LONG + "?date="
                            + LocalDate.now(ZoneId.of("Asia/Shanghai")).plusDays(20))
                    .sees("days");
            assertThat(phone.at("day-20")).isVisible();
            phone.open(SHORT).sees("days");
            assertThat(phone.at("more-days")).hasCount(0);
        }
    }
}
