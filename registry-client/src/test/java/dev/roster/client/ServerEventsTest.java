package dev.roster.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.client.ServerEvents.Event;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServerEventsTest {
    private int lines;

    @Test
    void readsEventsWithTheirTypesAndData() throws IOException {
        assertThat(read("event: snapshot\nid: 5\ndata: {\"a\": \"ä\"}\n\nevent:change\ndata:x\n\n"))
                .containsExactly(new Event("snapshot", "{\"a\": \"ä\"}"), new Event("change", "x"));
    }

    @Test
    void joinsLinesOfDataAndAcceptsCarriageReturns() throws IOException {
        assertThat(read("data: a\r\ndata: b\r\n\r\n")).containsExactly(new Event("message", "a\nb"));
    }

    @Test
    void countsCommentsAsSignsOfLife() throws IOException {
        assertThat(read(": hello\n\n: again\n\n")).isEmpty();
        assertThat(lines).isEqualTo(4);
    }

    @Test
    void passesOverAnUnfinishedEventAtTheEnd() throws IOException {
        assertThat(read("data: a\n\ndata: b\n")).containsExactly(new Event("message", "a"));
        assertThat(read("data: a\n\ndata: b")).containsExactly(new Event("message", "a"));
    }

    @Test
    void readsAnEventThatIsLongerThanAnyBuffer() throws IOException {
        String data = "x".repeat(1_000_000);

        assertThat(read("data: " + data + "\n\n")).containsExactly(new Event("message", data));
    }

    private List<Event> read(String text) throws IOException {
        List<Event> events = new ArrayList<>();
        try (ServerEvents stream = new ServerEvents(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                () -> lines++)) {
            for (Optional<Event> event = stream.next(); event.isPresent(); event = stream.next()) {
                events.add(event.get());
            }
        }
        return events;
    }
}
