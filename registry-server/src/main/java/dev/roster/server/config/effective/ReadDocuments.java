package dev.roster.server.config.effective;

import dev.roster.server.config.Release;
import dev.roster.server.config.format.DocumentFormat;
import dev.roster.server.config.format.DocumentProperties;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads documents, and keeps what it has read of those that were asked for last: every instance of an application asks for the
 * same ones, and parsing them would be most of the work. Documents are told apart by format and hash, whatever item they are
 * of. One whose content is not what its hash says has secrets in the clear, and is not kept. May be used by any thread.
 */
final class ReadDocuments {

    private final int maxWeight;

    /** In the order of their last use. Guarded by itself, as is {@link #weight}. */
    private final Map<Document, DocumentProperties> kept = new LinkedHashMap<>(16, 0.75f, true);
    private int weight;

    private record Document(DocumentFormat format, String hash) {}

    /**
     * Makes it, with nothing kept.
     *
     * @param maxWeight most properties and documents together that are kept
     */
    ReadDocuments(int maxWeight) {
        this.maxWeight = maxWeight;
    }

    /** Returns the properties of a version. */
    DocumentProperties read(Release release) {
        DocumentFormat format = release.entry().format();
        String hash = sha256(release.content());
        if (!hash.equals(release.entry().contentHash())) {
            return DocumentProperties.read(format, release.content());
        }
        Document document = new Document(format, hash);
        DocumentProperties known = find(document);
        if (known != null) {
            return known;
        }
        DocumentProperties read = DocumentProperties.read(format, release.content());
        keep(document, read);
        return read;
    }

    private @Nullable DocumentProperties find(Document document) {
        synchronized (kept) {
            return kept.get(document);
        }
    }

    private void keep(Document document, DocumentProperties read) {
        synchronized (kept) {
            if (weight(read) <= maxWeight && kept.putIfAbsent(document, read) == null) {
                weight += weight(read);
            }
            Iterator<DocumentProperties> oldest = kept.values().iterator();
            while (weight > maxWeight) {
                weight -= weight(oldest.next());
                oldest.remove();
            }
        }
    }

    private static int weight(DocumentProperties read) {
        return 1 + read.properties().size();
    }

    private static String sha256(String content) {
        try {
            return HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
