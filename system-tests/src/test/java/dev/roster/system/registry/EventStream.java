package dev.roster.system.registry;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The server-sent events of one answer. Read by one thread. */
final class EventStream implements Closeable {
    private final BufferedReader lines;

    EventStream(InputStream answer) {
        lines = new BufferedReader(new InputStreamReader(answer, StandardCharsets.UTF_8));
    }

    /**
     * An event.
     *
     * @param revision its id
     * @param type its name
     * @param data JSON
     */
    record Event(long revision, String type, String data) {}

    /** Returns the next event, empty at the end. */
    Optional<Event> next() throws IOException {
        long revision = 0;
        String type = "";
        String data = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty() && !data.isEmpty()) {
                return Optional.of(new Event(revision, type, data));
            } else if (line.startsWith("id: ")) {
                revision = Long.parseLong(line.substring(4));
            } else if (line.startsWith("event: ")) {
                type = line.substring(7);
            } else if (line.startsWith("data: ")) {
                data = line.substring(6);
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
