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
import dev.roster.client.ConfigOperations;
import dev.roster.client.PageRequest;
import dev.roster.client.RosterClient;

/**
 * Roster by HTTP, in the name of one user.
 *
 * @param client with that user's credentials
 */
record ClientRoster(RosterClient client) implements Roster {

    @Override
    public Page<String> listNamespaces() {
        return Calls.answer(() -> client.cluster().namespaces());
    }

    @Override
    public Page<ServiceSummary> listServices(String namespace, ListQuery query) {
        return Calls.answer(() -> client.inNamespace(namespace).registry().list(page(query)));
    }

    @Override
    public ServiceInstances getService(String namespace, String service) {
        return Calls.answer(() -> client.inNamespace(namespace).registry().get(service));
    }

    @Override
    public Page<ConfigSummary> listConfigs(String namespace, ListQuery query) {
        return Calls.answer(() -> configs(namespace).list(page(query)));
    }

    @Override
    public ConfigItem getConfig(String namespace, String item) {
        return Calls.answer(() -> configs(namespace).get(item));
    }

    @Override
    public ConfigItem getConfigForEditing(String namespace, String item) {
        return Calls.answer(() -> configs(namespace).getForEditing(item));
    }

    @Override
    public ConfigItem getConfigVersionForEditing(String namespace, String item, long version) {
        return Calls.answer(() -> configs(namespace).versionForEditing(item, version));
    }

    @Override
    public ConfigItem getConfigVersion(String namespace, String item, long version) {
        return Calls.answer(() -> configs(namespace).version(item, version));
    }

    @Override
    public Page<ConfigVersion> listConfigVersions(String namespace, String item, ListQuery query) {
        return Calls.answer(() -> configs(namespace).versions(item, page(query)));
    }

    @Override
    public ConfigItem publish(String namespace, String item, PublishRequest request, long baseVersion) {
        return Calls.answer(() -> baseVersion == 0
                ? configs(namespace).create(item, request)
                : configs(namespace).publish(item, baseVersion, request));
    }

    @Override
    public ConfigItem rollBack(String namespace, String item, RollbackRequest request, long baseVersion) {
        return Calls.answer(() -> configs(namespace).rollback(item, baseVersion, request));
    }

    @Override
    public void deleteConfig(String namespace, String item, long baseVersion) {
        Calls.tell(() -> configs(namespace).delete(item, baseVersion));
    }

    @Override
    public ClusterStatus cluster() {
        return Calls.answer(() -> client.cluster().status());
    }

    @Override
    public Page<User> listUsers(ListQuery query) {
        return Calls.answer(() -> client.security().users(page(query)));
    }

    @Override
    public User putUser(String name, UserRequest request) {
        return Calls.answer(() -> client.security().putUser(name, request));
    }

    @Override
    public void deleteUser(String name) {
        Calls.tell(() -> client.security().deleteUser(name));
    }

    @Override
    public Page<Token> listTokens(ListQuery query) {
        return Calls.answer(() -> client.security().tokens(page(query)));
    }

    @Override
    public IssuedToken issueToken(TokenRequest request) {
        return Calls.answer(() -> client.security().issueToken(request));
    }

    @Override
    public void revokeToken(String id) {
        Calls.tell(() -> client.security().revokeToken(id));
    }

    @Override
    public void revokeOwnToken() {
        Calls.tell(() -> client.security().revokeCurrentToken());
    }

    private ConfigOperations configs(String namespace) {
        return client.inNamespace(namespace).configs();
    }

    private static PageRequest page(ListQuery query) {
        return new PageRequest(query.prefix().isEmpty() ? null : query.prefix(), query.limit(), query.cursor());
    }
}
