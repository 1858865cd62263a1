package dev.roster.console.fake;

import dev.roster.api.cluster.ClusterStatus;
import dev.roster.api.config.ConfigFormat;
import dev.roster.api.config.PublishRequest;
import dev.roster.api.config.RollbackRequest;
import dev.roster.api.security.Role;
import dev.roster.console.gateway.AccessToken;
import dev.roster.console.gateway.Roster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Something to look at: what a team of some size would have, and what is hard on a layout. */
final class SampleData {
    private static final String LONG_NAME = "a-service-whose-name-somebody-made-as-long-as-the-server-allows"
            + "-and-that-must-not-break-the-table-in-which-it-is-shown-0000000";

    private SampleData() {}

    static void fill(FakeRoster server) {
        server.addUser("mira", Role.EDITOR, "correct horse battery");
        server.addUser("reader", Role.READER, "correct horse battery");
        server.setCluster(new ClusterStatus("0c8d9f61-3b3c-4f0e-9a55-6f1b2f9f3d10", "member-2", "member-1", 7, 48_211,
                List.of(new ClusterStatus.Member("member-1", "10.4.1.11:7401", true, true),
                        new ClusterStatus.Member("member-2", "10.4.2.11:7401", true, true),
                        new ClusterStatus.Member("member-3", "10.4.3.11:7401", true, false))));
        services(server);
        configs(server
                .as(new AccessToken(server.signIn("mira", "correct horse battery", Duration.ofHours(1)).secret())));
        IntStream.range(0, 10_000).forEach(i -> server.register("huge", "service-%05d".formatted(i),
                "service-%05d-1".formatted(i), "10.0.%d.%d".formatted(i / 250, i % 250), 8080, "eu-1", Map.of()));
    }

    private static void services(FakeRoster server) {
        for (String name : List.of("billing", "catalog", "gateway", "inventory", "notifications", "orders", "search",
                "users")) {
            int instances = 1 + Math.floorMod(name.hashCode(), 4);
            for (int i = 1; i <= instances; i++) {
                server.register("default", name, "%s-%d.eu.example.org:8080".formatted(name, i),
                        "10.4.%d.%d".formatted(i, Math.floorMod(name.hashCode(), 250)), 8080,
                        "eu-central-1" + "abc".charAt(i % 3),
                        Map.of("version", "2.%d.0".formatted(i), "weight", "100"));
            }
        }
        server.register("default", "orders", "orders-canary", "fd00:10:4::17", 443, null,
                Map.of("version", "3.0.0-rc1", "commit", "8f2c1b9e7d6a5f4c3b2a19087f6e5d4c3b2a1908", "team", "checkout",
                        "contextPath", "/orders", "note", "<script>alert('metadata')</script>"));
        server.register("default", LONG_NAME, LONG_NAME, LONG_NAME.replace('-', '.') + ".example.org", 65535,
                "a-zone-with-a-name-that-is-long-as-well", Map.of("key".repeat(20), "value".repeat(60)));
        server.register("staging", "orders", "orders-1", "10.9.0.4", 8080, "eu-central-1a", Map.of());
    }

    private static void configs(Roster editor) {
        String first = "greeting: Hello\norders:\n  page-size: 20\n  currency: EUR\nserver:\n  port: 8080\n";
        String second = first.replace("Hello", "Welcome").replace("  currency: EUR\n",
                "  currency: EUR\n  express:\n    enabled: true\n    fee: 4.90\n");
        publish(editor, "application", ConfigFormat.YAML, first, "first version", 0);
        publish(editor, "application", ConfigFormat.YAML, second, "express delivery goes live on Monday", 1);
        publish(editor, "application", ConfigFormat.YAML, second.replace("4.90", "3.90"), null, 2);
        editor.rollBack("default", "application", new RollbackRequest(2L, "the lower fee was a mistake"), 3);
        publish(editor, "orders", ConfigFormat.PROPERTIES, "orders.retries=3\norders.timeout=2s\n", null, 0);
        publish(editor, "orders-prod", ConfigFormat.JSON, "{\n  \"orders\": { \"retries\": 5 }\n}\n", null, 0);
        publish(editor, "feature-flags", ConfigFormat.JSON,
                "{\"flags\": [\"" + "dark-launch-".repeat(60) + "\"]}\n", "one long line", 0);
        publish(editor, "motd", ConfigFormat.TEXT, "<script>alert('content')</script>\n<b>not bold</b>\n", null, 0);
        publish(editor, LONG_NAME, ConfigFormat.TEXT, "long name\n", "x".repeat(500), 0);
        String large = IntStream.range(0, 20_000).mapToObj("key-%05d: a value that makes the document large"::formatted)
                .collect(Collectors.joining("\n"));
        publish(editor, "large", ConfigFormat.YAML, large, "close to 1 MiB", 0);
        publish(editor, "large", ConfigFormat.YAML, large.replace("value that", "VALUE that"), null, 1);
        publish(editor, "retired", ConfigFormat.YAML, "old: true\n", null, 0);
        editor.deleteConfig("default", "retired", 1);
    }

    private static void publish(Roster editor, String name, ConfigFormat format, String content, String comment,
            long base) {
        editor.publish("default", name, new PublishRequest(format, content, comment), base);
    }
}
