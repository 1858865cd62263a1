package dev.roster.server.api.wire;

import dev.roster.api.config.ConfigFormat;
import dev.roster.api.config.ConfigItem;
import dev.roster.api.config.ConfigSummary;
import dev.roster.api.config.ConfigVersion;
import dev.roster.server.config.ItemKey;
import dev.roster.server.config.ItemPage;
import dev.roster.server.config.Release;
import dev.roster.server.config.ReleaseEntry;
import dev.roster.server.config.format.DocumentFormat;

/** What configuration holds, as records of the API. */
public final class ConfigRecords {
    private ConfigRecords() {}

    /** Returns an item with the content of a version. */
    public static ConfigItem item(Release release) {
        ItemKey key = release.item();
        ReleaseEntry entry = release.entry();
        return new ConfigItem(key.namespace().value(), key.name().value(), format(entry.format()), release.content(),
                entry.version(), entry.contentHash(), entry.comment(), entry.publishedAt(), entry.publishedBy(),
                entry.revision());
    }

    /** Returns an item as a list shows it. */
    public static ConfigSummary summary(ItemPage.Entry item) {
        ItemKey key = item.item();
        ReleaseEntry entry = item.current();
        return new ConfigSummary(key.namespace().value(), key.name().value(), format(entry.format()), entry.version(),
                entry.contentHash(), entry.publishedAt(), entry.publishedBy());
    }

    /** Returns an entry of a history. */
    public static ConfigVersion version(ReleaseEntry entry) {
        ConfigVersion.Action action = switch (entry.action()) {
            case PUBLISHED -> ConfigVersion.Action.PUBLISHED;
            case ROLLED_BACK -> ConfigVersion.Action.ROLLED_BACK;
            case DELETED -> ConfigVersion.Action.DELETED;
            case STAGED -> ConfigVersion.Action.STAGED;
            case PROMOTED -> ConfigVersion.Action.PROMOTED;
        };
        return new ConfigVersion(entry.version(), action, format(entry.format()), entry.contentHash(),
                entry.restoredVersion(), entry.comment(), entry.publishedAt(), entry.publishedBy(), entry.revision());
    }

    /** Returns a format as the API names it. */
    public static ConfigFormat format(DocumentFormat format) {
        return switch (format) {
            case YAML -> ConfigFormat.YAML;
            case PROPERTIES -> ConfigFormat.PROPERTIES;
            case JSON -> ConfigFormat.JSON;
            case TOML -> ConfigFormat.TOML;
            case XML -> ConfigFormat.XML;
            case TEXT -> ConfigFormat.TEXT;
        };
    }

    /** Returns the format that the API names. */
    public static DocumentFormat format(ConfigFormat format) {
        return switch (format) {
            case YAML -> DocumentFormat.YAML;
            case PROPERTIES -> DocumentFormat.PROPERTIES;
            case JSON -> DocumentFormat.JSON;
            case TOML -> DocumentFormat.TOML;
            case XML -> DocumentFormat.XML;
            case TEXT -> DocumentFormat.TEXT;
        };
    }
}
