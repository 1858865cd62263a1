package dev.roster.console.fake;

import dev.roster.api.config.ConfigFormat;
import dev.roster.api.config.ConfigItem;
import dev.roster.api.config.ConfigSummary;
import dev.roster.api.config.ConfigVersion;
import dev.roster.api.config.ConfigVersion.Action;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An item with its whole history, oldest first. */
final class FakeItem {
    final String namespace;
    final String name;
    final List<ConfigVersion> versions = new ArrayList<>();
    final List<ConfigItem> contents = new ArrayList<>();

    FakeItem(String namespace, String name) {
        this.namespace = namespace;
        this.name = name;
    }

    Optional<ConfigItem> current() {
        return versions.isEmpty() || versions.getLast().action() == Action.DELETED
                ? Optional.empty()
                : Optional.of(contents.getLast());
    }

    ConfigSummary summary() {
        ConfigItem item = contents.getLast();
        return new ConfigSummary(namespace, name, item.format(), item.version(), item.contentHash(),
                item.publishedAt(), item.publishedBy());
    }

    ConfigItem add(Action action, ConfigFormat format, String content, @Nullable String comment,
            @Nullable Long restored, String by, Instant at, long revision) {
        long version = versions.size() + 1L;
        ConfigItem item = new ConfigItem(namespace, name, format, content, version, hash(content), comment, at, by,
                revision);
        contents.add(item);
        versions.add(new ConfigVersion(version, action, format, hash(content), restored, comment, at, by, revision));
        return item;
    }

    private static String hash(String content) {
        try {
            return HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
