package dev.roster.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.config.check.ApplicationMetadatas;
import dev.roster.server.config.check.CheckMismatchException;
import dev.roster.server.config.check.ItemSchemas;
import dev.roster.server.config.check.MetadataSummary;
import dev.roster.server.config.format.DocumentFormat;
import dev.roster.server.fixture.Callers;
import dev.roster.server.fixture.LocalStore;
import dev.roster.server.security.Caller;
import dev.roster.server.security.ForbiddenException;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Documents are published only if schema and application would take them, where that is asked for. */
class ConfigChecksTest {
    private static final Caller EDITOR = Callers.of(Role.EDITOR);
    private static final Caller ADMIN = Callers.of(Role.ADMIN);
    private static final NamespaceName SHOP = new NamespaceName("shop");
    private static final String METADATA = "{\"properties\": [{\"name\": \"server.port\", \"type\": \"java.lang.Integer\"},"
            + "{\"name\": \"server.old\", \"deprecation\": {}}]}";

    private final LocalStore local = new LocalStore();
    private final ConfigReleases releases = new ConfigReleases(local.store, local.clock, new SimpleMeterRegistry());
    private final ApplicationMetadatas metadata = new ApplicationMetadatas(local.store);
    private final ItemSchemas schemas = new ItemSchemas(local.store);
    private final ConfigChecks checks = new ConfigChecks(local.store);

    @AfterEach
    void close() {
        local.close();
    }

    private static ItemKey item(String name) {
        return new ItemKey(SHOP, new ItemName(name));
    }

    private static Publication yaml(String content) {
        return new Publication(DocumentFormat.YAML, content, null);
    }

    private void publish(String name, String content) {
        releases.publish(EDITOR, item(name), yaml(content), new Expectation.Absent());
    }

    @Test
    void refusesWhatTheApplicationWouldNotTakeOnlyWhereThatWasChosen() {
        metadata.set(EDITOR, SHOP, "orders", METADATA, false, false);
        publish("orders", "server:\n  prot: 1\n");
        assertThat(checks.check(EDITOR, item("orders"), yaml("server:\n  prot: 1\n"))).satisfies(result -> {
            assertThat(result.publishable()).isTrue();
            assertThat(result.findings()).hasSize(1);
        });

        metadata.set(EDITOR, SHOP, "orders", METADATA, false, true);

        assertThatThrownBy(() -> publish("orders-production", "a: 1\nserver:\n  port: x\n"))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessage("line 3, column 3: server.port has a wrong value");
        publish("orders-test", "server:\n  old: 1\n");
        publish("stock", "server:\n  port: x\n");
        publish("ordersx", "server:\n  port: x\n");
        assertThat(releases.rollBack(EDITOR, item("orders"), 1L, 1, null).entry().version()).isEqualTo(2);
        metadata.remove(EDITOR, SHOP, "orders");
        publish("orders-production", "server:\n  port: x\n");
    }

    @Test
    void addsTheMetadataOfLibraries() {
        metadata.set(EDITOR, SHOP, "orders", METADATA, false, false);

        MetadataSummary more = metadata.set(EDITOR, SHOP, "orders", "{\"properties\": [{\"name\": \"x.y\"}]}", true,
                true);

        assertThat(more).isEqualTo(new MetadataSummary("orders", 2, 3, true));
        assertThat(metadata.get(Callers.of(Role.READER), SHOP, "orders")).isEqualTo(more);
        assertThat(metadata.get(EDITOR, SHOP, "other")).isEqualTo(new MetadataSummary("other", 0, 0, false));
        assertThatThrownBy(() -> metadata.set(EDITOR, SHOP, "a/b", METADATA, false, false))
                .isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> metadata.set(Callers.of(Role.READER), SHOP, "orders", METADATA, false, false))
                .isInstanceOf(ForbiddenException.class);
    }

    @Test
    void refusesWhatTheSchemaOfTheItemDoesNotAllow() {
        schemas.set(ADMIN, SHOP, "orders", 0, "{\"properties\": {\"port\": {\"type\": \"integer\"}}}");

        assertThatThrownBy(() -> publish("orders", "a: 1\nport: x\n")).isInstanceOf(InvalidDocumentException.class)
                .hasMessageStartingWith("line 2, column 1: port ");
        assertThat(checks.check(EDITOR, item("orders"), yaml("port: x\n")).publishable()).isFalse();
        publish("orders", "port: 1\n");
        publish("other", "port: x\n");
        assertThatThrownBy(() -> schemas.set(ADMIN, SHOP, "orders", 0, "{}"))
                .isInstanceOf(CheckMismatchException.class);
        assertThatThrownBy(() -> schemas.set(EDITOR, SHOP, "orders", 1, "{}")).isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> schemas.set(ADMIN, SHOP, "orders", 1, "{\"$ref\": \"http://x\"}"))
                .isInstanceOf(InvalidArgumentException.class);
        assertThat(schemas.set(ADMIN, SHOP, "orders", 1, "").number()).isEqualTo(2);
        releases.publish(EDITOR, item("orders"), yaml("port: x\n"), new Expectation.Version(1));
    }
}
