package dev.roster.console.configs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.api.config.ConfigFormat;
import dev.roster.api.config.PublishRequest;
import dev.roster.api.config.RollbackRequest;
import dev.roster.console.fake.FakeRoster;
import dev.roster.console.fake.PageTest;
import dev.roster.console.gateway.ServerAwayException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lists, items, history, comparison, rollback, deletion. */
class ConfigPagesTest extends PageTest {
    private static final String LIST = "/console/ns/default/configs";

    @Test
    void tellsHowToPublishTheFirstOne() {
        browser.signIn("mira").open(LIST);

        assertThat(browser.page().select("h2").text()).isEqualTo("No configuration has been published here yet");
        assertThat(browser.page().select("pre").text()).contains("\"content\":\"greeting: Hello\\n\"");
        browser.click("Write “application” here");
        assertThat(browser.page().select("#name").val()).isEqualTo("application");
    }

    @Test
    void listsItems() {
        publish("application", "a: 1\n", 0);
        publish("application", "a: 2\n", 1);
        publish("orders", "b: 1\n", 0);
        browser.signIn("reader").open(LIST);

        assertThat(browser.rows("table")).containsExactly(
                List.of("application", "YAML", "2", "2026-11-21 09:27:00 UTC", "mira"),
                List.of("orders", "YAML", "1", "2026-11-21 09:27:00 UTC", "mira"));
        browser.submit("form[role=search]", Map.of("prefix", "o"));
        assertThat(browser.rows("table")).hasSize(1);
    }

    @Test
    void hidesFromReadersWhatOnlyEditorsCanDo() {
        publish("application", "a: 1\n", 0);
        browser.signIn("reader").open(LIST);
        assertThat(browser.page().select("main a").eachText()).doesNotContain("New configuration");

        browser.open(LIST + "/application");
        assertThat(browser.page().select("main a").eachText()).doesNotContain("Edit", "Delete");
        for (String page : List.of("/console/ns/default/editor", LIST + "/application/rollback?to=1",
                LIST + "/application/delete")) {
            browser.open(page);
            assertThat(browser.status()).isEqualTo(403);
            assertThat(browser.page().select("h1").text()).isEqualTo("Your role does not allow this");
        }
    }

    @Test
    void showsAnItem() {
        as("mira").publish("default", "orders", new PublishRequest(ConfigFormat.JSON, "{\n  \"a\": 1\n}\n", "why <b>"),
                0);
        browser.signIn("reader").open(LIST + "/orders");

        assertThat(browser.page().select(".facts dd").eachText()).contains("1", "JSON", "2026-11-21 09:27:00 UTC",
                "mira",
                "why <b>");
        assertThat(browser.page().select(".hash").attr("title")).hasSize(64);
        assertThat(browser.page().select("pre.text").first().wholeText()).isEqualTo("{\n  \"a\": 1\n}\n");
        assertThat(browser.page().select("pre.gutter").first().wholeText()).isEqualTo("1\n2\n3\n");
    }

    @Test
    void escapesContent() {
        publish("application", "<script>alert(1)</script></pre></textarea>\n", 0);
        browser.signIn("mira").open(LIST + "/application");
        assertThat(browser.page().select("main script")).isEmpty();
        assertThat(browser.page().select("pre.text").text()).isEqualTo("<script>alert(1)</script></pre></textarea>");

        browser.click("Edit");
        assertThat(browser.page().select("main script")).isEmpty();
        assertThat(browser.page().select("#content").first().wholeText())
                .contains("<script>alert(1)</script></pre></textarea>");
    }

    @Test
    void cutsALongDocumentAndOffersTheWhole() {
        String content = "line\n".repeat(50_000);
        publish("large", content, 0);
        browser.signIn("reader").open(LIST + "/large");

        assertThat(browser.page().select("pre.text").first().wholeText()).hasSize(10_000 * 5);
        assertThat(browser.page().text()).contains("the end is left out");
        browser.click("Download");
        assertThat(browser.body()).isEqualTo(content);
        assertThat(browser.header("Content-Type")).isEqualTo("text/plain;charset=utf-8");
        assertThat(browser.header("Content-Disposition")).isEqualTo("attachment; filename=\"large.v1.yaml\"");
    }

