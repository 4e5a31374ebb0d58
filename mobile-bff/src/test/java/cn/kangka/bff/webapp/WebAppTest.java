package cn.kangka.bff.webapp;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.bff.testing.FakeRegion;
import cn.kangka.bff.testing.FakeRegionResource;
import cn.kangka.sandbox.testing.Chromium;
import cn.kangka.sandbox.testing.RegionResource;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.NotFoundException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URL;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The citizen web app on a phone of 390 × 844, in Chromium, before a fake region. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(FakeRegionResource.class)
class WebAppTest {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static final AtomicInteger PHONES = new AtomicInteger(1000);

    @TestHTTPResource("/")
    URL here;

    private CitizenPhone phone() {
        return new CitizenPhone(CHROMIUM.browser(), here.toString());
    }

    /** A new account with real name, as the fake region gives to numbers that start with 139. */
    private CitizenPhone resident() {
        CitizenPhone phone = phone().login("1390000" + PHONES.incrementAndGet());
        return phone.sees("home-card");
    }

    @Test
    void logging_in_explains_what_is_wrong_and_leads_where_one_wanted_to_go() {
        try (CitizenPhone phone = phone()) {
            phone.open("/reports").sees("login").wholeShot("login");
            phone.at("phone").fill("139");
            phone.tap("login");
            assertThat(phone.at("phone")).hasAttribute("aria-invalid", "true");
            phone.at("phone").fill("13900009999");
            phone.tap("send-code");
            assertThat(phone.at("login-error")).containsText("42 秒后");
            assertThat(phone.at("send-code")).isDisabled();
            assertThat(phone.at("send-code")).containsText("秒后重发");
            phone.at("phone").fill("13900008888");
            phone.at("code").fill("000000");
            phone.tap("login");
            assertThat(phone.at("login-error")).containsText("验证码不正确");
            phone.shot("login-refused");
            phone.at("code").fill(CitizenPhone.CODE);
            phone.tap("login").sees("reports");
            assertThat(phone.page()).hasURL(Pattern.compile("/reports$"));
        }
    }

    @Test
    void a_session_survives_a_reload_and_ends_by_logging_out() {
        try (CitizenPhone phone = resident()) {
            phone.page().reload();
            phone.sees("home-card").open("/me").tap("logout").sees("login");
            assertThat(phone.context().cookies()).isEmpty();
            phone.open("/card").sees("login");
        }
    }

    @Test
    void real_name_opens_card_and_results() {
        try (CitizenPhone phone = phone()) {
            phone.login("13700001111").sees("go-identity").wholeShot("home-before-real-name");
            phone.tap("go-identity").sees("identity-submit").shot("identity");
            phone.at("name").fill("王小明");
            phone.at("id-number").fill("110101199003070000");
            phone.tap("identity-submit");
            assertThat(phone.at("identity-error")).containsText("不一致");
            phone.at("id-number").fill("11010119900307123x");
            phone.tap("identity-submit").sees("show-code");
        }
    }

    @Test
    void the_home_screen_shows_what_matters() {
        try (CitizenPhone phone = resident()) {
            assertThat(phone.at("greeting")).containsText("王*");
            assertThat(phone.at("home-appointment")).containsText("林书远");
            assertThat(phone.at("home-report")).containsText("3 项异常");
            assertThat(phone.at("home-alerts")).containsText("1 条");
            assertThat(phone.at("unread-badge")).hasText("2");
            phone.shot("home").wholeShot("home-whole");
        }
    }

    @Test
    void the_card_s_code_can_be_scanned_and_renewed() throws Exception {
        try (CitizenPhone phone = resident()) {
            phone.tap("show-code").sees("qr");
            phone.page().locator("[data-testid=qr] svg.qr").waitFor();
            String first = scanned(phone);
            assertThat(first).startsWith("KK1.").isEqualTo(phone.at("qr").getAttribute("data-code"));
            assertThat(phone.at("countdown")).containsText("秒后自动更新");
            phone.wholeShot("card").tap("renew-code");
            assertThat(phone.at("qr")).not().hasAttribute("data-code", first);
            assertThat(scanned(phone)).isNotEqualTo(first);
            assertThat(phone.at("card-uses")).containsText("检验");
        }
    }

