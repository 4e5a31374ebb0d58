package cn.kangka.bff.webapp;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.bff.testing.FakeRegionResource;
import cn.kangka.sandbox.testing.Chromium;
import cn.kangka.sandbox.testing.RegionResource;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URL;
import java.util.List;
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
            "/appointments",
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

    private CitizenPhone phone(String number, ColorScheme scheme) {
        CitizenPhone phone = new CitizenPhone(CHROMIUM.browser(), here.toString(), scheme).login(number);
        return phone.sees("home-card");
    }

    @Test
    void no_screen_has_a_serious_fault() {
        try (CitizenPhone phone = phone("13900005551", ColorScheme.LIGHT)) {
            SCREENS.forEach(screen -> faultless(phone, screen));
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
        try (CitizenPhone phone = phone("13900005553", ColorScheme.LIGHT)) {
            phone.elder();
            for (String screen : SCREENS) {
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
