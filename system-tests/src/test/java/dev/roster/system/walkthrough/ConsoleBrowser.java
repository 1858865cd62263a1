package dev.roster.system.walkthrough;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import dev.roster.system.Tools;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The console in headless Chromium, used as a person uses it: by labels and buttons. */
final class ConsoleBrowser implements AutoCloseable {

    private static final List<String> OFFLINE = List.of("--no-sandbox", "--disable-gpu", "--disable-quic",
            "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync");

    private final Playwright playwright;
    private final Browser browser;
    private final Page page;
    private final URI server;

    /**
     * Opens a browser.
     *
     * @param script whether pages may run script
     */
    ConsoleBrowser(URI server, boolean script) {
        Path chromium = Tools.require("chromium");
        this.server = server;
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright.chromium().launch(
                new BrowserType.LaunchOptions().setExecutablePath(chromium).setHeadless(true).setArgs(OFFLINE));
        page = browser.newContext(new Browser.NewContextOptions().setJavaScriptEnabled(script).setLocale("en-GB")
                .setViewportSize(1280, 860)).newPage();
    }

    Page page() {
        return page;
    }

    void open(String path) {
        page.navigate(server.resolve(path).toString());
    }

    void signIn(String user, String password) {
        open("/console");
        page.getByLabel("User name").fill(user);
        page.getByLabel("Password").fill(password);
        press("Sign in");
    }

    /** Publishes a first or a next version by way of the editor and the review, and ends on the item's page. */
    void publish(String item, boolean first, String content, String comment) {
        edit(item, first, content, comment);
        press("Review changes");
        page.getByRole(AriaRole.BUTTON,
                new Page.GetByRoleOptions().setName(java.util.regex.Pattern.compile("^Publish")))
                .click();
    }

    /** Fills the editor, and stays there. */
    void edit(String item, boolean first, String content, String comment) {
        open("/console/ns/default/editor" + (first ? "" : "?item=" + item));
        if (first) {
            page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill(item);
        }
        page.locator("textarea#content").fill(content);
        page.getByLabel("Comment").fill(comment);
    }

    void press(String button) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button).setExact(true)).click();
    }

    /** Keeps what is shown, for people, below the folder of build results. */
    void screenshot(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "screenshots", name + ".png")));
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
