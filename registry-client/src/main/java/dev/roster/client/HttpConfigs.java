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
import java.util.Set;

/** Configuration over HTTP. */
record HttpConfigs(Session session) implements ConfigOperations {
    private static final String SECRETS = "secrets";
    private static final String CIPHER = "cipher";
    private static final Set<String> NO_ITEM = Set.of("config-not-found");

    @Override
    public ConfigItem create(String name, PublishRequest request) {
        Call call = Call.unrepeatable("PUT", item(name), request).withHeader("If-None-Match", "*");
        return session.ask(call, ConfigItem.class);
    }

    @Override
    public ConfigItem publish(String name, long expectedVersion, PublishRequest request) {
        return session.ask(ifMatch(Call.unrepeatable("PUT", item(name), request), expectedVersion), ConfigItem.class);
    }

    @Override
    public ConfigItem get(String name) {
        return session.ask(Call.read(item(name)), ConfigItem.class);
    }

    @Override
    public ConfigItem getForEditing(String name) {
        return session.ask(Call.read(item(name).query(SECRETS, CIPHER)), ConfigItem.class);
    }

    @Override
    public Optional<ConfigItem> find(String name) {
        return session.find(Call.read(item(name)), ConfigItem.class, NO_ITEM);
    }

    @Override
    public Page<ConfigSummary> list(PageRequest page) {
        return session.askPage(Call.read(session.inNamespace().literal("/configs").page(page)), ConfigSummary.class);
    }

    @Override
    public Page<ConfigVersion> versions(String name, PageRequest page) {
        return session.askPage(Call.read(item(name).literal("/versions").pageWithoutPrefix(page)), ConfigVersion.class);
    }

    @Override
    public ConfigItem version(String name, long version) {
        return session.ask(Call.read(item(name).literal("/versions/" + version)), ConfigItem.class);
    }

    @Override
    public ConfigItem versionForEditing(String name, long version) {
        return session.ask(Call.read(item(name).literal("/versions/" + version).query(SECRETS, CIPHER)),
                ConfigItem.class);
    }

    @Override
    public ConfigItem rollback(String name, long expectedVersion, RollbackRequest request) {
        Call call = Call.unrepeatable("POST", item(name).literal("/rollback"), request);
        return session.ask(ifMatch(call, expectedVersion), ConfigItem.class);
    }

    @Override
    public void delete(String name, long expectedVersion) {
        session.tell(ifMatch(Call.unrepeatable("DELETE", item(name), null), expectedVersion));
    }

    @Override
    public ConfigAdoption adoption(String name) {
        return session.ask(Call.read(item(name).literal("/adoption")), ConfigAdoption.class);
    }

    @Override
    public GrayRelease startGrayRelease(String name, long expectedVersion, GrayReleaseRequest request) {
        Call call = Call.unrepeatable("POST", item(name).literal("/gray-releases"), request);
        return session.ask(ifMatch(call, expectedVersion), GrayRelease.class);
    }

    @Override
    public GrayRelease grayRelease(String name, long version) {
        return session.ask(Call.read(item(name).literal("/gray-releases/" + version)), GrayRelease.class);
    }

    @Override
    public List<GrayRelease> grayReleases(String name) {
        return session.askPage(Call.read(item(name).literal("/gray-releases")), GrayRelease.class).items();
    }

    @Override
    public GrayRelease actOnGrayRelease(String name, long version, long expectedNumber, GrayActionRequest request) {
        Call call = Call.unrepeatable("POST", item(name).literal("/gray-releases/" + version + "/actions"), request);
        return session.ask(ifMatch(call, expectedNumber), GrayRelease.class);
    }

    private static Call ifMatch(Call call, long version) {
        return call.withHeader("If-Match", "\"" + version + "\"");
    }

    private Call.Path item(String name) {
        return session.inNamespace().literal("/configs").segment("item", name);
    }
}
