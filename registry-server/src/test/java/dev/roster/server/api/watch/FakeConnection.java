package dev.roster.server.api.watch;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.mock.web.MockAsyncContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** A connection whose other side takes bytes only when a test lets it, and that notices when two threads write at once. */
final class FakeConnection extends ServletOutputStream {
    final AtomicInteger completions = new AtomicInteger();
    private final ByteArrayOutputStream flushed = new ByteArrayOutputStream();
    private final ByteArrayOutputStream buffered = new ByteArrayOutputStream();
    private final AtomicInteger inside = new AtomicInteger();
    private volatile WriteListener listener;
    private volatile boolean ready;
    private volatile boolean broken;

    /** Connects a stream. */
    void connect(WatchStream stream) {
        stream.connect(new MockAsyncContext(new MockHttpServletRequest(), new MockHttpServletResponse()) {
            @Override
            public void complete() {
                completions.incrementAndGet();
            }
        }, this);
    }

    /** Lets the other side read, or stop reading. */
    void ready(boolean now) throws IOException {
        ready = now;
        if (now) {
            listener.onWritePossible();
        }
    }

    /** Lets the next write fail. */
    void breakOff() {
        broken = true;
    }

    /** Returns what the other side has. */
    synchronized String received() {
        return flushed.toString(StandardCharsets.UTF_8);
    }

    @Override
    public boolean isReady() {
        return ready;
    }

    @Override
    public void setWriteListener(WriteListener given) {
        listener = given;
    }

    @Override
    public void write(int b) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        if (inside.incrementAndGet() != 1 || !ready) {
            throw new AssertionError("written by two at once, or when not ready");
        }
        if (broken) {
            throw new IOException("gone");
        }
        synchronized (this) {
            buffered.writeBytes(bytes);
        }
        inside.decrementAndGet();
    }

    @Override
    public synchronized void flush() {
        flushed.writeBytes(buffered.toByteArray());
        buffered.reset();
    }
}