    @Test
    void the_code_renews_itself_before_it_expires() {
        try (CitizenPhone phone = phone()) {
            phone.page().clock().install();
            phone.login("13900007777").sees("show-code").tap("show-code").sees("qr");
            phone.page().locator("[data-testid=qr] svg.qr").waitFor();
            String first = phone.at("qr").getAttribute("data-code");
            phone.page().clock().runFor(59_500);
            assertThat(phone.at("qr")).not().hasAttribute("data-code", first);
        }
    }

    @Test
    void every_length_of_code_can_be_scanned() throws Exception {
        try (CitizenPhone phone = phone()) {
            phone.open("/login").sees("login");
            phone.page().setViewportSize(700, 844);
            for (int length : List.of(1, 14, 43, 77, 120, 180, 250, 330, 420)) {
                String text = "康" + "x7".repeat(length).substring(0, length);
                phone.page()
                        .evaluate(
                                "async text => { const { qr } = await import('/app/qr.js');"
                                        + " const image = qr(text, 'x'); image.id = 'probe';"
                                        + " image.setAttribute('width', '640'); image.setAttribute('height', '640');"
                                        + " image.setAttribute('class', '');"
                                        + " document.getElementById('probe')?.remove(); document.body.prepend(image); }",
                                text);
                assertThat(read(phone.page().locator("#probe").screenshot())).isEqualTo(text);
            }
        }
    }

    private static String scanned(CitizenPhone phone) throws Exception {
        return read(phone.page().locator("[data-testid=qr] svg").screenshot());
    }

    private static String read(byte[] screenshot) throws Exception {
        return new QRCodeReader().decode(bitmap(screenshot)).getText();
    }

