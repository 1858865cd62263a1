package dev.roster.console.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.console.fake.PageTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccountTest extends PageTest {
    private static final String NEW = "a new long password";

    @Test
    void changesOnesOwnPassword() {
        browser.signIn("reader").open("/console/account");
        change("correct horse battery", NEW, NEW);

        assertThat(browser.location()).isEqualTo("/console/account");
        assertThat(browser.notice()).isEqualTo("Your password is changed.");
        assertThat(newBrowser().signIn("reader").status()).isEqualTo(401);
        assertThat(server.revoked()).as("the token that proved the password").hasSize(1);
    }

    @Test
    void asksForThePresentPassword() {
        browser.signIn("reader").open("/console/account");
        change("wrong", NEW, NEW);

        assertThat(browser.status()).isEqualTo(400);
        assertThat(browser.page().select("#current-error").text()).isEqualTo("This is not your present password.");
        assertThat(browser.page().select("#current").attr("aria-describedby")).isEqualTo("current-error");
        assertThat(newBrowser().signIn("reader").status()).isEqualTo(200);
    }

    @Test
    void wantsTheNewOneTwice() {
        browser.signIn("reader").open("/console/account");
        change("correct horse battery", NEW, "a new long pasword");

        assertThat(browser.page().select("#repeated-error").text()).isEqualTo("The two new passwords differ.");
    }

    @Test
    void saysThatTheNewOneIsTooShort() {
        browser.signIn("reader").open("/console/account");
        change("correct horse battery", "short", "short");

        assertThat(browser.page().select("#password-error").text()).startsWith("The server does not take this");
    }

    @Test
    void letsNobodyGuess() {
        browser.signIn("reader").open("/console/account");
        for (int i = 0; i < 6; i++) {
            change("wrong", NEW, NEW);
        }

        assertThat(browser.status()).isEqualTo(429);
        assertThat(browser.page().select("#current-error").text()).startsWith("Too many wrong passwords.");
    }

    @Test
    void showsWhoIsSignedInAndTheShortcuts() {
        browser.signIn("reader").open("/console/account");

        assertThat(browser.page().select(".facts dd").eachText()).containsExactly("reader", "Reader",
                "read services and configuration");
        assertThat(browser.page().select("kbd").eachText()).contains("/", "g", "s", "c");
    }

    private void change(String current, String password, String repeated) {
        browser.submit("form[action=/console/account/password]",
                Map.of("current", current, "password", password, "repeated", repeated));
    }
}
