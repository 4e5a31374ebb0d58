package cn.kangka.sandbox.journey;

import cn.kangka.sandbox.testing.Screen;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.RequestOptions;
import io.restassured.path.json.JsonPath;

/** A citizen's phone with the web app of the started region on it. */
final class CitizenPhone extends Screen<CitizenPhone> {
    private final Citizen owner;

    CitizenPhone(Browser browser, Citizen owner) {
        super(
                browser,
                Doors.url(Doors.ports().mobileBff()),
                new Browser.NewContextOptions()
                        .setViewportSize(390, 844)
                        .setDeviceScaleFactor(2)
                        .setLocale("zh-CN"));
        this.owner = owner;
    }

    /** Logs in with the code that really comes by SMS. */
    CitizenPhone logIn() {
        open("/login").fill("phone", owner.phone()).tap("send-code");
        page().waitForCondition(() -> at("login-error").textContent().length() > 0);
        return fill("code", owner.newestCode()).tap("login");
    }

    CitizenPhone proveIdentity() {
        sees("go-identity").tap("go-identity").sees("identity-submit");
        fill("name", owner.person.get("name"));
        at("id-type").selectOption(owner.person.get("idType"));
        return fill("id-number", owner.person.get("idNumber")).tap("identity-submit");
    }

    CitizenPhone english() {
        open("/me").sees("language-en").tap("language-en");
        return holds("document.documentElement.lang === 'en'");
    }

    /** Opens a screen again and again until something is on it. */
    CitizenPhone openUntil(String path, String testid) {
        page().waitForCondition(() -> {
            open(path).settled();
            return at(testid).count() > 0;
        });
        return this;
    }

    /** An access token of the browser's own session. */
    String token() {
        APIResponse answer = context()
                .request()
                .post(
                        Doors.url(Doors.ports().mobileBff()) + "/session/refresh",
                        RequestOptions.create().setHeader("X-Requested-With", "kangka"));
        return new JsonPath(answer.text()).getString("accessToken");
    }

    /** What a terminal's camera reads from the code on the screen. */
    String scanned() {
        return QrReader.read(page().locator("[data-testid=qr] svg.qr"));
    }
}
