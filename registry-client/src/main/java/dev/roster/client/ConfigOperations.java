package dev.roster.client;

import dev.roster.api.Page;
import dev.roster.api.config.ConfigAdoption;
import dev.roster.api.config.ConfigItem;
import dev.roster.api.config.ConfigSummary;
import dev.roster.api.config.ConfigVersion;
import dev.roster.api.config.GrayActionRequest;
import dev.roster.api.config.GrayRelease;
import dev.roster.api.config.GrayReleaseRequest;
import dev.roster.api.config.PublishRequest;
import dev.roster.api.config.RollbackRequest;
import java.util.List;
import java.util.Optional;

/**
 * Configuration items of one namespace. Every method asks the server, blocks until the answer is there, may be called by any
 * thread, and throws a {@link RosterException}.
 *
 * <p>Changes name the version that they are based on, and are refused with {@code version-mismatch} (the problem says the
 * current version) if somebody else was faster. They are not repeated when the answer is lost: that is a
 * {@link RosterOutcomeUnknownException}.
 */
public interface ConfigOperations {

    /**
     * Publishes the first version of an item, or the first one after its deletion.
     *
     * @throws RosterRejectedException with {@code version-mismatch} if the item exists; {@code invalid-document} if the
     *     content does not parse (the violation says line and column)
     */
    ConfigItem create(String name, PublishRequest request);

    /**
     * Publishes the next version of an item.
     *
     * @param expectedVersion the version that is current as far as the caller knows
     * @throws RosterRejectedException with {@code version-mismatch}, {@code invalid-document}
     */
    ConfigItem publish(String name, long expectedVersion, PublishRequest request);

    /**
     * Returns the current version of an item.
     *
     * @throws RosterRejectedException with {@code config-not-found}
     */
    ConfigItem get(String name);

    /**
     * Returns the current version of an item with its secrets encrypted, so that its document can be changed and published by
     * somebody who may not read them.
     *
     * @throws RosterRejectedException with {@code config-not-found}
     */
    ConfigItem getForEditing(String name);

    /** Returns the current version of an item, if it exists. */
    Optional<ConfigItem> find(String name);

    /** Returns a page of the items, by name. */
    Page<ConfigSummary> list(PageRequest page);

    /** Returns a page of an item's history, newest first; also after its deletion. */
    Page<ConfigVersion> versions(String name, PageRequest page);

    /**
     * Returns an item as it was in one version.
     *
     * @throws RosterRejectedException with {@code version-not-found}
     */
    ConfigItem version(String name, long version);

    /**
     * Returns an item as it was in one version, with its secrets encrypted as for {@link #getForEditing}.
     *
     * @throws RosterRejectedException with {@code version-not-found}
     */
    ConfigItem versionForEditing(String name, long version);

    /**
     * Publishes the content of an earlier version again.
     *
     * @param expectedVersion the version that is current as far as the caller knows
     * @return the new version
     */
    ConfigItem rollback(String name, long expectedVersion, RollbackRequest request);

    /**
     * Deletes an item; its history stays.
     *
     * @param expectedVersion the version that is current as far as the caller knows
     */
    void delete(String name, long expectedVersion);

    /** Tells how far the current version of an item has come in the applications that follow it. */
    ConfigAdoption adoption(String name);

    /**
     * Makes a document the next version of an item, live for some first.
     *
     * @param expectedVersion the version that is current as far as the caller knows
     * @throws RosterRejectedException with {@code version-mismatch}, {@code invalid-document}, {@code gray-release-running}
     */
    GrayRelease startGrayRelease(String name, long expectedVersion, GrayReleaseRequest request);

    /**
     * Returns a gray release.
     *
     * @param version the version that it began with
     * @throws RosterRejectedException with {@code gray-release-not-found}
     */
    GrayRelease grayRelease(String name, long version);

    /** Returns the gray release of an item that runs and the last ones that have ended, the newest first. */
    List<GrayRelease> grayReleases(String name);

    /**
     * Moves or ends a gray release.
     *
     * @param expectedNumber the number that it has as far as the caller knows
     * @throws RosterRejectedException with {@code version-mismatch} if it has another one, {@code conflict} if it cannot do that
     */
    GrayRelease actOnGrayRelease(String name, long version, long expectedNumber, GrayActionRequest request);
}
