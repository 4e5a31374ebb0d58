package cn.kangka.bff.webapp;

import cn.kangka.sandbox.testing.Screen;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;

/** A citizen's phone with the app on it. */
final class CitizenPhone extends Screen<CitizenPhone> {
    static final String CODE = "123456";

    CitizenPhone(Browser browser, String origin) {
        this(browser, origin, ColorScheme.LIGHT);
    }

    CitizenPhone(Browser browser, String origin, ColorScheme scheme) {
        super(
                browser,
                origin,
                new Browser.NewContextOptions()
                        .setViewportSize(390, 844)
                        .setDeviceScaleFactor(2)
                        .setColorScheme(scheme)
                        .setLocale("zh-CN"));
    }

    /** The fake region plants a handler in an article; the policy must stop it, and says so. */
    @Override
    protected boolean expected(String complaint) {
        return super.expected(complaint) || complaint.startsWith("Executing inline event handler");
    }

    /** Logs in where the app asks for it, or at its start. */
    CitizenPhone login(String phone) {
        if (page().url().equals("about:blank")) {
            open("/login");
        }
        fill("phone", phone);
        tap("send-code");
        fill("code", CODE);
        return tap("login");
    }

    CitizenPhone elder() {
        open("/me").sees("elder").tap("elder");
        return this;
    }

    CitizenPhone english() {
        open("/me").sees("language-en").tap("language-en");
        return holds("document.documentElement.lang === 'en'");
    }
}
