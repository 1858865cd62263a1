package dev.roster.server.config.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.config.format.DocumentFormat;
import dev.roster.server.security.InvalidArgumentException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents of every format against a schema, with the line of what does not fit. */
class ItemSchemaTest {
    private static final String SCHEMA = """
            {"type": "object", "required": ["port"], "additionalProperties": false,
             "properties": {
               "port": {"type": "integer", "minimum": 1, "maximum": 65535},
               "hosts": {"type": "array", "items": {"$ref": "#/$defs/host"}},
               "ratio": {"type": "number"}, "active": {"type": "boolean"}, "since": {"type": "string"},
               "pool": {"type": "object", "required": ["size"], "properties": {"size": {"type": "integer"}}}},
             "$defs": {"host": {"type": "string", "pattern": "^[a-z.]+$"}}}
            """;

    private static List<String> check(String schema, DocumentFormat format, String content) {
        return ItemSchema.parse(schema).check(format, content).stream()
                .map(one -> one.line() + ":" + one.column() + " " + one.path() + " " + one.expected().split(" ")[2])
                .toList();
    }

    @Test
    void takesWhatFitsInEveryFormat() {
        assertThat(check(SCHEMA, DocumentFormat.YAML,
                "port: 80\nhosts: [a.b, c]\nratio: 1.5\nactive: yes\nsince: 2026-01-01\npool: {size: 5}\n")).isEmpty();
        assertThat(check(SCHEMA, DocumentFormat.JSON, "{\"port\": 80, \"hosts\": [\"a\"], \"ratio\": 1}")).isEmpty();
        assertThat(check(SCHEMA, DocumentFormat.TOML,
                "port = 80\nhosts = ['a']\nactive = true\nsince = 2026-01-01\n[pool]\nsize = 0\n")).isEmpty();
        assertThat(check(SCHEMA, DocumentFormat.PROPERTIES,
                "port=80\nhosts[0]=a\nhosts[1]=b\nratio=1.5\nactive=true\nsince=x\npool.size=5\n")).isEmpty();
        assertThat(check(SCHEMA, DocumentFormat.TEXT, "anything")).isEmpty();
        assertThat(check(SCHEMA, DocumentFormat.XML, "<a/>")).isEmpty();
    }

    @Test
    void saysWhereAndWhatDoesNotFit() {
        assertThat(
                check(SCHEMA, DocumentFormat.YAML, "# x\nport: 0\nhosts:\n  - a\n  - B\npool:\n  max: 1\nother: 1\n"))
                .containsExactlyInAnyOrder("2:1 port minimum", "5:5 hosts[1] pattern", "7:3 pool.size required",
                        "8:1 other additionalProperties");
        assertThat(check(SCHEMA, DocumentFormat.JSON, "{\n \"port\": \"80\"}")).containsExactly("2:2 port type");
        assertThat(check(SCHEMA, DocumentFormat.TOML, "\nport = '80'\n")).containsExactly("2:1 port type");
        assertThat(check(SCHEMA, DocumentFormat.PROPERTIES, "a=1\nport=x\n")).contains("2:1 port type");
        assertThat(check(SCHEMA, DocumentFormat.YAML, "ratio: 1\n")).containsExactly("1:1 port required");
        assertThat(check(SCHEMA, DocumentFormat.YAML, "port: 1\n---\nport: x\n")).containsExactly("3:1 port type");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{\"$ref\": \"https://evil.example/x.json\"}|references within the schema",
            "{\"$ref\": \"file:///etc/passwd\"}|references within the schema",
            "{\"properties\": {\"a\": {\"$dynamicRef\": \"other.json#a\"}}}|references within the schema",
            "{\"$schema\": \"https://evil.example/draft\"}|one of the drafts", "{|JSON", "[]|JSON", "true|JSON",
            "{\"pattern\": \"(\"}|patterns that Java understands"})
    void refusesSchemasThatLeadElsewhereOrAreNone(String schema, String expected) {
        assertThatThrownBy(() -> ItemSchema.parse(schema)).isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining(expected);
    }

    @Test
    void boundsSchemasAndPatterns() {
        assertThatThrownBy(() -> ItemSchema.parse("{\"title\": \"" + "x".repeat(ItemSchema.MAX_CHARACTERS) + "\"}"))
                .hasMessageContaining("at most 262144 characters");
        assertThatThrownBy(() -> ItemSchema.parse("{\"pattern\": \"" + "x".repeat(1001) + "\"}"))
                .hasMessageContaining("at most 1000 characters");
    }

    @Test
    void endsPatternsThatWouldTakeYears() {
        String schema = "{\"properties\": {\"a\": {\"pattern\": \"^(a|aa)+\\\\1b$\"}}}";

        List<CheckFinding> findings = ItemSchema.parse(schema).check(DocumentFormat.YAML,
                "a: " + "a".repeat(60) + "!\n");

        assertThat(findings).singleElement()
                .satisfies(one -> assertThat(one.problem()).contains("takes too long for a value"));
    }

    @Test
    void endsSchemasThatReferToThemselves() {
        assertThat(ItemSchema.parse("{\"$ref\": \"#\"}").check(DocumentFormat.YAML, "a: 1\n")).singleElement()
                .satisfies(one -> assertThat(one.problem()).isEqualTo("the schema refers to itself without end"));
    }

    @Test
    void knowsEveryDraft() {
        for (String draft : List.of("http://json-schema.org/draft-04/schema#",
                "http://json-schema.org/draft-07/schema#",
                "https://json-schema.org/draft/2019-09/schema", "https://json-schema.org/draft/2020-12/schema")) {
            assertThat(check("{\"$schema\": \"" + draft + "\", \"required\": [\"b\"]}", DocumentFormat.YAML, "a: 1\n"))
                    .as(draft).containsExactly("1:1 b required");
        }
    }
}
