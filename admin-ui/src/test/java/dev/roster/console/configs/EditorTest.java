package dev.roster.console.configs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.api.config.ConfigFormat;
import dev.roster.api.config.ConfigItem;
import dev.roster.api.config.PublishRequest;
import dev.roster.console.fake.Browser;
import dev.roster.console.fake.FakeRoster;
import dev.roster.console.fake.PageTest;
import dev.roster.console.gateway.Roster.ListQuery;
import dev.roster.console.gateway.ServerAwayException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EditorTest extends PageTest {
    private static final String EDITOR = "/console/ns/default/editor";

    @Test
    void publishesANewItemAfterReview() {
        browser.signIn("mira").open("/console/ns/default/configs");
        browser.open(EDITOR);
        review(Map.of("name", "application", "content", "greeting: Hello\n", "comment", "first"));

        assertThat(browser.page().select("h1").text()).isEqualTo("application Review changes");
        assertThat(browser.page().select("ins").eachText()).containsExactly("greeting: Hello");
        assertThat(server.as(null).listConfigs("default", new ListQuery("", 10, null)).items()).isEmpty();

        browser.press(browser.button("Publish"), Map.of());

        assertThat(browser.location()).isEqualTo("/console/ns/default/configs/application");
        assertThat(browser.notice()).isEqualTo("“application” is published as version 1.");
        ConfigItem item = current();
        assertThat(item.content()).isEqualTo("greeting: Hello\n");
        assertThat(item.comment()).isEqualTo("first");
        assertThat(item.publishedBy()).isEqualTo("mira");
    }

    @Test
    void publishesTheNextVersionAfterReview() {
        publish("application", "a: 1\nb: 2\n", 0);
        browser.signIn("mira").open(EDITOR + "?item=application");
        assertThat(content()).isEqualTo("a: 1\nb: 2\n");
        review(Map.of("content", "a: 1\nb: 3\n"));

        assertThat(browser.page().select("del").eachText()).containsExactly("b: 2");
        assertThat(browser.page().select("ins").eachText()).containsExactly("b: 3");
        browser.press(browser.button("Publish version 2"), Map.of());

        assertThat(current().version()).isEqualTo(2);
        assertThat(current().content()).isEqualTo("a: 1\nb: 3\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: 1\nb: 2\n", "\n\n  a: 1\n", "no newline", "crlf: 1\r\nthroughout: 2\r\n", "",
            "tab:\t1\n  <&>\"' \u4f60\u597d \uD83D\uDE00\n"})
    void changesNothingThatTheUserDidNotChange(String content) {
        publish("application", content, 0);
        browser.signIn("mira").open(EDITOR + "?item=application");
        review(Map.of());

        assertThat(browser.notice() + browser.page().select(".notice").text()).contains("There is nothing to publish.");
        assertThat(browser.page().select("button").eachText()).doesNotContain("Publish version 2");
    }

    @Test
    void keepsTheLineEndsThatTheItemHas() {
        publish("application", "a: 1\r\nb: 2\r\n", 0);
        browser.signIn("mira").open(EDITOR + "?item=application");
        review(Map.of("content", "a: 1\r\nb: 3\r\n"));
        assertThat(browser.page().select("del")).hasSize(1);
        browser.press(browser.button("Publish version 2"), Map.of());

        assertThat(current().content()).isEqualTo("a: 1\r\nb: 3\r\n");
    }

    @Test
    void goesBackFromTheReviewWithTheText() {
        publish("application", "a: 1\n", 0);
        browser.signIn("mira").open(EDITOR + "?item=application");
        review(Map.of("content", "\na: 2\n", "comment", "because", "format", "TEXT"));
        browser.press(browser.button("Go on editing"), Map.of());

        assertThat(content()).isEqualTo("\na: 2\n");
        assertThat(browser.page().select("#comment").val()).isEqualTo("because");
        assertThat(browser.page().select("#format option[selected]").val()).isEqualTo("TEXT");
    }

    @Test
    void showsTheReviewSideBySide() {
        publish("application", "a: 1\n", 0);
        browser.signIn("mira").open(EDITOR + "?item=application");
        review(Map.of("content", "a: 2\n"));
        browser.press(browser.button("Side by side"), Map.of());

        assertThat(browser.page().select("table.split td").eachText()).containsExactly("1", "a: 1", "1", "a: 2");
        browser.press(browser.button("Publish version 2"), Map.of());
        assertThat(current().content()).isEqualTo("a: 2\n");
    }

    @Test
    void showsAChangeOfFormatAlone() {
        publish("application", "a: 1\n", 0);
        browser.signIn("mira").open(EDITOR + "?item=application");
        review(Map.of("format", "TEXT"));

        assertThat(browser.page().select(".card-note").text()).isEqualTo("The format changes: YAML → Text");
        browser.press(browser.button("Publish version 2"), Map.of());
        assertThat(current().format()).isEqualTo(ConfigFormat.TEXT);
    }

    @Test
    void showsWhereADocumentIsWrongAndKeepsTheText() {
        publish("application", "a: 1\n", 0);
        browser.signIn("mira").open(EDITOR + "?item=application");
        review(Map.of("content", "a: 1\nb: <x> ]]bad\nc: 3\n", "comment", "why"));
        browser.press(browser.button("Publish version 2"), Map.of());

        assertThat(browser.status()).isEqualTo(400);
        assertThat(browser.page().select("#content-error p").text())
                .isEqualTo("Line 2, column 8: expected <block end>, but found ']'");
        assertThat(browser.page().select("#content-error pre").first().wholeText())
                .isEqualTo("1 | a: 1\n2 | b: <x> ]]bad\n           ^\n");
        assertThat(browser.page().select("#content").attr("aria-invalid")).isEqualTo("true");
        assertThat(browser.page().select("#content").attr("aria-describedby")).isEqualTo("content-error");
        assertThat(content()).isEqualTo("a: 1\nb: <x> ]]bad\nc: 3\n");
        assertThat(browser.page().select("#comment").val()).isEqualTo("why");
        assertThat(current().version()).isEqualTo(1);

        review(Map.of("content", "a: 2\n"));
        browser.press(browser.button("Publish version 2"), Map.of());
        assertThat(current().content()).isEqualTo("a: 2\n");
    }

    @Test
    void showsThatANameIsWrong() {
        browser.signIn("mira").open(EDITOR);
        review(Map.of("name", "no spaces", "content", "a: 1\n"));
        browser.press(browser.button("Publish"), Map.of());

        assertThat(browser.status()).isEqualTo(400);
        assertThat(browser.page().select("#name-error").text()).contains("letters, digits");
        assertThat(browser.page().select("#name").val()).isEqualTo("no spaces");

        review(Map.of("name", "  "));
        assertThat(browser.page().select("#name-error").text()).isEqualTo("Give it a name.");
    }

    @Test
    void showsWhatChangedMeanwhileAndGoesOn() {
        publish("application", "a: 1\nb: 1\n", 0);
        browser.signIn("mira").open(EDITOR + "?item=application");
        publish("application", "a: 2\nb: 1\n", 1);
        review(Map.of("content", "a: 1\nb: 2\n"));

        assertThat(browser.status()).isEqualTo(409);
        assertThat(browser.page().select("h1").text()).isEqualTo("application has changed meanwhile");
        assertThat(browser.page().select("del").eachText()).containsExactly("a: 1");
        assertThat(browser.page().select("ins").eachText()).containsExactly("a: 2");

        browser.press(browser.button("Compare my text with version 2"), Map.of());
        assertThat(browser.page().select("del").eachText()).containsExactly("a: 2", "b: 1");
        assertThat(browser.page().select("ins").eachText()).containsExactly("a: 1", "b: 2");

        browser.press(browser.button("Publish version 3"), Map.of());
        assertThat(current().content()).isEqualTo("a: 1\nb: 2\n");
    }

    @Test
    void noticesSomebodyFasterBetweenReviewAndPublication() {
        publish("application", "a: 1\n", 0);
        browser.signIn("mira").open(EDITOR + "?item=application");
        review(Map.of("content", "a: 2\n", "comment", "mine"));
        server.interfere(() -> publish("application", "a: 3\n", 1));
        browser.press(browser.button("Publish version 2"), Map.of());

        assertThat(browser.status()).isEqualTo(409);
        assertThat(browser.page().select("[role=alert]").text())
                .startsWith("You edited version 1; version 2 has been published since.");
        browser.press(browser.button("Go on editing my text"), Map.of());
        assertThat(content()).isEqualTo("a: 2\n");
        assertThat(browser.page().select("#comment").val()).isEqualTo("mine");
        review(Map.of());
        browser.press(browser.button("Publish version 3"), Map.of());
        assertThat(current().content()).isEqualTo("a: 2\n");
    }

    @Test
    void noticesThatANewNameIsTaken() {
        publish("application", "a: 1\n", 0);
        browser.signIn("mira").open(EDITOR);
        review(Map.of("name", "application", "content", "a: 2\n"));

        assertThat(browser.status()).isEqualTo(409);
        assertThat(browser.page().select("h1").text()).isEqualTo("application exists already");
        browser.press(browser.button("Compare my text with version 1"), Map.of());
        assertThat(browser.page().select("del").eachText()).containsExactly("a: 1");
    }

    @Test
    void offersToPublishAnewWhatWasDeletedMeanwhile() {
        publish("application", "a: 1\n", 0);
        browser.signIn("mira").open(EDITOR + "?item=application");
        review(Map.of("content", "a: 2\n"));
        server.interfere(() -> as("mira").deleteConfig("default", "application", 1));
        browser.press(browser.button("Publish version 2"), Map.of());

        assertThat(browser.status()).isEqualTo(409);
        assertThat(browser.page().select("h1").text()).isEqualTo("application was deleted meanwhile");
        browser.press(browser.button("Review my text as a new item"), Map.of());
        browser.press(browser.button("Publish"), Map.of());
        assertThat(current().content()).isEqualTo("a: 2\n");
        assertThat(current().version()).isEqualTo(3);
    }

    @Test
    void keepsTheTextWhenTheServerIsAway() {
        publish("application", "a: 1\n", 0);
        browser.signIn("mira").open(EDITOR + "?item=application");
        review(Map.of("content", "a: 2\n"));
        server.goAway();
        browser.press(browser.button("Publish version 2"), Map.of());

        assertThat(browser.status()).isEqualTo(503);
        assertThat(browser.page().select("[role=alert]").text()).startsWith("The server cannot publish at the moment.");
        assertThat(content()).isEqualTo("a: 2\n");
    }

    @Test
    void keepsTheTextWhenTheOutcomeIsUnknown() {
        publish("application", "a: 1\n", 0);
        browser.signIn("mira").open(EDITOR + "?item=application");
        review(Map.of("content", "a: 2\n"));
        server.failWith(new ServerAwayException("no answer", true, null));
        browser.press(browser.button("Publish version 2"), Map.of());

        assertThat(browser.status()).isEqualTo(503);
        assertThat(browser.page().select("[role=alert]").text()).startsWith("The server did not confirm.");
        assertThat(content()).isEqualTo("a: 2\n");
    }

    @Test
    void keepsTheTextWhenADocumentIsTooLarge() {
        browser.signIn("mira").open(EDITOR);
        review(Map.of("name", "application", "content", "a: 2\n"));
        server.failWith(FakeRoster.refused(413, "body-too-large", "At most 2 MiB.", null));
        browser.press(browser.button("Publish"), Map.of());

        assertThat(browser.status()).isEqualTo(413);
        assertThat(browser.page().select("[role=alert]").text()).isEqualTo("At most 2 MiB.");
        assertThat(content()).isEqualTo("a: 2\n");
    }

    @Test
    void takesAMebibyteInAForm() {
        String large = "k: \u4f60\u597d\n".repeat(100_000);
        publish("application", large, 0);
        browser.signIn("mira").open(EDITOR + "?item=application");
        review(Map.of("content", large + "end: true\n"));

        assertThat(browser.page().select("ins").eachText()).containsExactly("end: true");
        browser.press(browser.button("Publish version 2"), Map.of());
        assertThat(current().content()).isEqualTo(large + "end: true\n");
    }

    @Test
    void refusesToPublishForReaders() {
        publish("application", "a: 1\n", 0);
        Browser editor = browser;
        editor.signIn("mira").open(EDITOR + "?item=application");
        editor.submit("form[data-editor]", Map.of("content", "a: 2\n"));
        server.failWith(FakeRoster.refused(403, "forbidden", "Needs role editor, has role reader.", null));
        editor.press(editor.button("Publish version 2"), Map.of());

        assertThat(editor.status()).isEqualTo(403);
        assertThat(editor.page().select("h1").text()).isEqualTo("Your role does not allow this");
    }

    @Test
    void refusesAFormWhoseVersionIsNoNumber() {
        browser.signIn("mira").open(EDITOR);
        browser.press(browser.button("Review changes"), Map.of("name", "x", "base", "one"));

        assertThat(browser.status()).isEqualTo(400);
    }

    @Test
    void survivesAFormWithoutFields() {
        browser.signIn("mira").open(EDITOR);
        String csrf = browser.page().select("input[name=_csrf]").first().val();
        browser.post(EDITOR + "/review", Map.of("_csrf", csrf));

        assertThat(browser.status()).isEqualTo(400);
        assertThat(browser.page().select("h1")).hasSize(1);
    }

    @Test
    void startsFromAnEarlierVersion() {
        publish("application", "a: 1\n", 0);
        publish("application", "a: 2\n", 1);
        browser.signIn("mira").open(EDITOR + "?item=application&version=1");

        assertThat(content()).isEqualTo("a: 1\n");
        assertThat(browser.page().select("input[name=base]").val()).isEqualTo("2");
    }

    @Test
    void preservesAnItemOfAnotherFormat() {
        as("mira").publish("default", "application", new PublishRequest(ConfigFormat.PROPERTIES, "a=1\n", null), 0);
        browser.signIn("mira").open(EDITOR + "?item=application");

        assertThat(browser.page().select("#format option[selected]").val()).isEqualTo("PROPERTIES");
    }

    private void review(Map<String, String> fields) {
        browser.press(browser.button("Review changes"), fields);
    }

    private String content() {
        return Browser.text(browser.page().selectFirst("#content"));
    }

    private ConfigItem current() {
        return as("mira").getConfig("default", "application");
    }
}
