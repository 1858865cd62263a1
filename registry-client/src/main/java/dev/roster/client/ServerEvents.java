package dev.roster.client;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads server-sent events (WHATWG HTML, section 9.2.6) from a stream: the fields {@code event} and {@code data}; others and
 * comments are passed over, and so is an unfinished event at the end. Used by one thread; may be closed by another.
 */
final class ServerEvents implements Closeable {

    /** Longest line: a snapshot of 1,000 services with a hundred instances each takes some 30 MiB. */
    private static final int MAX_LINE_BYTES = 64 << 20;

    private final InputStream in;
    private final Runnable onLine;
    private final byte[] buffer = new byte[1 << 14];
    private int position;
    private int limit;

    /**
     * An event.
     *
     * @param type its name, {@code message} if none was given
     * @param data its lines, joined by line feeds
     */
    record Event(String type, String data) {}

    /**
     * Reads from a stream.
     *
     * @param onLine called for every line, be it a comment: the other side is alive
     */
    ServerEvents(InputStream in, Runnable onLine) {
        this.in = in;
        this.onLine = onLine;
    }

    /** Returns the next event, empty at the end of the stream. */
    Optional<Event> next() throws IOException {
        String type = "message";
        StringBuilder data = new StringBuilder();
        boolean hasData = false;
        for (Optional<String> line = line(); line.isPresent(); line = line()) {
            onLine.run();
            String text = line.get();
            if (text.isEmpty() && hasData) {
                return Optional.of(new Event(type, data.toString()));
            } else if (text.isEmpty()) {
                type = "message";
            } else if (text.startsWith("event:")) {
                type = value(text, "event:");
            } else if (text.startsWith("data:")) {
                data.append(hasData ? "\n" : "").append(value(text, "data:"));
                hasData = true;
            }
        }
        return Optional.empty();
    }

    private static String value(String line, String field) {
        int start = field.length();
        return line.startsWith(" ", start) ? line.substring(start + 1) : line.substring(start);
    }

    private Optional<String> line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        while (position < limit || fill()) {
            int start = position;
            while (position < limit && buffer[position] != '\n') {
                position++;
            }
            line.write(buffer, start, position - start);
            if (position < limit) {
                position++;
                String text = line.toString(StandardCharsets.UTF_8);
                return Optional.of(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
            }
            if (line.size() > MAX_LINE_BYTES) {
                throw new IOException("an event is longer than " + MAX_LINE_BYTES + " bytes");
            }
        }
        return Optional.empty();
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, in.read(buffer));
        return limit > 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
