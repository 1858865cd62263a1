package dev.roster.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.fixture.AskedRequest;
import dev.roster.server.web.KnownRequests.Known;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KnownRequestsTest {
    private static final String PATH = "/api/v1/things/one";
    private static final String PATTERN = "/api/v1/things/{thing}";

    private final KnownRequests<String> known = new KnownRequests<>();

    @Test
    void findsWhatWasAskedBefore() {
        remember("zone=a");

        assertThat(known.find(AskedRequest.of(PATH, "zone=a"))).isEqualTo(new Known<>("one", PATTERN));
    }

    @Test
    void leavesOtherWords() {
        remember(null);

        for (AskedRequest asked : List.of(AskedRequest.of(PATH, "zone=a"), AskedRequest.of(PATH + "/", null),
                new AskedRequest(QuickRequest.words("elsewhere", PATH, null), AskedRequest.of(PATH, null).sent()))) {
            assertThat(known.find(asked)).as("what is known of " + asked).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({"Accept, text/html", "Accept, application/json;q=0", "Roster-Min-Revision, 1", "If-Match, *"})
    void leavesConditionsThatTheHandlerWeighs(String header, String value) {
        remember(null);

        assertThat(known.find(AskedRequest.of(PATH, null).with(header, value))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/json", "application/json, application/*+json"})
    void takesTheUsualWaysToAskForJson(String accept) {
        remember(null);

        assertThat(known.find(AskedRequest.of(PATH, null).with("Accept", accept))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait=PT5S", "consistency=linearizable", "zone=a&wait=PT5S"})
    void remembersNothingThatIsNotAnsweredAtOnce(String query) {
        remember(query);

        assertThat(known.find(AskedRequest.of(PATH, query))).isNull();
    }

    @Test
    void remembersNothingThatIsVeryLong() {
        String query = "zone=" + "a".repeat(600);
        remember(query);

        assertThat(known.find(AskedRequest.of(PATH, query))).isNull();
    }

    @Test
    void remembersReadsOnly() {
        var request = AskedRequest.handled(PATH, null, PATTERN);
        request.setMethod("HEAD");
        known.remember(request, "one");

        assertThat(known.find(AskedRequest.of(PATH, null))).isNull();
    }

    private void remember(@Nullable String query) {
        known.remember(AskedRequest.handled(PATH, query, PATTERN), "one");
    }
}
