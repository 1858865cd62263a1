package dev.roster.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.springframework.core.io.Resource;

/** Entity tags of the console's styles and scripts: the beginning of the content's SHA-256, computed once for each file. */
final class AssetTags implements Function<Resource, String> {
    private static final int BYTES = 12;

    private final Map<URI, String> known = new ConcurrentHashMap<>();

    @Override
    public String apply(Resource asset) {
        try {
            return known.computeIfAbsent(asset.getURI(), uri -> tag(asset));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String tag(Resource asset) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(asset.getContentAsByteArray());
            return '"' + HexFormat.of().formatHex(hash, 0, BYTES) + '"';
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
