package dev.roster.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Credentials from a file that holds a token, read again whenever the file changes, so that tokens may rotate under a
 * running program. A file that can't be read for a while leaves the last token in use. Safe for use by several threads.
 */
public final class TokenFile implements Supplier<Credentials> {
    private static final Logger LOG = LoggerFactory.getLogger(TokenFile.class);

    private final Path file;
    private @Nullable FileTime readAt;
    private @Nullable Credentials last;

    /** Reads tokens from this file, the first time when one is needed. */
    public TokenFile(Path file) {
        this.file = file;
    }

    /**
     * Returns the token that the file holds now.
     *
     * @throws UncheckedIOException if the file has never been readable
     * @throws IllegalArgumentException if it has never held a token
     */
    @Override
    public synchronized Credentials get() {
        try {
            FileTime modified = Files.getLastModifiedTime(file);
            if (last == null || !modified.equals(readAt)) {
                last = Credentials.token(Files.readString(file, StandardCharsets.UTF_8).strip());
                readAt = modified;
            }
        } catch (IOException e) {
            if (last == null) {
                throw new UncheckedIOException("token file " + file + " cannot be read", e);
            }
            LOG.debug("Token file {} cannot be read, the last token stays in use", file, e);
        } catch (IllegalArgumentException e) {
            if (last == null) {
                throw new IllegalArgumentException("token file " + file + " holds no token", e);
            }
            LOG.debug("Token file {} is empty, the last token stays in use", file);
        }
        return last;
    }

    @Override
    public String toString() {
        return "TokenFile[" + file + "]";
    }
}
