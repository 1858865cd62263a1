package dev.roster.console.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.api.cluster.ClusterStatus;
import dev.roster.console.fake.FakeRoster;
import dev.roster.console.fake.PageTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OverviewTest extends PageTest {

    @Test
    void countsNothingInAnEmptyNamespace() {
        browser.signIn("reader").open("/console");

        assertThat(browser.location()).isEqualTo("/console/ns/default");
        assertThat(browser.page().select(".stat-value").eachText()).containsExactly("0", "0", "0");
        assertThat(browser.page().text()).contains("Nothing has been published in this namespace.");
        assertThat(browser.page().select("a[href$=/editor]")).isEmpty();
    }

    @Test
    void countsWhatThereIs() {
        server.register("default", "orders", "a", "10.0.0.1", 8080, null, Map.of());
        server.register("default", "orders", "b", "10.0.0.2", 8080, null, Map.of());
        server.register("default", "users", "a", "10.0.0.3", 8080, null, Map.of());
        server.register("other", "users", "a", "10.0.0.3", 8080, null, Map.of());
        publish("application", "a: 1\n", 0);

        browser.signIn("reader");

        assertThat(browser.page().select(".stat-value").eachText()).containsExactly("2", "3", "1");
        assertThat(browser.page().select(".feed a").eachText()).containsExactly("application");
        assertThat(browser.page().select(".feed time").attr("title")).isEqualTo("3 minutes ago");
        assertThat(browser.page().select(".feed time").text()).isEqualTo("2026-11-21 09:27:00 UTC");
    }

    @Test
    void countsTenThousandServices() {
        for (int i = 0; i < 10_000; i++) {
            server.register("default", "service-" + i, "a", "10.0.0.1", 8080, null, Map.of());
        }
        browser.signIn("reader");
        assertThat(browser.page().select(".stat-value").first().text()).isEqualTo("10,000");

        server.register("default", "z", "a", "10.0.0.1", 8080, null, Map.of());
        browser.open("/console");

        assertThat(browser.page().select(".stat-value").first().text()).isEqualTo("10,000+");
    }

    @Test
    void showsTheMembersAndWhoLeads() {
        server.setCluster(new ClusterStatus("0c8d9f61-3b3c-4f0e-9a55-6f1b2f9f3d10", "member-2", "member-1", 7, 4711,
                List.of(new ClusterStatus.Member("member-1", "10.0.0.1:7401", true, true),
                        new ClusterStatus.Member("member-2", "10.0.0.2:7401", true, true),
                        new ClusterStatus.Member("member-3", "10.0.0.3:7401", true, false))));

        browser.signIn("reader");

        assertThat(browser.rows("table")).containsExactly(List.of("member-1", "10.0.0.1:7401", "Leader"),
                List.of("member-2", "10.0.0.2:7401", "Follower Answers here"),
                List.of("member-3", "10.0.0.3:7401", "Not reachable"));
        assertThat(browser.page().text()).contains("Revision 4711 · Term 7");
        assertThat(browser.page().select("[role=alert]").text())
                .isEqualTo("1 member is not reachable from the member that answers here.");
    }

    @Test
    void warnsWhenNobodyLeads() {
        server.setCluster(new ClusterStatus("0c8d9f61-3b3c-4f0e-9a55-6f1b2f9f3d10", "member-1", null, 8, 1,
                List.of(new ClusterStatus.Member("member-1", "10.0.0.1:7401", true, true))));

        browser.signIn("reader");

        assertThat(browser.page().select("[role=alert]").text()).startsWith("The cluster has no leader");
    }

    @Test
    void saysThatTheServerIsAway() {
        browser.signIn("reader");
        server.goAway();
        browser.open("/console/ns/default");

        assertThat(browser.status()).isEqualTo(503);
        assertThat(browser.page().select("h1").text()).isEqualTo("The server does not answer");
        assertThat(browser.link("Try again").attr("href")).isEqualTo("/console/ns/default");
        assertThat(browser.page().select("nav a").eachText()).contains("Services");
    }

    @Test
    void saysThatTheServerIsBusy() {
        browser.signIn("reader");
        server.failWith(FakeRoster.refused(503, "no-leader", "No leader.", java.time.Duration.ofSeconds(2)));
        browser.open("/console/ns/default");

        assertThat(browser.status()).isEqualTo(503);
        assertThat(browser.header("Retry-After")).isEqualTo("2");
        assertThat(browser.page().select("h1").text()).isEqualTo("The server cannot answer right now");
    }
}
