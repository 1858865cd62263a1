package dev.roster.console.problems;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.console.fake.FakeRoster;
import dev.roster.console.fake.PageTest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemPagesTest extends PageTest {

    @ParameterizedTest
    @ValueSource(strings = {"/console/nowhere", "/console/ns/default/nothing/at/all", "/console/ns", "/console/editor"})
    void saysThatThereIsNoSuchPage(String path) {
        browser.signIn("reader").open(path);

        assertThat(browser.status()).isEqualTo(404);
        assertThat(browser.header("Content-Type")).startsWith("text/html");
        assertThat(browser.page().select("h1").text()).isEqualTo("There is no such page");
        assertThat(browser.page().select("nav a").eachText()).contains("Services");
    }

    @Test
    void asksStrangersToSignInEvenForPagesThatDoNotExist() {
        browser.open("/console/nowhere");

        assertThat(browser.location()).isEqualTo("/console/sign-in?to=%2Fconsole%2Fnowhere");
    }

    @ParameterizedTest
    @CsvSource({"400,invalid-argument,This cannot be done", "404,not-found,Not found",
            "409,conflict,Somebody changed it meanwhile", "413,body-too-large,Too large",
            "429,too-many-requests,The server cannot answer right now", "500,internal-error,Something went wrong",
            "503,overloaded,The server cannot answer right now"})
    void passesOnWhatTheServerSays(int status, String code, String title) {
        browser.signIn("reader");
        server.failWith(FakeRoster.refused(status, code, "In the server's words.", Duration.ofSeconds(3)));
        browser.open("/console/ns/default");

        assertThat(browser.status()).isEqualTo(status);
        assertThat(browser.page().select("h1").text()).isEqualTo(title);
        assertThat(browser.page().select("q").text()).isEqualTo("In the server's words.");
    }

    @Test
    void tellsNothingOfADefect() {
        browser.signIn("reader");
        server.failWith(new IllegalStateException("secret inside"));
        browser.open("/console/ns/default");

        assertThat(browser.status()).isEqualTo(500);
        assertThat(browser.page().select("h1").text()).isEqualTo("Something went wrong");
        assertThat(browser.body()).doesNotContain("secret", "IllegalState", "java");
    }

    @Test
    void answersAMethodThatAPageDoesNotHave() {
        browser.signIn("reader").open("/console/account");
        String csrf = browser.page().select("input[name=_csrf]").first().val();
        browser.post("/console/ns/default/services", Map.of("_csrf", csrf));

        assertThat(browser.status()).isEqualTo(404);
        assertThat(browser.page().select("h1").text()).isEqualTo("There is no such page");
    }

    @Test
    void answersBrowsersThatLeaveTheConsole() {
        browser.get("/elsewhere");

        assertThat(browser.status()).isEqualTo(404);
        assertThat(browser.page().select("h1").text()).isEqualTo("There is no such page");
    }
}