    @Test
    void tellsADeletedItemFromOneThatNeverWas() {
        publish("application", "a: 1\n", 0);
        as("mira").deleteConfig("default", "application", 1);
        browser.signIn("mira").open(LIST + "/application");
        assertThat(browser.status()).isEqualTo(404);
        assertThat(browser.page().select("h2").text()).isEqualTo("This configuration was deleted");

        browser.open(LIST + "/nothing");
        assertThat(browser.status()).isEqualTo(404);
        assertThat(browser.page().select("h2").text()).isEqualTo("There is no such configuration");
        browser.click("Create it");
        assertThat(browser.page().select("#name").val()).isEqualTo("nothing");
    }

    @Test
    void bringsADeletedItemBack() {
        publish("application", "a: 1\n", 0);
        as("mira").deleteConfig("default", "application", 1);
        browser.signIn("mira").open(LIST + "/application/versions/1");

        browser.click("Publish it again");
        browser.press(browser.button("Review changes"), Map.of());
        browser.press(browser.button("Publish"), Map.of());

        assertThat(browser.notice()).isEqualTo("“application” is published as version 3.");
    }

    @Test
    void showsHistoryNewestFirst() {
        publish("application", "a: 1\n", 0);
        publish("application", "a: 2\n", 1);
        as("mira").rollBack("default", "application", new RollbackRequest(1L, "<i>sorry</i>"), 2);
        browser.signIn("mira").open(LIST + "/application/history");

        assertThat(browser.rows("table")).extracting(row -> String.join("|", row)).containsExactly(
                "||3|Rolled back to version 1 Current|2026-11-21 09:27:00 UTC mira|<i>sorry</i>|",
                "||2|Published|2026-11-21 09:27:00 UTC mira||Roll back",
                "||1|Published|2026-11-21 09:27:00 UTC mira||Roll back");
    }

    @Test
    void comparesTheVersionsThatWereChosen() {
        publish("application", "a: 1\nb: 1\n", 0);
        publish("application", "a: 2\nb: 1\n", 1);
        publish("application", "a: 2\nb: 2\n", 2);
        browser.signIn("reader").open(LIST + "/application/history");
        browser.press(browser.button("Compare the chosen versions"), Map.of("from", "1"));

        assertThat(browser.location()).isEqualTo(LIST + "/application/compare?to=3&from=1");
        assertThat(browser.page().select("del").eachText()).containsExactly("a: 1", "b: 1");
        assertThat(browser.page().select("ins").eachText()).containsExactly("a: 2", "b: 2");
        assertThat(browser.page().select(".counts").text()).isEqualTo("2 lines added 2 lines removed");

        browser.click("Side by side");
        assertThat(browser.rows("table")).containsExactly(List.of("1", "a: 1", "1", "a: 2"),
                List.of("2", "b: 1", "2", "b: 2"));

        browser.click("Swap sides");
        assertThat(browser.page().select("del").eachText()).containsExactly("a: 2", "b: 2");
    }

    @Test
    void saysThatAVersionDoesNotExist() {
        publish("application", "a: 1\n", 0);
        browser.signIn("reader").open(LIST + "/application/compare?from=1&to=9");

        assertThat(browser.status()).isEqualTo(404);
        assertThat(browser.page().text()).contains("No version 9.");
        browser.open(LIST + "/application/compare?from=1&to=x");
        assertThat(browser.status()).isEqualTo(400);
        browser.open(LIST + "/application/compare?from=1");
        assertThat(browser.status()).isEqualTo(400);
    }

