package dev.roster.console.services;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.console.fake.FakeRoster;
import dev.roster.console.fake.PageTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServicesTest extends PageTest {
    private static final String LIST = "/console/ns/default/services";

    @Test
    void tellsHowToRegisterTheFirstInstance() {
        browser.signIn("reader").open(LIST);

        assertThat(browser.page().select("h2").text()).isEqualTo("No service has registered here yet");
        assertThat(browser.page().select("pre").text()).startsWith("curl -X PUT -u reader")
                .contains("-d '{\"host\":\"127.0.0.1\",\"port\":8080}'").containsPattern(
                        "http://127.0.0.1:\\d+/api/v1/namespaces/default/services/hello/instances/hello-1");
    }

    @Test
    void listsServicesByName() {
        register("users", 1);
        register("orders", 3);
        browser.signIn("reader").open(LIST);

        assertThat(browser.rows("table")).containsExactly(List.of("orders", "3"), List.of("users", "1"));
        assertThat(browser.link("orders").attr("href")).isEqualTo(LIST + "/orders");
    }

    @Test
    void filtersByTheBeginningOfTheName() {
        register("users", 1);
        register("orders", 3);
        browser.signIn("reader").open(LIST);
        browser.submit("form[role=search]", Map.of("prefix", " us "));

        assertThat(browser.rows("table")).containsExactly(List.of("users", "1"));
        assertThat(browser.page().select("#filter").val()).isEqualTo("us");

        browser.submit("form[role=search]", Map.of("prefix", "nothing"));
        assertThat(browser.page().select("h2").text()).isEqualTo("Nothing matches");
    }

    @Test
    void goesThroughTenThousandServicesPageByPage() {
        for (int i = 0; i < 10_000; i++) {
            server.register("default", "s-%05d".formatted(i), "a", "10.0.0.1", 8080, null, Map.of());
        }
        browser.signIn("reader").open(LIST + "?prefix=s-0");

        assertThat(browser.rows("table")).hasSize(100);
        assertThat(browser.page().select(".pager a").eachText()).containsExactly("Next page");
        browser.click("Next page");
        assertThat(browser.rows("table").getFirst()).startsWith("s-00100");
        assertThat(browser.page().select("#filter").val()).isEqualTo("s-0");
        browser.click("First page");
        assertThat(browser.rows("table").getFirst()).startsWith("s-00000");
    }

    @Test
    void startsAgainWhenTheListIsTooOldToGoOn() {
        register("users", 1);
        browser.signIn("reader");
        server.failWith(FakeRoster.refused(410, "revision-compacted", "Compacted.", null));

        browser.get(LIST + "?prefix=u&cursor=100");
        server.failWith(null);
        browser.follow();

        assertThat(browser.location()).isEqualTo(LIST + "?prefix=u");
        assertThat(browser.notice()).startsWith("The list has changed too much");
        assertThat(browser.rows("table")).hasSize(1);
    }

    @Test
    void showsInstances() {
        server.register("default", "orders", "orders-1", "10.0.0.1", 8080, "eu-1", Map.of("version", "2.1", "a", "b"));
        server.register("default", "orders", "orders-2", "fd00::17", 443, null, Map.of());
        browser.signIn("reader").open(LIST + "/orders");

        assertThat(browser.rows("table")).containsExactly(
                List.of("orders-1", "http://10.0.0.1:8080", "eu-1", "30 s", "a b version 2.1",
                        "2026-11-21 09:27:00 UTC"),
                List.of("orders-2", "https://[fd00::17]:443", "–", "30 s", "–", "2026-11-21 09:27:00 UTC"));
        assertThat(browser.page().text()).contains("2 instances");
    }

    @Test
    void escapesWhatApplicationsSayOfThemselves() {
        String script = "<script>alert(1)</script>";
        server.register("default", "orders", "x", script, 1, "\"><img src=x onerror=alert(1)>",
                Map.of(script, "'\"&<b>"));
        browser.signIn("reader").open(LIST + "/orders");

        assertThat(browser.page().select("main script, main img, main b")).isEmpty();
        assertThat(browser.page().select("dd").text()).isEqualTo("'\"&<b>");
        assertThat(browser.page().select("dt").text()).isEqualTo(script);
        assertThat(browser.body()).doesNotContain(script);
    }

    @Test
    void filtersAndCutsManyInstances() {
        register("orders", 450);
        browser.signIn("reader").open(LIST + "/orders");

        assertThat(browser.rows("table")).hasSize(200);
        assertThat(browser.page().text()).contains("450 instances").contains("Page 1 of 3");
        browser.click("Next page");
        assertThat(browser.rows("table").getFirst()).startsWith("i-0200");

        browser.submit("form[role=search]", Map.of("filter", "I-044"));
        assertThat(browser.rows("table")).hasSize(10);
        assertThat(browser.page().text()).contains("10 of 450 instances");

        browser.open(LIST + "/orders?page=99");
        assertThat(browser.page().text()).contains("Page 3 of 3");
    }

    @Test
    void foldsLongMetadata() {
        server.register("default", "orders", "x", "h", 1, null,
                Map.of("a", "1", "b", "2", "c", "3", "d", "4", "e", "5"));
        browser.signIn("reader").open(LIST + "/orders");

        assertThat(browser.page().select("td details summary").text()).isEqualTo("5 entries");
        assertThat(browser.page().select("td details dt")).hasSize(5);
    }

    @Test
    void saysThatAServiceHasNoInstance() {
        browser.signIn("reader").open(LIST + "/orders");

        assertThat(browser.status()).isEqualTo(404);
        assertThat(browser.page().select("h2").text()).isEqualTo("No instance is registered");
        assertThat(browser.page().select("[data-live]")).hasSize(1);
    }

    @Test
    void refusesAPageThatIsNoNumber() {
        browser.signIn("reader").open(LIST + "/orders?page=x");

        assertThat(browser.status()).isEqualTo(400);
        assertThat(browser.page().select("h1").text()).isEqualTo("This cannot be done");
    }

    @Test
    void saysWhatTheServerDoesNotAccept() {
        browser.signIn("reader");
        server.failWith(FakeRoster.refused(400, "invalid-argument", "namespace: <b>expected</b> lower case", null));
        browser.open("/console/ns/UPPER/services");

        assertThat(browser.status()).isEqualTo(400);
        assertThat(browser.page().select("q").text()).isEqualTo("namespace: <b>expected</b> lower case");
        assertThat(browser.page().text()).contains("Request request-1");
    }

    @Test
    void showsWhatTheServerForbids() {
        browser.signIn("reader");
        server.failWith(FakeRoster.refused(403, "forbidden", "Needs role reader.", null));
        browser.open(LIST);

        assertThat(browser.status()).isEqualTo(403);
        assertThat(browser.page().select("h1").text()).isEqualTo("Your role does not allow this");
    }

    private void register(String service, int instances) {
        for (int i = 0; i < instances; i++) {
            server.register("default", service, "i-%04d".formatted(i), "10.0.0.1", 8080, null, Map.of());
        }
    }
}
