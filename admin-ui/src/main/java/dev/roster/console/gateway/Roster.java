package dev.roster.console.gateway;

import dev.roster.api.Page;
import dev.roster.api.cluster.ClusterStatus;
import dev.roster.api.config.ConfigItem;
import dev.roster.api.config.ConfigSummary;
import dev.roster.api.config.ConfigVersion;
import dev.roster.api.config.PublishRequest;
import dev.roster.api.config.RollbackRequest;
import dev.roster.api.registry.ServiceInstances;
import dev.roster.api.registry.ServiceSummary;
import dev.roster.api.security.IssuedToken;
import dev.roster.api.security.Token;
import dev.roster.api.security.TokenRequest;
import dev.roster.api.security.User;
import dev.roster.api.security.UserRequest;
import org.jspecify.annotations.Nullable;

/**
 * Roster in the name of one user, as far as pages need it. Safe for concurrent use; every method blocks and throws
 * {@link RefusedException} or {@link ServerAwayException}.
 */
public interface Roster {

    /** Names of the namespaces that hold anything, in order. */
    Page<String> listNamespaces();

    /** Services by name. */
    Page<ServiceSummary> listServices(String namespace, ListQuery query);

    /** A service; refused with {@code service-not-found} when nothing is registered. */
    ServiceInstances getService(String namespace, String service);

    /** Configuration items by name, without their content. */
    Page<ConfigSummary> listConfigs(String namespace, ListQuery query);

    /** The current version; refused with {@code config-not-found} when there is none. */
    ConfigItem getConfig(String namespace, String item);

    /** The current version with its secrets encrypted, so that it can be changed and published again. */
    default ConfigItem getConfigForEditing(String namespace, String item) {
        return getConfig(namespace, item);
    }

    /** A version from the history with its secrets encrypted. */
    default ConfigItem getConfigVersionForEditing(String namespace, String item, long version) {
        return getConfigVersion(namespace, item, version);
    }

    /** A version from the history; refused with {@code version-not-found}. */
    ConfigItem getConfigVersion(String namespace, String item, long version);

    /** The history, newest first, also of a deleted item. The prefix of the query is not used. */
    Page<ConfigVersion> listConfigVersions(String namespace, String item, ListQuery query);

    /**
     * Publishes a version.
     *
     * @param baseVersion the version that it is to replace, 0 when the item must not exist yet; refused with
     *     {@code version-mismatch} when another one is current
     */
    ConfigItem publish(String namespace, String item, PublishRequest request, long baseVersion);

    /** Publishes an earlier version again; {@code baseVersion} as in {@link #publish}. */
    ConfigItem rollBack(String namespace, String item, RollbackRequest request, long baseVersion);

    /** Deletes the item, not its history; {@code baseVersion} as in {@link #publish}. */
    void deleteConfig(String namespace, String item, long baseVersion);

    /** The cluster as the answering member sees it. */
    ClusterStatus cluster();

    /** Users by name. */
    Page<User> listUsers(ListQuery query);

    /** Makes or changes a user. */
    User putUser(String name, UserRequest request);

    /** Deletes a user. */
    void deleteUser(String name);

    /** The user's own tokens; everybody's for an admin. */
    Page<Token> listTokens(ListQuery query);

    /** Issues a token; its secret is in the answer and nowhere else. */
    IssuedToken issueToken(TokenRequest request);

    /** Revokes a token. */
    void revokeToken(String id);

    /** Revokes the token that this access uses. */
    void revokeOwnToken();

    /**
     * Which part of a list is wanted.
     *
     * @param prefix what names start with, empty for all
     * @param limit most entries of the page, 1 to 1,000
     * @param cursor from the page before, null for the first page
     */
    record ListQuery(String prefix, int limit, @Nullable String cursor) {
        /** The largest limit. */
        public static final int MAX_LIMIT = 1_000;

        /** The page after {@code cursor}. */
        public ListQuery after(@Nullable String next) {
            return new ListQuery(prefix, limit, next);
        }
    }
}
