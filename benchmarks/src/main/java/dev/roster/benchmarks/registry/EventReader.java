package dev.roster.benchmarks.registry;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Reads an answer of server-sent events in chunks (RFC 9112, section 7.1) as its bytes come, and tells the beginning of each
 * line. For one thread.
 */
final class EventReader {

    /** What is looked for stands at the beginning; snapshots have lines of megabytes. */
    private static final int LINE_BYTES = 256;

    private static final String OK = "HTTP/1.1 200";
    private static final int HEXADECIMAL = 16;

    private enum State {
        HEAD, SIZE, DATA, END_OF_CHUNK
    }

    private final Consumer<String> lines;
    private final byte[] line = new byte[LINE_BYTES];
    private int length;
    private boolean answered;
    private State state = State.HEAD;
    private int left;

    EventReader(Consumer<String> lines) {
        this.lines = lines;
    }

    /** Takes what has come. */
    void read(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            switch (state) {
                case HEAD -> head(next);
                case SIZE -> size(next);
                case DATA -> data(next);
                case END_OF_CHUNK -> state = next == '\n' ? State.SIZE : State.END_OF_CHUNK;
            }
        }
    }

    private void head(byte next) throws IOException {
        if (next != '\n') {
            add(next);
            return;
        }
        String text = takeLine();
        if (!answered && !text.startsWith(OK)) {
            throw new IOException("a watch was answered " + text);
        }
        answered = true;
        if (text.isEmpty()) {
            state = State.SIZE;
        }
    }

    private void size(byte next) throws IOException {
        if (next != '\n') {
            left = next == '\r' ? left : left * HEXADECIMAL + Character.digit(next, HEXADECIMAL);
        } else if (left == 0) {
            throw new IOException("a watch has ended");
        } else {
            state = State.DATA;
        }
    }

    /** A line may go on in the next chunk. */
    private void data(byte next) {
        if (next == '\n') {
            lines.accept(takeLine());
        } else {
            add(next);
        }
        left--;
        if (left == 0) {
            state = State.END_OF_CHUNK;
        }
    }

    private void add(byte next) {
        if (next != '\r' && length < LINE_BYTES) {
            line[length++] = next;
        }
    }

    private String takeLine() {
        String text = new String(line, 0, length, StandardCharsets.ISO_8859_1);
        length = 0;
        return text;
    }
}
