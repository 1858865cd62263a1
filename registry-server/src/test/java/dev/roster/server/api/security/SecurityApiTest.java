package dev.roster.server.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.api.Problem;
import dev.roster.api.security.Identity;
import dev.roster.api.security.IssuedToken;
import dev.roster.api.security.Role;
import dev.roster.api.security.User;
import dev.roster.server.ServerTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecurityApiTest extends ServerTest {
    private static final String PASSWORD = "a password of eve";

    @Test
    void tellsTheAdminWhoItIs() {
        HttpResponse<String> response = send(asAdmin("/api/v1/identity"));

        assertThat(response.body()).isEqualTo("{\"name\":\"admin\",\"role\":\"admin\"}");
        assertThat(read(response, Identity.class)).isEqualTo(new Identity("admin", Role.ADMIN));
    }

    @Test
    void makesChangesAndDeletesAUser() {
        HttpResponse<String> made = put("/api/v1/users/maria",
                "{\"role\":\"reader\",\"password\":\"" + PASSWORD + "\"}");
        HttpResponse<String> changed = put("/api/v1/users/maria", "{\"role\":\"editor\"}");
        HttpResponse<String> listed = send(asAdmin("/api/v1/users?limit=1000"));
        HttpResponse<String> deleted = send(asAdmin("/api/v1/users/maria").DELETE());
        HttpResponse<String> again = send(asAdmin("/api/v1/users/maria").DELETE());

        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.body()).doesNotContain("password");
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(read(changed, User.class).role()).isEqualTo(Role.EDITOR);
        assertThat(listed.body()).contains("\"name\":\"maria\"");
        assertThat(deleted.statusCode()).isEqualTo(204);
        assertThat(deleted.body()).isEmpty();
        assertThat(revision(deleted)).isGreaterThan(revision(changed));
        assertThat(again.statusCode()).isEqualTo(404);
        assertThat(problem(again).code()).isEqualTo("user-not-found");
    }

    @Test
    void listsUsersInPages() {
        makeUser("page-a", "reader");
        makeUser("page-b", "reader");

        HttpResponse<String> first = send(asAdmin("/api/v1/users?limit=1"));
        String cursor = first.body().replaceAll(".*\"nextCursor\":\"([^\"]+)\".*", "$1");
        HttpResponse<String> second = send(asAdmin("/api/v1/users?limit=1&cursor=" + cursor));

        assertThat(second.statusCode()).as(second.body()).isEqualTo(200);
        assertThat(revision(second)).isEqualTo(revision(first));
        assertThat(second.body()).isNotEqualTo(first.body());
    }

    @Test
    void keepsTheLastAdmin() {
        Problem problem = problem(send(asAdmin("/api/v1/users/admin").DELETE()));

        assertThat(problem.status()).isEqualTo(409);
        assertThat(problem.code()).isEqualTo("conflict");
    }

    @Test
    void namesABadPasswordWithoutRepeatingIt() {
        HttpResponse<String> response = put("/api/v1/users/shorty", "{\"role\":\"reader\",\"password\":\"tooshort1\"}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"field\":\"password\"", "12 to 200").doesNotContain("tooshort1");
    }

    @Test
    void saysWhichRoleIsNeeded() {
        makeUser("low", "reader");

        Problem problem = problem(send(as(get("/api/v1/users"), "low", PASSWORD)));

        assertThat(problem.status()).isEqualTo(403);
        assertThat(problem.code()).isEqualTo("forbidden");
        assertThat(problem.detail()).contains("admin").contains("reader");
    }

    @Test
    void makesUsesAndRevokesATokenAtOnce() {
        makeUser("tina", "editor");
        HttpResponse<String> made = send(json(as(get("/api/v1/tokens"), "tina", PASSWORD), "POST",
                "{\"description\":\"laptop\",\"role\":\"application\",\"ttl\":\"PT1H\"}"));
        IssuedToken issued = read(made, IssuedToken.class);
        HttpResponse<String> used = send(withToken(get("/api/v1/identity"), issued.secret()));
        HttpResponse<String> listed = send(withToken(get("/api/v1/tokens"), issued.secret()));
        HttpResponse<String> revoked = send(withToken(get("/api/v1/tokens/current"), issued.secret()).DELETE());
        HttpResponse<String> after = send(withToken(get("/api/v1/identity"), issued.secret()));

        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(read(used, Identity.class)).isEqualTo(new Identity("tina", Role.APPLICATION));
        assertThat(listed.body()).contains(issued.token().id(), "laptop").doesNotContain(issued.secret());
        assertThat(revoked.statusCode()).isEqualTo(204);
        assertThat(after.statusCode()).isEqualTo(401);
    }

    @Test
    void revokesByIdAsAnAdmin() {
        makeUser("otto", "reader");
        IssuedToken issued = read(send(
                json(as(get("/api/v1/tokens"), "otto", PASSWORD), "POST", "{\"description\":\"x\"}")),
                IssuedToken.class);

        HttpResponse<String> revoked = send(asAdmin("/api/v1/tokens/" + issued.token().id()).DELETE());

        assertThat(revoked.statusCode()).isEqualTo(204);
        assertThat(send(withToken(get("/api/v1/identity"), issued.secret())).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({"/api/v1/tokens/nonsense, 400, invalid-argument", "/api/v1/tokens/current, 404, token-not-found",
            "/api/v1/tokens/0123456789abcdef, 404, token-not-found", "/api/v1/users/No%20Name, 400, invalid-argument"})
    void saysWhatItCannotDelete(String path, int status, String code) {
        HttpResponse<String> response = send(asAdmin(path).DELETE());

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(problem(response).code()).isEqualTo(code);
    }

    @Test
    void givesNoTokenARoleAboveItsMakers() {
        makeUser("nora", "reader");

        HttpResponse<String> response = send(json(as(get("/api/v1/tokens"), "nora", PASSWORD), "POST",
                "{\"description\":\"x\",\"role\":\"admin\"}"));

        assertThat(response.statusCode()).isEqualTo(403);
    }

    @Test
    void slowsDownGuessing() {
        makeUser("victim", "reader");
        for (int i = 0; i < 10; i++) {
            assertThat(send(as(get("/api/v1/identity"), "victim", "guess number " + i)).statusCode()).isEqualTo(401);
        }

        HttpResponse<String> response = send(as(get("/api/v1/identity"), "victim", PASSWORD));

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(problem(response).code()).isEqualTo("too-many-requests");
        assertThat(response.headers().firstValue("Retry-After").map(Integer::parseInt))
                .hasValueSatisfying(seconds -> assertThat(seconds).isBetween(1, 60));
    }

    private void makeUser(String name, String role) {
        assertThat(put("/api/v1/users/" + name, "{\"role\":\"" + role + "\",\"password\":\"" + PASSWORD + "\"}")
                .statusCode()).isLessThan(300);
    }

    private HttpResponse<String> put(String path, String body) {
        return send(json(asAdmin(path), "PUT", body));
    }

    private static long revision(HttpResponse<String> response) {
        return Long.parseLong(response.headers().firstValue("Roster-Revision").orElseThrow());
    }
}
