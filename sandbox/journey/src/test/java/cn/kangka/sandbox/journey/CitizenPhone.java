package cn.kangka.sandbox.journey;

import cn.kangka.sandbox.testing.Screen;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.RequestOptions;
import io.restassured.path.json.JsonPath;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

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
        page().locator("[data-testid=qr] svg.qr").waitFor();
        byte[] shown = page().locator("[data-testid=qr] svg").screenshot();
        try {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(shown));
            int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
            return new QRCodeReader()
                    .decode(new BinaryBitmap(
                            new HybridBinarizer(new RGBLuminanceSource(image.getWidth(), image.getHeight(), pixels))))
                    .getText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ReaderException e) {
            throw new AssertionError("no terminal could read this code", e);
        }
    }
}
