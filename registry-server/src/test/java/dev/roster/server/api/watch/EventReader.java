package dev.roster.server.api.watch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Reads server-sent events as a client would. */
final class EventReader implements AutoCloseable {

    /** An event; {@code end} is the end of the stream. */
    record Event(String id, String name, String data) {
        static final Event END = new Event("", "end", "");
    }

    private final InputStream input;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    EventReader(InputStream input) {
        this.input = input;
        Thread.ofVirtual().start(this::read);
    }

    /** Waits for the next event. */
    Event next(Duration patience) throws InterruptedException {
        Event event = events.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (event == null) {
            throw new AssertionError("no event in " + patience);
        }
        return event;
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8))) {
            String id = "";
            String name = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    events.add(new Event(id, name, line.substring(6)));
                } else if (!line.isEmpty()) {
                    throw new AssertionError("not an event: " + line);
                }
            }
        } catch (IOException e) {
            // Closed by the test, or cut off by the server: the end in either case.
            events.add(Event.END);
            return;
        }
        events.add(Event.END);
    }

    @Override
    public void close() {
        try {
            input.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
