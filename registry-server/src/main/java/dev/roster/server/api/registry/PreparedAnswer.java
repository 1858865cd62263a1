package dev.roster.server.api.registry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * An answer in the bytes that go out, shared by all who get it. It is true from the revision that it was made at to the last
 * one of which that is known. May be used by any thread.
 */
final class PreparedAnswer {

    /** What compression is not worth its while for: it fits into a packet or two. */
    private static final int MIN_COMPRESSED_BYTES = 2048;

    private final String tag;
    private final long madeAt;
    private final @Nullable Instant changesAt;
    private final byte[] json;
    private final AtomicLong trueAt;
    private final AtomicReference<byte[]> compressed = new AtomicReference<>();

    /**
     * Makes it.
     *
     * @param changesAt when it ceases to be true although nothing is changed, null if it does not
     */
    PreparedAnswer(String tag, long madeAt, @Nullable Instant changesAt, byte[] json) {
        this.tag = tag;
        this.madeAt = madeAt;
        this.changesAt = changesAt;
        this.json = json;
        this.trueAt = new AtomicLong(madeAt);
    }

    /** Returns its weak entity tag: the revision in the answer may be an earlier one than that at which it is still true. */
    String tag() {
        return tag;
    }

    long madeAt() {
        return madeAt;
    }

    @Nullable
    Instant changesAt() {
        return changesAt;
    }

    /** Returns the last revision at which it is known to be true. */
    long trueAt() {
        return trueAt.get();
    }

    /** Notes that it is true at a revision, and at all since it was made. */
    void isTrueAt(long revision) {
        trueAt.accumulateAndGet(revision, Math::max);
    }

    byte[] json() {
        return json;
    }

    /** Tells whether there is a compressed form. */
    boolean isCompressible() {
        return json.length >= MIN_COMPRESSED_BYTES;
    }

    /** Returns it as RFC 1952 has it; made when it is asked for the first time. */
    byte[] gzip() {
        byte[] known = compressed.get();
        if (known != null) {
            return known;
        }
        // Two who come at once may both make it; they make the same.
        byte[] made = compress(json);
        compressed.set(made);
        return made;
    }

    /** Returns what it takes of memory, with a compressed form, which is a tenth at most of what is as regular as this. */
    int weight() {
        return json.length + json.length / 8;
    }

    private static byte[] compress(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length / 8);
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }
}
