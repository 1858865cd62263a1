package dev.roster.server.config.effective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.config.ConfigReleases;
import dev.roster.server.config.Expectation;
import dev.roster.server.config.ItemDetails;
import dev.roster.server.config.ItemKey;
import dev.roster.server.config.ItemName;
import dev.roster.server.config.ItemNotes;
import dev.roster.server.config.Publication;
import dev.roster.server.config.format.DocumentFormat;
import dev.roster.server.fixture.Callers;
import dev.roster.server.fixture.LocalStore;
import dev.roster.server.security.Caller;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigSearchTest {
    private static final Caller EDITOR = Callers.of(Role.EDITOR);
    private static final Caller READER = Callers.of(Role.READER);
    private static final NamespaceName TEST = new NamespaceName("test");

    private final LocalStore local = new LocalStore();
    private final ConfigReleases releases = new ConfigReleases(local.store, local.clock, new SimpleMeterRegistry());
    private final ConfigSearch search = new ConfigSearch(local.store);

    @AfterEach
    void close() {
        local.close();
    }

    @Test
    void findsLinesInAllNamespaces() {
        put(NamespaceName.DEFAULT, "a", DocumentFormat.YAML, "x: 1\nurl: http://DB/\n");
        put(TEST, "b", DocumentFormat.TEXT, "db\nnothing\nthe db again " + "x".repeat(300));
        put(TEST, "c", DocumentFormat.TEXT, "nothing");

        assertThat(all(new SearchQuery(null, "dB", null), 100)).containsExactly("default/a:2 url: http://DB/",
                "test/b:1 db", "test/b:3 the db again " + "x".repeat(186) + "…");
        assertThat(all(new SearchQuery(TEST, "db", null), 100)).hasSize(2);
        assertThat(all(new SearchQuery(new NamespaceName("tes"), "db", null), 100)).isEmpty();
    }

    @Test
    void searchesCurrentVersionsOnly() {
        ItemKey item = put(TEST, "a", DocumentFormat.TEXT, "old");
        releases.publish(EDITOR, item, new Publication(DocumentFormat.TEXT, "new", null), new Expectation.Version(1));

        assertThat(all(new SearchQuery(null, "old", null), 100)).isEmpty();
        releases.delete(EDITOR, item, 2L);
        assertThat(all(new SearchQuery(null, "new", null), 100)).isEmpty();
    }

    @Test
    void findsItemsByTheirLabels() {
        ItemNotes notes = new ItemNotes(local.store);
        for (String name : List.of("a", "b", "c")) {
            put(TEST, name, DocumentFormat.PROPERTIES, "name=" + name + "\nx=abc\n");
        }
        notes.set(EDITOR, new ItemKey(TEST, new ItemName("a")), 0, labels("team", "shop", "tier", "1"));
        notes.set(EDITOR, new ItemKey(TEST, new ItemName("c")), 0, labels("team", "shop"));

        assertThat(all(labelled(null, null, Map.of("team", "shop")), 100)).containsExactly("test/a:1 name=a",
                "test/c:1 name=c");
        assertThat(all(labelled(null, null, Map.of("team", "shop")), 1)).hasSize(2);
        assertThat(all(labelled(null, null, Map.of("team", "shop", "tier", "1")), 100)).hasSize(1);
        assertThat(all(labelled("ABC", null, Map.of("team", "shop")), 100)).containsExactly("test/a:2 x=abc",
                "test/c:2 x=abc");
        assertThat(all(labelled(null, "name", Map.of("tier", "1")), 100)).containsExactly("test/a:1 name=a name=a");
        assertThat(all(labelled(null, null, Map.of("team", "other")), 100)).isEmpty();
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i <= ItemDetails.MAX_LABELS; i++) {
            many.put("l" + i, "x");
        }
        assertThatThrownBy(() -> labelled(null, null, many)).isInstanceOfSatisfying(InvalidArgumentException.class,
                e -> assertThat(e.field()).isEqualTo("label"));
    }

    private static SearchQuery labelled(@Nullable String text, @Nullable String path, Map<String, String> labels) {
        return new SearchQuery(null, text, path, labels);
    }

    private static ItemDetails labels(String... pairs) {
        SortedMap<String, String> labels = new TreeMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            labels.put(pairs[i], pairs[i + 1]);
        }
        return new ItemDetails(labels, null, null, 0);
    }

    @Test
    void findsPropertiesByPath() {
        put(TEST, "a", DocumentFormat.YAML, "spring:\n  datasource:\n    url: jdbc:x\n    user: u\n");
        put(TEST, "b", DocumentFormat.PROPERTIES, "spring.datasource.url=jdbc:y\nspring.datasources=z\n");
        put(TEST, "c", DocumentFormat.TOML, "[spring]\ndatasource.url = 'jdbc:z'\n");
        put(TEST, "d", DocumentFormat.TEXT, "spring.datasource.url=none");

        assertThat(all(new SearchQuery(null, null, "spring.datasource"), 100)).containsExactly(
                "test/a:3     url: jdbc:x spring.datasource.url=jdbc:x",
                "test/a:4     user: u spring.datasource.user=u",
                "test/b:1 spring.datasource.url=jdbc:y spring.datasource.url=jdbc:y",
                "test/c:2 datasource.url = 'jdbc:z' spring.datasource.url=jdbc:z");
        assertThat(all(new SearchQuery(null, "JDBC:Y", "*.datasource.url"), 100)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"a.b, a.b, true", "a.b, a.b.c, true", "a.b, a.b[0], true", "a.b, a.bc, false", "A.B, a.b, true",
            "a.*.c, a.b.c, true", "a.*.c, a.b.b.c, false", "*, x.y, true", "a[*].n, a[3].n, true", "a[0], a[0].n, true",
            "a[0], a[01], false", "a*, abc, true", "a.b, x.a.b, false"})
    void understandsPaths(String pattern, String path, boolean matches) {
        assertThat(PathPattern.of(pattern).matches(path)).isEqualTo(matches);
    }

    @Test
    void goesThroughPagesWithoutGapsOrRepetition() {
        for (int i = 0; i < 30; i++) {
            put(TEST, "item-" + i, DocumentFormat.TEXT, "hit\n".repeat(i % 4) + "miss\n");
        }
        SearchQuery query = new SearchQuery(null, "hit", null);
        List<String> once = all(query, 1000);

        assertThat(once).hasSize(43);
        for (int limit = 1; limit < 10; limit++) {
            assertThat(all(query, limit)).as("limit %d", limit).isEqualTo(once);
        }
    }

    @Test
    void readsABoundedAmountForAPage() {
        String large = "x".repeat(1024 * 1024);
        for (int i = 0; i < 12; i++) {
            put(TEST, "item-" + i, DocumentFormat.TEXT, large);
        }
        put(TEST, "zzz", DocumentFormat.TEXT, "hit");

        SearchPage first = search.search(READER, new SearchQuery(null, "hit", null), 10, null);

        assertThat(first.hits()).isEmpty();
        assertThat(first.next()).isNotNull();
        assertThat(all(new SearchQuery(null, "hit", null), 10)).containsExactly("test/zzz:1 hit");
    }

    @Test
    void refusesToSearchForNothing() {
        for (String[] query : new String[][]{{null, null}, {" ", null}, {null, ""}, {"x".repeat(201), null}}) {
            assertThatThrownBy(() -> new SearchQuery(null, query[0], query[1]))
                    .isInstanceOf(InvalidArgumentException.class);
        }
    }

    private List<String> all(SearchQuery query, int limit) {
        List<String> hits = new ArrayList<>();
        SearchPage.@Nullable Position from = null;
        do {
            SearchPage page = search.search(READER, query, limit, from);
            assertThat(page.hits().size()).isLessThanOrEqualTo(limit);
            page.hits().forEach(hit -> hits.add(hit.item() + ":" + hit.line() + " " + hit.text()
                    + (hit.path() == null ? "" : " " + hit.path() + "=" + hit.value())));
            from = page.next();
        } while (from != null);
        return hits;
    }

    private ItemKey put(NamespaceName namespace, String name, DocumentFormat format, String content) {
        ItemKey item = new ItemKey(namespace, new ItemName(name));
        releases.publish(EDITOR, item, new Publication(format, content, null), new Expectation.Absent());
        return item;
    }
}
