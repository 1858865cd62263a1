package dev.roster.console.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.api.security.User;
import dev.roster.console.fake.Browser;
import dev.roster.console.fake.FakeRoster;
import dev.roster.console.fake.PageTest;
import dev.roster.console.gateway.Roster.ListQuery;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignInTest extends PageTest {
    private static final String FORM = "form[action=/console/sign-in]";

    @Test
    void leadsFromTheRootToTheSignInPage() {
        browser.open("/");

        assertThat(browser.location()).isEqualTo("/console/sign-in");
        assertThat(browser.page().title()).isEqualTo("Sign in · Roster");
    }

    @Test
    void leadsToThePageThatWasWanted() {
        browser.open("/console/ns/default/services?prefix=or");
        assertThat(browser.location()).startsWith("/console/sign-in?to=");

        browser.submit(FORM, Map.of("username", "admin", "password", "correct horse battery"));

        assertThat(browser.location()).isEqualTo("/console/ns/default/services?prefix=or");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "//evil.example", "/\\evil.example", "/console@evil.example",
            "/consoleevil", "javascript:alert(1)", "/console/../api", "/console/sign-out"})
    void neverLeadsToAnotherSite(String to) {
        browser.open("/console/sign-in");
        browser.pressOnly(browser.button("Sign in"),
                Map.of("username", "admin", "password", "correct horse battery", "to", to));

        assertThat(browser.header("Location")).startsWith("/console").doesNotContain("evil");
    }

    @Test
    void saysThatThePasswordIsWrongAndKeepsTheName() {
        browser.open("/console/sign-in");
        browser.submit(FORM, Map.of("username", "admin", "password", "guess"));

        assertThat(browser.status()).isEqualTo(401);
        assertThat(browser.page().select("[role=alert]").text()).isEqualTo("The user name or the password is wrong.");
        assertThat(browser.page().select("#username").val()).isEqualTo("admin");
        assertThat(browser.page().select("#password").val()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "with:colon", "<b>bold</b>", "a b"})
    void saysTheSameForNamesThatNobodyHas(String name) {
        browser.open("/console/sign-in");
        browser.submit(FORM, Map.of("username", name, "password", "guess"));

        assertThat(browser.status()).isEqualTo(401);
        assertThat(browser.page().select("#username").val()).isEqualTo(name);
        assertThat(browser.page().select("b")).isEmpty();
    }

    @Test
    void saysHowLongToWaitAfterTooManyAttempts() {
        browser.open("/console/sign-in");
        for (int i = 0; i < 6; i++) {
            browser.submit(FORM, Map.of("username", "admin", "password", "guess"));
        }

        assertThat(browser.status()).isEqualTo(429);
        assertThat(browser.header("Retry-After")).isEqualTo("42");
        assertThat(browser.page().select("[role=alert]").text())
                .isEqualTo("Too many attempts. Try again in 42 seconds.");
    }

    @Test
    void saysThatTheServerIsAway() {
        server.goAway();

        browser.open("/console/sign-in");
        assertThat(browser.status()).isEqualTo(200);
        browser.submit(FORM, Map.of("username", "admin", "password", "correct horse battery"));

        assertThat(browser.status()).isEqualTo(503);
        assertThat(browser.page().select("[role=alert]").text()).startsWith("The Roster server does not answer.");
    }

    @Test
    void startsNoSessionForStrangers() {
        browser.open("/console/ns/default/services");
        browser.submit(FORM, Map.of("username", "admin", "password", "guess"));

        assertThat(browser.cookies()).doesNotContainKey("ROSTER_CONSOLE");
    }

    @Test
    void keepsTheTokenOnTheServerBehindAStrictCookie() {
        browser.open("/console/sign-in");
        browser.pressOnly(browser.button("Sign in"), Map.of("username", "admin", "password", "correct horse battery"));

        assertThat(browser.headers().allValues("Set-Cookie")).filteredOn(cookie -> cookie.startsWith("ROSTER_CONSOLE="))
                .singleElement().asString().containsIgnoringCase("; HttpOnly").containsIgnoringCase("; SameSite=Strict")
                .doesNotContain("rst_");
        assertThat(browser.follow().html()).doesNotContain("rst_");
    }

    @Test
    void takesNoSessionIdFromOutside() {
        browser.signIn("reader");
        String before = browser.cookies().get("ROSTER_CONSOLE");

        browser.post("/console/sign-in",
                Map.of("username", "admin", "password", "correct horse battery", "_csrf", csrf(browser)));

        assertThat(browser.cookies().get("ROSTER_CONSOLE")).isNotEqualTo(before);
    }

    @Test
    void passesTheSignInPageWhenSignedIn() {
        browser.signIn("admin");
        browser.open("/console/sign-in?to=/console/tokens");

        assertThat(browser.location()).isEqualTo("/console/tokens");
    }

    @Test
    void revokesTheTokenOnSigningOut() {
        browser.signIn("admin");
        browser.press(browser.button("Sign out"), Map.of());

        assertThat(browser.location()).isEqualTo("/console/sign-in?left");
        assertThat(browser.page().select("[role=status]").text()).isEqualTo("You are signed out.");
        assertThat(server.revoked()).hasSize(1);
        browser.open("/console/tokens");
        assertThat(browser.location()).startsWith("/console/sign-in");
    }

    @Test
    void signsOutEvenIfTheServerIsAway() {
        browser.signIn("admin");
        server.goAway();
        browser.press(browser.button("Sign out"), Map.of());

        assertThat(browser.location()).isEqualTo("/console/sign-in?left");
    }

    @Test
    void leadsBackAfterTheTokenHasEnded() {
        browser.signIn("admin");
        server.endTokens();

        browser.open("/console/ns/default/services");

        assertThat(browser.location()).isEqualTo("/console/sign-in?ended=&to=%2Fconsole%2Fns%2Fdefault%2Fservices");
        assertThat(browser.page().select("[role=status]").text()).startsWith("Your session has ended.");
    }

    @Test
    void refusesAFormWithoutItsCsrfToken() {
        browser.signIn("admin");
        browser.post("/console/users", Map.of("name", "eve", "role", "ADMIN", "password", "correct horse battery"));

        assertThat(browser.status()).isEqualTo(403);
        assertThat(browser.page().select("h1").text()).isEqualTo("This form is no longer valid");
        assertThat(as("admin").listUsers(new ListQuery("", 100, null)).items()).extracting(User::name)
                .doesNotContain("eve");
    }

    @Test
    void refusesToSignOutByALink() {
        browser.signIn("admin");
        browser.get("/console/sign-out");

        assertThat(browser.status()).isEqualTo(404);
        assertThat(server.revoked()).isEmpty();
    }

    @Test
    void offersToGoOnWithoutSigningInWhereSecurityIsOff() {
        server.setOpen(true);
        browser.open("/console/sign-in");
        browser.press(browser.button("Go on without signing in"), Map.of());

        assertThat(browser.location()).isEqualTo("/console/ns/default");
        assertThat(browser.page().select(".me-user").text()).isEqualTo("anonymous");
    }

    @Test
    void offersNothingOfTheKindWhereItIsOn() {
        browser.open("/console/sign-in");
        assertThat(browser.page().select("form[action=/console/sign-in]")).hasSize(1);

        browser.submit(FORM, Map.of("username", "", "password", ""));

        assertThat(browser.status()).isEqualTo(401);
    }

    @Test
    void asksOnceMoreFromThisSiteWhenALinkElsewhereLedHere() {
        browser.signIn("admin");
        browser.with("Sec-Fetch-Site", "cross-site").with("Sec-Fetch-Mode", "navigate").with("Sec-Fetch-Dest",
                "document");

        browser.get("/console/ns/default/services?prefix=a");

        assertThat(browser.status()).isEqualTo(200);
        assertThat(browser.header("Refresh")).isEqualTo("0");
        assertThat(browser.page().body().text()).isEmpty();
    }

    @Test
    void saysHowAServerFails() {
        server.failWith(FakeRoster.refused(500, "internal-error", "oops", null));
        browser.open("/console/sign-in");
        browser.submit(FORM, Map.of("username", "admin", "password", "correct horse battery"));

        assertThat(browser.status()).isEqualTo(503);
    }

    private static String csrf(Browser browser) {
        return browser.page().select("input[name=_csrf]").first().val();
    }
}
