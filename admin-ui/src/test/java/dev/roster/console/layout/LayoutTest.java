package dev.roster.console.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.console.fake.PageTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutTest extends PageTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"zh-CN,zh;q=0.9,en;q=0.8|zh|登录", "zh-Hant-TW|zh|登录", "en-GB|en|Sign in",
            "de,fr;q=0.5|en|Sign in", "de,zh;q=0.5|zh|登录", "not a language!|en|Sign in"})
    void speaksTheLanguageOfTheBrowser(String accepted, String language, String title) {
        browser.with("Accept-Language", accepted).open("/console/sign-in");

        assertThat(browser.page().selectFirst("html").attr("lang")).isEqualTo(language);
        assertThat(browser.page().title()).isEqualTo(title + " · Roster");
    }

    @Test
    void speaksTheLanguageThatWasChosen() {
        browser.with("Accept-Language", "en").open("/console/sign-in?to=/console/tokens");
        browser.press(browser.button("中文"), Map.of());
        assertThat(browser.location()).isEqualTo("/console/sign-in?to=/console/tokens");
        assertThat(browser.page().title()).isEqualTo("登录 · Roster");

        browser.signIn("reader").open("/console/ns/default/services");
        assertThat(browser.page().select("h1").text()).isEqualTo("服务");
        browser.press(browser.button("English"), Map.of());
        assertThat(browser.location()).isEqualTo("/console/ns/default/services");
        assertThat(browser.page().select("h1").text()).isEqualTo("Services");
    }

    @Test
    void keepsTheThemeThatWasChosen() {
        browser.signIn("reader");
        assertThat(browser.page().selectFirst("html").attr("data-theme")).isEqualTo("auto");

        browser.press(browser.button("Dark"), Map.of());

        assertThat(browser.page().selectFirst("html").attr("data-theme")).isEqualTo("dark");
        assertThat(browser.button("Dark").attr("aria-pressed")).isEqualTo("true");
        browser.press(browser.button("Auto"), Map.of());
        assertThat(browser.page().selectFirst("html").attr("data-theme")).isEqualTo("auto");
        assertThat(browser.cookies()).doesNotContainKey("ROSTER_THEME");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"><script>", "tr", "zh;evil"})
    void takesNoOtherLanguageOrTheme(String value) {
        browser.open("/console/sign-in");
        String csrf = browser.page().select("input[name=_csrf]").first().val();
        browser.post("/console/preferences", Map.of("_csrf", csrf, "language", value, "theme", value));
        browser.follow();

        assertThat(browser.page().selectFirst("html").attr("lang")).isEqualTo("en");
        assertThat(browser.page().selectFirst("html").attr("data-theme")).isEqualTo("auto");
    }

    @Test
    void leadsFromPreferencesToPagesOfTheConsoleOnly() {
        browser.open("/console/sign-in");
        browser.pressOnly(browser.button("Dark"), Map.of("to", "https://evil.example/"));
        assertThat(browser.header("Location")).isEqualTo("/console");

        browser.open("/console/sign-in");
        browser.pressOnly(browser.button("Dark"), Map.of("to", "/console/sign-in\\evil"));
        assertThat(browser.header("Location")).isEqualTo("/console");
    }

    @Test
    void remembersTheNamespace() {
        browser.signIn("reader").open("/console/ns/staging/services");
        browser.open("/console/tokens");
        assertThat(browser.page().select(".switcher-value").text()).isEqualTo("staging");

        browser.open("/console");
        assertThat(browser.location()).isEqualTo("/console/ns/staging");
    }

    @Test
    void switchesBetweenNamespacesAndStaysInTheArea() {
        server.register("staging", "orders", "a", "h", 1, null, Map.of());
        browser.signIn("reader").open("/console/ns/default/configs");

        assertThat(browser.page().select(".switcher li a").eachText()).containsExactly("default", "staging");
        browser.click("staging");
        assertThat(browser.location()).isEqualTo("/console/ns/staging/configs");

        browser.press(browser.button("Go"), Map.of("name", "not-there-yet"));
        assertThat(browser.location()).isEqualTo("/console/ns/not-there-yet/configs");
        assertThat(browser.page().select(".switcher li a").eachText()).containsExactly("default", "not-there-yet",
                "staging");
    }

    @Test
    void refusesANamespaceThatCannotBe() {
        browser.signIn("reader").open("/console/namespaces");
        browser.press(browser.button("Open"), Map.of("name", "<b>Not</b>"));

        assertThat(browser.location()).isEqualTo("/console/namespaces");
        assertThat(browser.notice()).startsWith("“<b>Not</b>” cannot be the name of a namespace");
        assertThat(browser.page().select("main b")).isEmpty();
    }

    @Test
    void marksWhereOneIs() {
        browser.signIn("mira").open("/console/ns/default/editor");

        assertThat(browser.page().select("nav [aria-current=page]").eachText()).containsExactly("Configurations");
        assertThat(browser.page().select("a.skip-link").attr("href")).isEqualTo("#main");
        assertThat(browser.page().select("main#main")).hasSize(1);
    }
}
