package dev.roster.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.console.fake.PageTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsersTest extends PageTest {
    private static final String WHEN = "2026-11-21 09:27:00 UTC";

    @Test
    void listsUsers() {
        browser.signIn("admin").open("/console/users");

        assertThat(browser.rows("table")).containsExactly(List.of("admin you", "Admin", "none", WHEN),
                List.of("mira", "Editor", "none", WHEN), List.of("reader", "Reader", "none", WHEN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console/users", "/console/users/admin", "/console/users/admin/delete"})
    void areForAdminsOnly(String page) {
        browser.signIn("mira");
        assertThat(browser.page().select("nav a").eachText()).doesNotContain("Users");

        browser.open(page);
        assertThat(browser.status()).isEqualTo(403);
    }

    @Test
    void createsAUserWhoCanSignIn() {
        browser.signIn("admin").open("/console/users");
        browser.submit("form[action=/console/users]",
                Map.of("name", " ada ", "role", "EDITOR", "password", "correct horse battery"));

        assertThat(browser.location()).isEqualTo("/console/users");
        assertThat(browser.notice()).isEqualTo("The user “ada” is created.");
        assertThat(newBrowser().signIn("ada").page().select(".me-role").text()).isEqualTo("Editor");
    }

    @Test
    void changesNobodyWhenANameIsTaken() {
        browser.signIn("admin").open("/console/users");
        browser.submit("form[action=/console/users]",
                Map.of("name", "mira", "role", "ADMIN", "password", "another password"));

        assertThat(browser.status()).isEqualTo(400);
        assertThat(browser.page().select("#name-error").text()).startsWith("There is a user of this name.");
        assertThat(browser.page().select("#password").val()).isEmpty();
        assertThat(newBrowser().signIn("mira").page().select(".me-role").text()).isEqualTo("Editor");
    }

    @Test
    void saysWhatIsWrongWithAField() {
        browser.signIn("admin").open("/console/users");
        browser.submit("form[action=/console/users]",
                Map.of("name", "No Name", "role", "EDITOR", "password", "correct horse battery"));
        assertThat(browser.page().select("#name-error").text()).contains("1 to 63 characters");
        assertThat(browser.page().select("#name").val()).isEqualTo("No Name");
        assertThat(browser.page().select("#role option[selected]").val()).isEqualTo("EDITOR");

        browser.submit("form[action=/console/users]", Map.of("name", "ada", "password", "short"));
        assertThat(browser.page().select("#password-error").text()).contains("12 to 200 characters");
    }

    @Test
    void changesRoleAndPassword() {
        browser.signIn("admin").open("/console/users");
        browser.click("reader");
        browser.press(browser.button("Change role"), Map.of("role", "EDITOR"));
        assertThat(browser.notice()).isEqualTo("The role of “reader” is changed.");
        assertThat(browser.page().select("#role option[selected]").val()).isEqualTo("EDITOR");

        browser.press(browser.button("Set password"), Map.of("password", "short"));
        assertThat(browser.page().select("#password-error").text()).contains("12 to 200 characters");
        browser.press(browser.button("Set password"), Map.of("password", "a long enough password"));
        assertThat(browser.notice()).isEqualTo("The password of “reader” is changed.");
        assertThat(newBrowser().signIn("reader").status()).isEqualTo(401);
    }

    @Test
    void showsAndChangesWhoseSecretsAUserReads() {
        browser.signIn("admin").open("/console/users/mira");
        assertThat(browser.page().select("#secrets option[selected]").val()).isEqualTo("NONE");

        browser.press(browser.button("Change right"),
                Map.of("secrets", "SOME", "namespaces", " shop,stock  orders a "));
        assertThat(browser.notice()).isEqualTo("Which secrets “mira” may read is changed.");
        assertThat(browser.page().select("#secrets option[selected]").val()).isEqualTo("SOME");
        assertThat(browser.page().select("#namespaces").val()).isEqualTo("shop, stock, orders, a");
        assertThat(browser.open("/console/users").select("tr:contains(mira) td").get(1).text())
                .isEqualTo("shop stock orders and 1 more");

        browser.open("/console/users/mira");
        browser.press(browser.button("Change role"), Map.of("role", "READER"));
        assertThat(browser.page().select("#secrets option[selected]").val()).as("stays").isEqualTo("SOME");
        browser.press(browser.button("Change right"), Map.of("secrets", "ALL", "namespaces", ""));
        assertThat(browser.open("/console/users").select("tr:contains(mira) td").get(1).text())
                .isEqualTo("all namespaces");
    }

    @Test
    void saysWhatIsWrongWithARightToReadSecrets() {
        browser.signIn("admin").open("/console/users/mira");
        browser.press(browser.button("Change right"), Map.of("secrets", "SOME", "namespaces", " , "));
        assertThat(browser.page().select("#namespaces-error").text()).startsWith("Name at least one namespace");
        assertThat(browser.page().select("#password-error")).isEmpty();

        browser.press(browser.button("Change right"), Map.of("secrets", "ALL", "namespaces", "shop"));
        assertThat(browser.page().select("#namespaces-error").text()).startsWith("Choose “these namespaces”");
        assertThat(browser.page().select("#namespaces").val()).as("what was typed is kept").isEqualTo("shop");

        browser.press(browser.button("Change right"), Map.of("secrets", "SOME", "namespaces", "No Name!"));
        assertThat(browser.page().select("#namespaces-error").text()).contains("1 to 63 characters");
        assertThat(browser.open("/console/users").select("tr:contains(mira) td").get(1).text()).isEqualTo("none");
    }

    @Test
    void letsOnlyAdminsGiveTheRightToReadSecrets() {
        browser.signIn("mira").open("/console/tokens");
        String token = browser.page().select("input[name=_csrf]").val();

        browser.post("/console/users/mira/secrets", Map.of("secrets", "ALL", "_csrf", token));

        assertThat(browser.status()).isEqualTo(403);
    }

    @Test
    void deletesAfterAConfirmation() {
        browser.signIn("admin").open("/console/users/reader");
        browser.click("Delete");
        browser.press(browser.button("Delete user"), Map.of());

        assertThat(browser.notice()).isEqualTo("The user “reader” is deleted.");
        assertThat(browser.rows("table")).hasSize(2);
    }

    @Test
    void keepsTheLastAdmin() {
        browser.signIn("admin").open("/console/users/admin");
        browser.press(browser.button("Change role"), Map.of("role", "READER"));
        assertThat(browser.notice()).startsWith("Nothing was changed: this is the only admin");

        browser.open("/console/users/admin/delete");
        assertThat(browser.page().select("main").text()).contains("This is you.");
        browser.press(browser.button("Delete user"), Map.of());
        assertThat(browser.notice()).startsWith("Nothing was changed: this is the only admin");
    }

    @Test
    void saysThatAUserDoesNotExist() {
        browser.signIn("admin").open("/console/users/nobody");
        assertThat(browser.status()).isEqualTo(404);
        assertThat(browser.page().select("h2").text()).isEqualTo("There is no such user");
    }

    @Test
    void refusesARoleThatDoesNotExist() {
        browser.signIn("admin").open("/console/users/reader");
        browser.press(browser.button("Change role"), Map.of("role", "ROOT"));

        assertThat(browser.status()).isEqualTo(400);
    }
}