    private static BinaryBitmap bitmap(byte[] png) throws IOException, NotFoundException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        return new BinaryBitmap(
                new HybridBinarizer(new RGBLuminanceSource(image.getWidth(), image.getHeight(), pixels)));
    }

    @Test
    void a_lost_card_is_reported_after_a_confirmation() {
        try (CitizenPhone phone = resident()) {
            phone.open("/card").tap("report-loss").sees("confirm-loss").shot("card-loss");
            phone.tap("confirm-loss").sees("card-stopped").wholeShot("card-lost");
            assertThat(phone.at("qr")).hasCount(0);
        }
    }

    @Test
    void a_visit_is_booked_and_cancelled() {
        try (CitizenPhone phone = resident()) {
            phone.tap("tab-book").sees("hospital-H001").wholeShot("hospitals");
            phone.at("hospital-search").fill("中医");
            assertThat(phone.at("hospital-H001")).hasCount(0);
            phone.at("hospital-search").fill("");
            phone.tap("hospital-H001").sees("department-CARD").shot("departments");
            phone.tap("department-CARD").sees("days");
            bookableDay(phone);
            phone.wholeShot("slots");
            slot(phone, "0-0");
            phone.sees("confirm-booking").shot("booking-sheet");
            phone.tap("confirm-booking").sees("booked").wholeShot("booked");
            phone.tap("cancel").tap("confirm-cancel");
            assertThat(phone.at("screen-appointment")).containsText("已取消");
            phone.open("/appointments").sees("appointment").wholeShot("appointments");
        }
    }

    @Test
    void the_search_box_finds_departments_and_says_what_is_urgent() {
        try (CitizenPhone phone = resident()) {
            phone.tap("tab-book").sees("hospital-H001");
            phone.at("hospital-search").fill("胸痛");
            phone.sees("urgent").sees("soonest-03.04").wholeShot("search-urgent");
            assertThat(phone.at("urgent")).containsText("120");
            phone.tap("found-d1").sees("days");
        }
    }

    @Test
    void a_lost_answer_is_asked_for_again_with_the_same_key_and_books_once() {
        try (CitizenPhone phone = resident()) {
            List<String> keys = new java.util.concurrent.CopyOnWriteArrayList<>();
            phone.page().route("**/v1/appointments", route -> {
                keys.add(route.request().headerValue("Idempotency-Key"));
                if (keys.size() <= 3) {
                    route.fetch();
                    route.abort();
                } else {
                    route.resume();
                }
            });
            phone.open("/book/H001/CARD");
            bookableDay(phone);
            slot(phone, "0-0");
            phone.tap("confirm-booking");
            assertThat(phone.at("booking-refused")).containsText("连接不上");
            phone.tap("confirm-booking").sees("booked");
            assertThat(keys).hasSize(4).containsOnly(keys.get(0));
            phone.open("/appointments").sees("appointment");
            assertThat(phone.at("appointment")).hasCount(2);
        }
    }

    @Test
    void a_refusal_names_the_rule_and_when_it_lifts() {
        try (CitizenPhone phone = resident()) {
            phone.open("/book/H001/CARD");
            bookableDay(phone);
            slot(phone, "0-1");
            assertThat(phone.at("booking-refused")).containsText("约满");
            assertThat(phone.at("confirm-booking")).isHidden();
            phone.tap("close-sheet").settled();
            slot(phone, "0-3");
            assertThat(phone.at("booking-refused")).containsText("每天的预约次数");
            assertThat(phone.at("booking-refused")).containsText("后可再次预约");
            phone.shot("booking-refused");
        }
    }

    private static void bookableDay(CitizenPhone phone) {
        phone.sees("day-3").tap("day-3").settled();
        if (phone.at("doctor").count() == 0) {
            phone.tap("day-4");
        }
        phone.sees("doctor").settled();
    }

    private static void slot(CitizenPhone phone, String ending) {
        phone.page()
                .locator("[data-testid^='slot-'][data-testid$='" + ending + "']")
                .click();
    }

    @Test
    void a_report_shows_flags_ranges_and_its_course() {
        try (CitizenPhone phone = resident()) {
            phone.tap("home-report").sees("observations");
            assertThat(phone.at("value-2093-3")).containsText("↑ 偏高");
            assertThat(phone.at("value-2085-9")).containsText("↓ 偏低");
            assertThat(phone.at("value-2571-8")).containsText("0.45–1.7");
            assertThat(phone.at("trend-2093-3").locator(".chart")).isVisible();
            phone.wholeShot("report");
            phone.tap("article-link").sees("article-text").wholeShot("article");
            assertThat(phone.page().evaluate("window.hacked === undefined")).isEqualTo(true);
            assertThat(phone.page().locator("[data-testid=article-text] script, [data-testid=article-text] img"))
                    .hasCount(0);
            phone.open("/reports").sees("report").wholeShot("reports");
            phone.open("/reports/nobody").settled().shot("report-missing");
        }
    }

    @Test
    void an_image_is_seen_and_turned() {
        try (CitizenPhone phone = resident()) {
            phone.tap("action-imaging").tap("study").sees("film-image").wholeShot("study");
            phone.tap("film-next");
            assertThat(phone.at("film-position")).hasText("2 / 3");
            assertThat(phone.at("film-image")).hasAttribute("alt", Pattern.compile("第 2 张"));
        }
    }

    @Test
    void articles_are_found_by_two_characters() {
        try (CitizenPhone phone = phone()) {
            phone.open("/articles").sees("article");
            phone.at("article-search").fill("血压");
            assertThat(phone.at("article")).hasCount(1);
            phone.shot("articles");
            phone.at("article-search").fill("zzz");
            phone.sees("empty").shot("articles-empty");
        }
    }

    @Test
    void reading_a_notice_lowers_the_count_everywhere() {
        try (CitizenPhone phone = resident()) {
            phone.tap("tab-inbox").sees("notice").wholeShot("inbox");
            assertThat(phone.at("unread-badge")).hasText("2");
            phone.tap("notice").sees("observations");
            assertThat(phone.at("unread-badge")).hasText("1");
        }
    }

    @Test
    void a_new_notice_shows_at_once() {
        try (CitizenPhone phone = phone()) {
            phone.login("13900004444").tap("tab-inbox").sees("notice");
            assertThat(phone.at("notice")).hasCount(3);
            // The stream opens beside the screen; a notice before that is seen by the count it starts with.
            phone.page().waitForCondition(() -> {
                FakeRegion.started().tell("13900004444", "新的用药提醒");
                phone.page().waitForTimeout(300);
                return phone.at("notice").count() > 3;
            });
            assertThat(phone.at("inbox")).containsText("新的用药提醒");
        }
    }

    @Test
    void alerts_and_the_access_log_are_open_to_the_citizen() {
        try (CitizenPhone phone = resident()) {
            phone.tap("home-alerts").sees("alert").wholeShot("alerts");
            phone.open("/me").sees("whoami").wholeShot("me");
            phone.tap("me-access-log").sees("access").wholeShot("access-log");
        }
    }

    @Test
    void without_a_network_the_app_says_so_and_recovers() {
        try (CitizenPhone phone = resident()) {
            phone.context().setOffline(true);
            assertThat(phone.at("offline")).isVisible();
            phone.tap("home-appointment").sees("retry").shot("offline");
            phone.context().setOffline(false);
            assertThat(phone.at("offline")).isHidden();
            phone.tap("retry").sees("cancel");
        }
    }

    @Test
    void parts_that_are_down_are_named_on_the_home_screen() {
        try (CitizenPhone phone = resident()) {
            phone.page()
                    .route(
                            "**/v1/home",
                            route -> route.fulfill(
                                    new com.microsoft.playwright.Route.FulfillOptions()
                                            .setContentType("application/json")
                                            .setBody(
                                                    "{\"level\":2,\"name\":\"王*\",\"unread\":1,\"degraded\":[\"summary\",\"cards\"]}")));
            phone.open("/").sees("degraded").shot("home-degraded");
            assertThat(phone.at("degraded")).containsText("健康卡");
        }
    }

    @Test
    void everything_can_be_reached_by_keyboard() {
        try (CitizenPhone phone = resident()) {
            Page page = phone.page();
            phone.at("tab-book").focus();
            page.keyboard().press("Enter");
            phone.sees("hospital-H001").at("hospital-H001").focus();
            page.keyboard().press("Enter");
            phone.sees("department-CARD");
            assertThat(page.locator(":focus")).hasAttribute("data-testid", "title");
            phone.open("/card").sees("report-loss").at("report-loss").focus();
            page.keyboard().press("Enter");
            phone.sees("confirm-loss");
            page.keyboard().press("Escape");
            assertThat(phone.at("sheet")).hasCount(0);
            assertThat(phone.at("report-loss")).isFocused();
            phone.tap("tab-me").sees("elder").at("elder").focus();
            page.keyboard().press("Space");
            assertThat(phone.at("elder")).hasAttribute("aria-checked", "true");
        }
    }

    @Test
    void english_and_dark_look_like_the_same_product() {
        try (CitizenPhone phone = resident()) {
            phone.english().shot("me-en").open("/").sees("home-card").wholeShot("home-en");
            phone.open("/reports/rep-lipid").sees("observations").wholeShot("report-en");
            phone.open("/book/H001/CARD");
            bookableDay(phone);
            phone.wholeShot("slots-en");
        }
        try (CitizenPhone phone = new CitizenPhone(CHROMIUM.browser(), here.toString(), ColorScheme.DARK)) {
            phone.login("13900006666").sees("home-card").wholeShot("home-dark");
            phone.open("/card").sees("qr").wholeShot("card-dark");
            phone.open("/reports/rep-lipid").sees("observations").wholeShot("report-dark");
        }
    }
}
