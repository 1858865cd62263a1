package dev.roster.server.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.api.Problem;
import dev.roster.api.config.ChangeSet;
import dev.roster.api.config.ChangeSet.Status;
import dev.roster.api.config.ChangeSetDraft;
import dev.roster.api.config.ConfigItem;
import dev.roster.server.ServerTest;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ChangeSetApiTest extends ServerTest {
    private static final String DOCUMENT = "{\"action\":\"publish\",\"format\":\"yaml\",\"content\":\"a: 1\\n\"}";

    @Test
    void takesDraftsThroughReviewToPublication() {
        String namespace = "/api/v1/namespaces/change-set-review";
        send(json(asAdmin(namespace + "/publish-rules"), "PUT", "{\"reviewRequired\":true,\"ownApproval\":true}"));
        HttpResponse<String> made = send(json(asAdmin(namespace + "/change-sets"), "POST",
                "{\"title\":\"Time-outs\",\"description\":\"longer\"}"));
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(etag(made)).isEqualTo("\"1\"");
        String path = namespace + "/change-sets/1";

        HttpResponse<String> saved = send(json(asAdmin(path + "/drafts/orders").header("If-Match", "\"1\""), "PUT",
                DOCUMENT));
        assertThat(etag(saved)).isEqualTo("\"2\"");
        ChangeSetDraft draft = read(send(asAdmin(path + "/drafts/orders")), ChangeSetDraft.class);
        assertThat(draft.content()).isEqualTo("a: 1\n");
        assertThat(read(saved, ChangeSet.class).drafts()).singleElement()
                .satisfies(one -> assertThat(one.content()).isNull());
        assertProblem(act(path, 2, "{\"action\":\"publish\"}"), 409, "review-required");
        assertThat(read(act(path, 2, "{\"action\":\"request_review\"}"), ChangeSet.class).status())
                .isEqualTo(Status.IN_REVIEW);
        assertProblem(send(json(asAdmin(path + "/drafts/orders").header("If-Match", "\"3\""), "PUT", DOCUMENT)), 409,
                "conflict");
        ChangeSet approved = read(act(path, 3, "{\"action\":\"approve\",\"comment\":\"fine\"}"), ChangeSet.class);
        assertThat(approved.status()).isEqualTo(Status.APPROVED);
        assertThat(approved.verdicts().getFirst().comment()).isEqualTo("fine");
        ChangeSet published = read(act(path, 4, "{\"action\":\"publish\",\"items\":[\"orders\"]}"), ChangeSet.class);

        assertThat(published.status()).isEqualTo(Status.PUBLISHED);
        assertThat(published.published()).singleElement().satisfies(one -> assertThat(one.version()).isEqualTo(1));
        assertThat(read(send(asAdmin(namespace + "/configs/orders")), ConfigItem.class).content()).isEqualTo("a: 1\n");
        assertThat(read(send(asAdmin(path)), ChangeSet.class)).isEqualTo(published);
        assertProblem(act(path, 5, "{\"action\":\"reopen\"}"), 409, "conflict");
    }

    @Test
    void publishesAtATime() {
        String namespace = "/api/v1/namespaces/change-set-due";
        String path = newSet(namespace);
        send(json(asAdmin(path + "/drafts/orders").header("If-Match", "\"1\""), "PUT", DOCUMENT));
        Instant soon = Instant.now().plusSeconds(1);

        ChangeSet waiting = read(act(path, 2, "{\"action\":\"schedule\",\"publishAt\":\"" + soon + "\"}"),
                ChangeSet.class);
        assertThat(waiting.status()).isEqualTo(Status.SCHEDULED);
        assertThat(waiting.scheduledBy()).isEqualTo("admin");

        Awaitility.await("the clock of the server is the real one").atMost(PATIENCE)
                .until(() -> read(send(asAdmin(path)), ChangeSet.class).status() == Status.PUBLISHED);
    }

    @Test
    void listsChangeSetsNewestFirst() {
        String namespace = "/api/v1/namespaces/change-set-list";
        newSet(namespace);
        newSet(namespace);
        newSet(namespace);

        JsonNode page = read(send(asAdmin(namespace + "/change-sets?limit=2")), JsonNode.class);
        JsonNode rest = read(send(asAdmin(namespace + "/change-sets?limit=2&cursor="
                + page.get("nextCursor").asString())), JsonNode.class);

        assertThat(page.get("items").valueStream().map(set -> set.get("id").asInt())).containsExactly(3, 2);
        assertThat(rest.get("items").valueStream().map(set -> set.get("id").asInt())).containsExactly(1);
        assertThat(rest.has("nextCursor")).isFalse();
        assertThat(read(send(asAdmin("/api/v1/namespaces/change-set-none/change-sets")), JsonNode.class).get("items"))
                .isEmpty();
    }

    @Test
    void refusesWhatItDoesNotUnderstand() {
        String namespace = "/api/v1/namespaces/change-set-bad";
        String path = newSet(namespace);

        assertField(send(json(asAdmin(namespace + "/change-sets"), "POST", "{}")), "title");
        assertField(act(path, 1, "{}"), "action");
        assertField(act(path, 1, "{\"action\":\"schedule\"}"), "publishAt");
        assertField(act(path, 1, "{\"action\":\"publish\",\"items\":[]}"), "items");
        assertField(act(path, 1, "{\"action\":\"publish\",\"items\":[\"-\"]}"), "item");
        assertField(send(asAdmin(namespace + "/change-sets/0")), "changeSet");
        assertField(send(json(asAdmin(path + "/drafts/orders").header("If-Match", "\"1\""), "PUT", "{}")), "action");
        HttpResponse<String> flawed = send(json(asAdmin(path + "/drafts/orders").header("If-Match", "\"1\""), "PUT",
                "{\"action\":\"publish\",\"format\":\"toml\",\"content\":\"a = 1\\na = 2\"}"));
        assertProblem(flawed, 400, "invalid-document");
        assertThat(problem(flawed).violations().getFirst().line()).isEqualTo(2);
        assertProblem(send(json(asAdmin(path + "/drafts/orders"), "PUT", DOCUMENT)), 428, "precondition-required");
        assertProblem(send(json(asAdmin(path + "/actions"), "POST", "{\"action\":\"abandon\"}")), 428,
                "precondition-required");
        Problem mismatch = assertProblem(act(path, 7, "{\"action\":\"abandon\"}"), 412, "version-mismatch");
        assertThat(mismatch.currentVersion()).isEqualTo(1);
        assertProblem(send(asAdmin(namespace + "/change-sets/99")), 404, "change-set-not-found");
        assertProblem(send(asAdmin(path + "/drafts/orders")), 404, "draft-not-found");
        assertProblem(send(asAdmin(path + "/drafts/orders").header("If-Match", "\"1\"").DELETE()), 404,
                "draft-not-found");
    }

    private String newSet(String namespace) {
        HttpResponse<String> made = send(json(asAdmin(namespace + "/change-sets"), "POST", "{\"title\":\"set\"}"));
        return namespace + "/change-sets/" + read(made, ChangeSet.class).id();
    }

    private HttpResponse<String> act(String path, long number, String body) {
        return send(json(asAdmin(path + "/actions").header("If-Match", "\"" + number + "\""), "POST", body));
    }

    private void assertField(HttpResponse<String> response, String field) {
        Problem problem = assertProblem(response, 400, "invalid-argument");
        assertThat(problem.violations()).singleElement()
                .satisfies(violation -> assertThat(violation.field()).isEqualTo(field));
    }

    private Problem assertProblem(HttpResponse<String> response, int status, String code) {
        Problem problem = problem(response);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(problem.code()).as(response.body()).isEqualTo(code);
        return problem;
    }

    private static String etag(HttpResponse<String> response) {
        return response.headers().firstValue("ETag").orElseThrow();
    }
}
