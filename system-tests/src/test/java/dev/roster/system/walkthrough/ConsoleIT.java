package dev.roster.system.walkthrough;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.options.AriaRole;
import dev.roster.api.registry.InstanceRegistration;
import dev.roster.client.PageRequest;
import dev.roster.test.RosterServerExtension;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signs in, publishes and looks at the difference in the history, with and without script. */
class ConsoleIT {

    @RegisterExtension
    static final RosterServerExtension roster = new RosterServerExtension();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void publishesAndShowsTheDifferenceInTheHistory(boolean script) {
        String item = script ? "orders" : "orders-noscript";
        try (ConsoleBrowser console = new ConsoleBrowser(roster.address(), script)) {
            console.signIn("admin", roster.adminPassword());
            console.publish(item, true, "greeting:\n  text: Hello\n", "first");
            console.publish(item, false, "greeting:\n  text: Good evening\n", "evening");

            console.open("/console/ns/default/configs/" + item + "/history");
            assertThat(console.page().getByText("evening")).isVisible();
            console.screenshot("history-" + script);
            console.press("Compare the chosen versions");

            assertThat(console.page().locator("body")).containsText("text: Hello");
            assertThat(console.page().locator("body")).containsText("text: Good evening");
            console.screenshot("compare-" + script);
        }
        assertThat(roster.client().configs().get(item).version()).isEqualTo(2);
        assertThat(roster.client().configs().get(item).publishedBy()).isEqualTo("admin");
    }

    @Test
    void saysWhereADocumentIsWrongAndKeepsTheText() {
        try (ConsoleBrowser console = new ConsoleBrowser(roster.address(), true)) {
            console.signIn("admin", roster.adminPassword());
            console.edit("broken", true, "a: 1\nb: [1\n", "");

            console.press("Review changes");

            // What the server refuses is told at the latest when it is published.
            var publish = console.page().getByRole(AriaRole.BUTTON,
                    new com.microsoft.playwright.Page.GetByRoleOptions().setName("Publish").setExact(true));
            if (publish.count() > 0) {
                publish.click();
            }
            assertThat(console.page().locator("#content-error")).containsText("Line ");
            assertThat(console.page().locator("textarea#content")).hasValue("a: 1\nb: [1\n");
        }
        assertThat(roster.client().configs().find("broken")).isEmpty();
    }

    @Test
    void givesATokenTheRightToReadSecrets() {
        try (ConsoleBrowser console = new ConsoleBrowser(roster.address(), true)) {
            console.signIn("admin", roster.adminPassword());
            console.open("/console/users/admin");
            console.page().getByLabel("May read the secrets of").selectOption("SOME");
            console.page().getByLabel("These namespaces").fill("shop, stock");
            console.press("Change right");
            assertThat(console.page().locator("main")).containsText("Which secrets “admin” may read is changed.");
            console.screenshot("user-secrets");

            console.open("/console/users");
            assertThat(console.page().locator("table")).containsText("stock");
            console.screenshot("users-secrets");
        }
        assertThat(roster.client().security().users(PageRequest.first()).items()).singleElement()
                .satisfies(user -> assertThat(user.secretNamespaces()).containsExactly("shop", "stock"));
    }

    @Test
    void refusesAWrongPassword() {
        try (ConsoleBrowser console = new ConsoleBrowser(roster.address(), true)) {
            console.signIn("admin", "not the password");

            assertThat(console.page().getByRole(AriaRole.ALERT)).containsText("wrong");
        }
    }

    @Test
    void isAccessible() {
        roster.client().registry().register("inventory", "inventory-1",
                new InstanceRegistration("10.0.0.7", 8081, false,
                        Duration.ofHours(1), "zone-a", Map.of("version", "1.4.2")));
        try (ConsoleBrowser console = new ConsoleBrowser(roster.address(), true)) {
            console.open("/console");
            assertAccessible(console, "sign-in");
            console.signIn("admin", roster.adminPassword());
            console.publish("accessible", true, "a: 1\n", "");
            for (String path : new String[]{"", "/ns/default/services", "/ns/default/services/inventory",
                    "/ns/default/configs", "/ns/default/configs/accessible", "/ns/default/configs/accessible/history",
                    "/ns/default/editor?item=accessible", "/users", "/users/admin", "/tokens"}) {
                console.open("/console" + path);
                assertAccessible(console, path.isEmpty() ? "overview" : path.substring(1).replaceAll("[/?=]", "-"));
            }
        }
    }

    private static void assertAccessible(ConsoleBrowser console, String name) {
        console.screenshot("page-" + name);
        assertThat(new AxeBuilder(console.page()).analyze().getViolations()).as(name).isEmpty();
    }
}
