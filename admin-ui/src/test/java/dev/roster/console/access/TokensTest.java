package dev.roster.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.console.fake.PageTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TokensTest extends PageTest {
    private static final String FORM = "form[action=/console/tokens]";

    @Test
    void showsTheSecretOnce() {
        browser.signIn("mira").open("/console/tokens");
        browser.submit(FORM, Map.of("description", "CI <b>", "role", "READER", "lifetime", "PT720H"));

        assertThat(browser.location()).isEqualTo("/console/tokens");
        assertThat(browser.page().select("#secret").val()).startsWith("rst_");
        browser.open("/console/tokens");
        assertThat(browser.body()).doesNotContain("rst_");
        assertThat(browser.rows("table"))
                .anySatisfy(row -> assertThat(row).startsWith("CI <b>", "mira", "Reader", "none",
                        "2026-11-21 09:27:00 UTC", "2026-12-21 09:27:00 UTC"));
    }

    @Test
    void offersRolesUpToOnesOwn() {
        browser.signIn("mira").open("/console/tokens");
        assertThat(browser.page().select("#role option").eachAttr("value")).containsExactly("READER", "APPLICATION",
                "EDITOR");

        browser.submit(FORM, Map.of("description", "x", "role", "ADMIN"));
        assertThat(browser.status()).isEqualTo(403);
    }

    @Test
    void givesAnAdminsTokenTheRightToReadSecrets() {
        browser.signIn("admin").open("/console/tokens");
        browser.submit(FORM,
                Map.of("description", "orders", "role", "APPLICATION", "secrets", "SOME", "namespaces", ""));
        assertThat(browser.status()).isEqualTo(400);
        assertThat(browser.page().select("#namespaces-error").text()).startsWith("Name at least one namespace");
        assertThat(browser.page().select("#description").val()).isEqualTo("orders");
        assertThat(browser.page().select("#description-error")).isEmpty();

        browser.submit(FORM, Map.of("namespaces", "shop"));
        assertThat(browser.rows("table")).anySatisfy(
                row -> assertThat(row).startsWith("orders", "admin", "Application", "shop"));
    }

    @Test
    void doesNotOfferOthersToGiveIt() {
        browser.signIn("mira").open("/console/tokens");

        assertThat(browser.page().select("#secrets, #namespaces")).isEmpty();
        browser.submit(FORM, Map.of("description", "plain"));
        assertThat(browser.rows("table"))
                .anySatisfy(row -> assertThat(row).startsWith("plain", "mira", "Reader", "none"));
    }

    @Test
    void saysWhatIsWrong() {
        browser.signIn("mira").open("/console/tokens");
        browser.submit(FORM, Map.of("description", "x".repeat(201), "role", "EDITOR", "lifetime", "PT1H"));

        assertThat(browser.status()).isEqualTo(400);
        assertThat(browser.page().select("#description-error").text()).contains("1 to 200 characters");
        assertThat(browser.page().select("#description").val()).hasSize(201);
        assertThat(browser.page().select("#role option[selected]").val()).isEqualTo("EDITOR");
        assertThat(browser.page().select("#lifetime option[selected]").val()).isEqualTo("PT1H");
    }

    @Test
    void showsOthersTokensToAdminsOnly() {
        newBrowser().signIn("mira");
        browser.signIn("admin").open("/console/tokens");
        assertThat(browser.rows("table")).extracting(row -> row.get(1)).contains("mira", "admin");
        assertThat(browser.rows("table")).extracting(List::getFirst).contains("console this session");

        browser = newBrowser().signIn("reader");
        browser.open("/console/tokens");
        assertThat(browser.rows("table")).extracting(row -> row.get(1)).containsOnly("reader");
    }

    @Test
    void revokesAfterAConfirmation() {
        browser.signIn("mira").open("/console/tokens");
        browser.submit(FORM, Map.of("description", "CI"));
        String page = browser.page().select("a[aria-label='Revoke the token “CI”']").attr("href");
        browser.open(page);
        assertThat(browser.page().select("h1").text()).isEqualTo("CI Revoke token");

        browser.press(browser.button("Revoke token"), Map.of());

        assertThat(browser.notice()).isEqualTo("The token is revoked.");
        assertThat(browser.rows("table")).hasSize(1);
        assertThat(server.revoked()).hasSize(1);
    }

    @Test
    void signsOutWhoRevokesTheTokenOfTheSession() {
        browser.signIn("mira").open("/console/tokens");
        browser.click("Revoke");
        assertThat(browser.page().select("main").text()).contains("You will be signed out.");
        browser.press(browser.button("Revoke token"), Map.of());

        assertThat(browser.location()).startsWith("/console/sign-in?ended");
    }
}