    @Test
    void rollsBackAfterAPreview() {
        publish("application", "a: 1\n", 0);
        publish("application", "a: 2\n", 1);
        browser.signIn("mira").open(LIST + "/application/history");
        browser.click("Roll back");
        assertThat(browser.page().select("del").eachText()).containsExactly("a: 2");
        assertThat(browser.page().select("ins").eachText()).containsExactly("a: 1");

        browser.press(browser.button("Roll back to version 1"), Map.of("comment", "it failed"));

        assertThat(browser.location()).isEqualTo(LIST + "/application");
        assertThat(browser.notice()).isEqualTo("The content of version 1 is published again as version 3.");
        assertThat(browser.page().select("pre.text").text()).isEqualTo("a: 1");
        assertThat(browser.page().text()).contains("it failed");
    }

    @Test
    void showsTheNewPreviewWhenSomebodyPublishedBeforeTheRollback() {
        publish("application", "a: 1\n", 0);
        publish("application", "a: 2\n", 1);
        browser.signIn("mira").open(LIST + "/application/rollback?to=1");
        publish("application", "a: 3\n", 2);
        browser.press(browser.button("Roll back to version 1"), Map.of());

        assertThat(browser.location()).isEqualTo(LIST + "/application/rollback?to=1");
        assertThat(browser.notice()).startsWith("Somebody published meanwhile");
        assertThat(browser.page().select("del").eachText()).containsExactly("a: 3");
    }

    @Test
    void deletesAfterAConfirmation() {
        publish("application", "a: 1\n", 0);
        browser.signIn("mira").open(LIST + "/application");
        browser.click("Delete");
        assertThat(browser.page().select("main").text()).contains("will find nothing");

        browser.press(browser.button("Delete configuration"), Map.of());

        assertThat(browser.location()).isEqualTo(LIST);
        assertThat(browser.notice()).isEqualTo("“application” is deleted.");
        assertThat(browser.page().select("tbody")).isEmpty();
    }

    @Test
    void deletesNothingThatTheUserHasNotSeen() {
        publish("application", "a: 1\n", 0);
        browser.signIn("mira").open(LIST + "/application/delete");
        publish("application", "a: 2\n", 1);
        browser.press(browser.button("Delete configuration"), Map.of());

        assertThat(browser.location()).isEqualTo(LIST + "/application/delete");
        assertThat(browser.notice()).startsWith("Somebody published meanwhile");
        assertThat(as("mira").getConfig("default", "application").version()).isEqualTo(2);
    }

    @Test
    void showsThatTheOutcomeOfARollbackIsUnknown() {
        publish("application", "a: 1\n", 0);
        publish("application", "a: 2\n", 1);
        browser.signIn("mira").open(LIST + "/application/rollback?to=1");
        server.failWith(new ServerAwayException("no answer", true, null));
        browser.press(browser.button("Roll back to version 1"), Map.of());

        assertThat(browser.status()).isEqualTo(503);
        assertThat(browser.page().select("h1").text()).isEqualTo("The server did not confirm");
        assertThat(browser.page().select("a").eachText()).doesNotContain("Try again");
    }

    @Test
    void keepsLongNamesAndCommentsAsTheyAre() {
        String name = "n".repeat(128);
        as("mira").publish("default", name, new PublishRequest(ConfigFormat.TEXT, "x", "c".repeat(500)), 0);
        browser.signIn("reader").open(LIST);
        browser.click(name);

        assertThat(browser.status()).isEqualTo(200);
        assertThat(browser.page().select("h1").text()).isEqualTo(name);
        assertThat(browser.page().text()).contains("c".repeat(500));
    }

    @Test
    void saysThatAListIsTooOldToGoOn() {
        publish("application", "a: 1\n", 0);
        browser.signIn("reader");
        server.failWith(FakeRoster.refused(410, "revision-compacted", "Compacted.", null));
        browser.get(LIST + "/application/history?cursor=50");
        server.failWith(null);
        browser.follow();

        assertThat(browser.location()).isEqualTo(LIST + "/application/history");
        assertThat(browser.notice()).startsWith("The list has changed too much");
    }
}
