package dev.roster.console.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.console.fake.PageTest;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersTest extends PageTest {

    @ParameterizedTest
    @ValueSource(strings = {"/console/sign-in", "/console/ns/default", "/console/nowhere", "/", "/console/users"})
    void restrictsWhatPagesMayLoad(String path) {
        browser.signIn("admin");
        browser.get(path);

        assertThat(browser.header("Content-Security-Policy")).isEqualTo(
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
                        + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
        assertThat(browser.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(browser.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(browser.header("Referrer-Policy")).isEqualTo("same-origin");
        assertThat(browser.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
    }

    @Test
    void letsNoCacheKeepPages() {
        browser.open("/console/sign-in");
        assertThat(browser.header("Cache-Control")).isEqualTo("no-store");

        browser.signIn("admin");
        assertThat(browser.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void givesStylesToStrangersAndLetsBrowsersAskWhetherTheyChanged() {
        browser.get("/console/assets/base.css");

        assertThat(browser.status()).isEqualTo(200);
        assertThat(browser.header("Content-Type")).startsWith("text/css");
        assertThat(browser.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(browser.header("Last-Modified")).isEmpty();
        String tag = browser.header("ETag");
        assertThat(tag).matches("\"[0-9a-f]{24}\"");

        browser.with("If-None-Match", tag).get("/console/assets/base.css");
        assertThat(browser.status()).isEqualTo(304);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console/assets/", "/console/assets/nothing.css",
            "/console/assets/..%2fmessages.properties",
            "/console/assets/%2e%2e/templates/console/layout/page.html"})
    void givesNothingElse(String path) {
        browser.get(path);

        assertThat(browser.status()).isBetween(400, 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console/sign-in", "/console/ns/default", "/console/ns/default/services",
            "/console/ns/default/configs", "/console/ns/default/editor", "/console/tokens", "/console/users",
            "/console/account", "/console/namespaces"})
    void holdsNothingInline(String path) {
        if (!path.endsWith("sign-in")) {
            browser.signIn("admin");
        }
        browser.open(path);

        assertThat(browser.status()).isEqualTo(200);
        assertThat(browser.page().select("[style], style, script:not([src])")).isEmpty();
        assertThat(browser.page().getAllElements().stream().flatMap(element -> element.attributes().asList().stream())
                .map(attribute -> attribute.getKey())).noneMatch(name -> name.startsWith("on"));
        assertThat(browser.page().select("[src], link[href]").eachAttr("abs:src")).allMatch(url -> url.isEmpty()
                || url.startsWith(browser.page().location().replaceAll("/console.*", "/console/assets/")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console/sign-in", "/console/ns/default", "/console/ns/default/services",
            "/console/ns/default/configs", "/console/ns/default/editor", "/console/tokens", "/console/users",
            "/console/account", "/console/namespaces", "/console/nowhere"})
    void namesEveryFieldAndHasOneHeadingAndOneMainPart(String path) {
        if (!path.endsWith("sign-in")) {
            browser.signIn("admin");
        }
        browser.open(path);

        assertThat(browser.page().select("h1")).hasSize(1);
        assertThat(browser.page().select("main")).hasSize(1);
        assertThat(browser.page().selectFirst("html").attr("lang")).isEqualTo("en");
        for (Element field : browser.page().select("input:not([type=hidden]):not([aria-hidden]), select, textarea")) {
            boolean named = field.hasAttr("aria-label")
                    || !browser.page().select("label[for=" + field.id() + "]").isEmpty();
            assertThat(named).as("label of " + field).isTrue();
        }
        assertThat(browser.page().select("[id]").eachAttr("id")).doesNotHaveDuplicates();
    }
}
