package cn.kangka.sandbox.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ScreenshotAnimations;
import com.microsoft.playwright.options.ViewportSize;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Somebody before one of our web pages in {@link Chromium}: steps by {@code data-testid}, nothing by text or style.
 * Closing it fails when a script failed or the content security policy stopped something of ours.
 *
 * @param <S> the kind of screen, so that steps can be chained
 */
public abstract class Screen<S extends Screen<S>> implements AutoCloseable {
    private static final Path SHOTS = Path.of("target", "screenshots");
    private static final int TIMEOUT = 20_000;

    private final String origin;
    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    /**
     * @param origin scheme, host and port of the page
     * @param options size, language and the like; the time zone is the region's
     */
    protected Screen(Browser browser, String origin, Browser.NewContextOptions options) {
        this.origin = origin.replaceAll("/$", "");
        this.context = browser.newContext(options.setTimezoneId("Asia/Shanghai"));
        this.page = context.newPage();
        page.setDefaultTimeout(TIMEOUT);
        List<String> heard = complaints;
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                heard.add(message.text());
            }
        });
        page.onPageError(heard::add);
    }

    /** Whether an error in the browser's console is part of the test; refused requests always are. */
    protected boolean expected(String complaint) {
        return complaint.startsWith("Failed to load resource");
    }

    @SuppressWarnings("unchecked")
    private S self() {
        return (S) this;
    }

    public final Page page() {
        return page;
    }

    public final BrowserContext context() {
        return context;
    }

    public final S open(String path) {
        page.navigate(origin + path);
        return self();
    }

    public final Locator at(String testid) {
        return page.getByTestId(testid);
    }

    public final S fill(String testid, String text) {
        at(testid).fill(text);
        return self();
    }

    public final S tap(String testid) {
        at(testid).first().click();
        return self();
    }

    public final S sees(String testid) {
        at(testid).first().waitFor();
        return self();
    }

    /** Waits until an expression is true; asked from outside, because the page's own policy forbids eval. */
    public final S holds(String expression) {
        page.waitForCondition(() -> Boolean.TRUE.equals(page.evaluate(expression)));
        return self();
    }

    /** A screen is there and everything on it has come, or has said that it does not. */
    public final S settled() {
        return holds("!!document.querySelector('main[data-testid^=screen-]')"
                + " && !document.querySelector('[aria-busy=true]')");
    }

    /** What is seen, as {@code target/screenshots/<name>.png}. */
    public final S shot(String name) {
        settled();
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SHOTS.resolve(name + ".png"))
                .setAnimations(ScreenshotAnimations.DISABLED));
        return self();
    }

    /** The whole page, also what one must scroll to: on a screen that is as high as the page. */
    public final S wholeShot(String name) {
        settled();
        ViewportSize size = page.viewportSize();
        int height = ((Number) page.evaluate("document.documentElement.scrollHeight")).intValue();
        page.setViewportSize(size.width, Math.max(size.height, height));
        shot(name);
        page.setViewportSize(size.width, size.height);
        return self();
    }

    @Override
    public final void close() {
        context.close();
        assertThat(complaints.stream().filter(complaint -> !expected(complaint)))
                .as("errors in the browser's console")
                .isEmpty();
    }
}
