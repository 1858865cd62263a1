package dev.roster.system.fault;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Items that only ever change together: what they are to hold in each version, and whether what was seen is that of one version. */
final class ItemsSeen {

    /** How many there are. */
    static final int COUNT = 200;

    private static final String FILLER = "0123456789".repeat(50);

    /** All versions: a member that starts again may show any of them. */
    private final Map<Long, Map<String, Version>> expected = new TreeMap<>();

    /** What was seen of an item. */
    record Version(long number, String hash) {}

    ItemsSeen() {
        expected.put(0L, Map.of());
    }

    /** Returns the documents of an attempt to publish all items, by name. */
    static Map<String, String> documents(String attempt) {
        Map<String, String> documents = new LinkedHashMap<>();
        for (int i = 0; i < COUNT; i++) {
            documents.put("item-%03d".formatted(i),
                    "attempt: " + attempt + "\nitem: " + i + "\nfiller: " + FILLER + "\n");
        }
        return documents;
    }

    /** Expects a version to have the documents of an attempt, and of none before. */
    synchronized void expect(long version, String attempt) {
        Map<String, Version> hashes = new TreeMap<>();
        documents(attempt).forEach((name, document) -> hashes.put(name, new Version(version, sha256(document))));
        expected.put(version, hashes);
    }

    /**
     * Returns which version all items have.
     *
     * @throws AssertionError if they do not all have one, with the documents of it
     */
    synchronized long version(Map<String, Version> seen) {
        long version = seen.values().stream().mapToLong(Version::number).max().orElse(0);
        if (!seen.equals(expected.get(version))) {
            Map<Long, Integer> counts = new TreeMap<>();
            seen.values().forEach(one -> counts.merge(one.number(), 1, Integer::sum));
            throw new AssertionError(
                    seen.size() + " items, by version " + counts + ", or with other content: " + seen);
        }
        return version;
    }

    private static String sha256(String document) {
        try {
            return HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(document.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
