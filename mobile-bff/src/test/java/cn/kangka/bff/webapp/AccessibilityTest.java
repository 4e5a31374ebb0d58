package cn.kangka.bff.webapp;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.bff.testing.FakeRegion;
import cn.kangka.bff.testing.FakeRegionResource;
import cn.kangka.sandbox.testing.Chromium;
import cn.kangka.sandbox.testing.RegionResource;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URL;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every screen, in every dress: no serious fault that axe knows; elder mode in the measures of the MIIT guideline. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(FakeRegionResource.class)
class AccessibilityTest {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static final List<String> SCREENS = List.of(
            "/",
            "/card",
            "/book",
            "/book/H001",
            "/book/H001/CARD",
            "/book/H002/CARD",
            "/appointments",
            "/waiting",
            "/draws",
            "/referrals",
            "/family",
            "/check-in/123456",
            "/me/limits",
            "/me/limits?person=0197a3c0-0000-7000-8000-000000000001",
            "/reports",
            "/reports/rep-lipid",
            "/imaging/st-1",
            "/alerts",
            "/articles",
            "/articles/hypertension",
            "/inbox",
            "/me",
            "/me/access-log",
            "/identity");

    /** Of these a picture is kept, for people to look at. */
    private static final List<String> PICTURED = List.of("/", "/card", "/book/H001/CARD", "/reports/rep-lipid");

    /** Text below 18 or above 30 px, line height below 1.3, targets below 60 px; empty when all is well. */
    private static final String MEASURE = """
            () => {
              const bad = [];
              const seen = (node) => node.checkVisibility() && !node.closest('.visually-hidden, .icon, svg.qr, .chart');
              for (const node of document.querySelectorAll('#app *, dialog *')) {
                const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
                if (own && seen(node)) {
                  const style = getComputedStyle(node);
                  const size = parseFloat(style.fontSize);
                  const line = style.lineHeight === 'normal' ? 1.3 : parseFloat(style.lineHeight) / size;
                  const decor = node.closest('.seal, .badge, .avatar, .calendar, .icon');
                  if (size < 17.99 || size > 30.01 || (line < 1.29 && !decor)) {
                    bad.push(`${node.tagName}.${node.className} ${size}px/${line.toFixed(2)} ${node.textContent.slice(0, 20)}`);
                  }
                }
              }
              for (const node of document.querySelectorAll('#app a[href], #app button, #app input, #app select, #app summary, dialog button')) {
                const box = node.getBoundingClientRect();
                if (seen(node) && !node.closest('.article') && (box.height < 59.5 || box.width < 59.5)) {
                  bad.push(`${node.tagName}.${node.className} ${Math.round(box.width)}×${Math.round(box.height)} ${node.textContent.slice(0, 20)}`);
                }
              }
              if (document.documentElement.scrollWidth > innerWidth + 1) {
                bad.push(`scrolls sideways: ${document.documentElement.scrollWidth}`);
              }
              return bad;
            }
            """;

    @TestHTTPResource("/")
    URL here;

    /** All of them, and the booking of somebody who is about to see a doctor. */
    private static List<String> screens(String number) {
        String booking = FakeRegion.started().family(number);
        return Stream.concat(SCREENS.stream(), Stream.of("/appointments/" + booking))
                .toList();
    }

    private CitizenPhone phone(String number, ColorScheme scheme) {
        CitizenPhone phone = new CitizenPhone(CHROMIUM.browser(), here.toString(), scheme).login(number);
        return phone.sees("home-card");
    }

    @Test
    void no_screen_has_a_serious_fault() {
        List<String> screens = screens("13900005551");
        try (CitizenPhone phone = phone("13900005551", ColorScheme.LIGHT)) {
            screens.forEach(screen -> faultless(phone, screen));
        }
        try (CitizenPhone phone = new CitizenPhone(CHROMIUM.browser(), here.toString())) {
            phone.open("/login").sees("login");
            assertThat(faults(phone)).as("log in").isEmpty();
        }
    }

    @Test
    void no_screen_has_a_serious_fault_in_the_dark() {
        try (CitizenPhone phone = phone("13900005552", ColorScheme.DARK)) {
            List.of("/", "/book/H001/CARD", "/reports/rep-lipid", "/me").forEach(screen -> faultless(phone, screen));
        }
    }

    @Test
    void elder_mode_keeps_its_measures_on_every_screen() {
        List<String> screens = screens("13900005553");
        try (CitizenPhone phone = phone("13900005553", ColorScheme.LIGHT)) {
            phone.elder();
            for (String screen : screens) {
                phone.open(screen).settled();
                if (PICTURED.contains(screen)) {
                    phone.wholeShot("elder" + (screen.equals("/") ? "-home" : screen.replace('/', '-')));
                }
                assertThat((List<?>) phone.page().evaluate(MEASURE))
                        .as("elder mode on " + screen)
                        .isEmpty();
            }
            faultless(phone, "/");
            faultless(phone, "/reports/rep-lipid");
        }
    }

    @Test
    void the_sheet_of_a_booking_has_no_serious_fault_and_keeps_the_measures() {
        String number = "13900005554";
        screens(number);
        LocalDate day = LocalDate.now(ZoneId.of("Asia/Shanghai")).plusDays(3);
        LocalDate open = day.getDayOfWeek() == DayOfWeek.SUNDAY ? day.plusDays(1) : day;
        try (CitizenPhone phone = phone(number, ColorScheme.LIGHT)) {
            phone.elder();
            for (String slot : List.of("0-0", "0-3")) {
                phone.open("/book/H001/CARD?date=" + open)
                        .tap("slot-" + open + "-" + slot)
                        .sees("for-whom")
                        .settled();
                phone.shot("elder-sheet-" + slot);
                assertThat(faults(phone)).isEmpty();
                assertThat((List<?>) phone.page().evaluate(MEASURE)).isEmpty();
            }
        }
    }

    private static void faultless(CitizenPhone phone, String screen) {
        phone.open(screen).settled();
        assertThat(faults(phone)).as(screen).isEmpty();
    }

    private static List<String> faults(CitizenPhone phone) {
        return new AxeBuilder(phone.page())
                .analyze().getViolations().stream()
                        .filter(rule -> List.of("serious", "critical").contains(rule.getImpact()))
                        .map(rule ->
                                rule.getId() + ": " + rule.getNodes().get(0).getHtml() + " "
                                        + rule.getNodes().get(0).getFailureSummary())
                        .toList();
    }
}
