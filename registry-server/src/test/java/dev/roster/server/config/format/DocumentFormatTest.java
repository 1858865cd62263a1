package dev.roster.server.config.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentFormatTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing but a comment\n", "a: 1", "greeting: Hello\nlist:\n  - 1\n  - two: 2\n",
            "a: 1\n---\na: 2\n", "---\n---\n", "base: &b {x: 1}\nother:\n  <<: *b\n  y: 2\n", "1: one\ntrue: yes\n",
            "date: 2024-13-45\nhex: 0x1F\nocts: 0o9\nsum: 1_000\n", "emoji: \"\uD83D\uDE00\"\n"})
    void acceptsGoodYaml(String content) {
        assertThat(DocumentFormat.YAML.check(content)).isEmpty();
    }

    @Test
    void refusesYamlThatDoesNotParse() {
        assertFlaw(DocumentFormat.YAML, "a: 1\nb: [1, 2\nc: 3\n", 3, 2, "expected ',' or ']'");
    }

    @Test
    void refusesTabAsIndentation() {
        assertFlaw(DocumentFormat.YAML, "a:\n\tb: 1\n", 2, 1, "TAB");
    }

    @Test
    void refusesDuplicateYamlKeys() {
        assertFlaw(DocumentFormat.YAML, "server:\n  port: 1\n  host: h\n  port: 2\n", 4, 3, "duplicate key port");
    }

    @ParameterizedTest
    @ValueSource(strings = {"- 1\n- 2\n", "just text", "42"})
    void refusesYamlWithoutMappingAtTheTop(String content) {
        assertFlaw(DocumentFormat.YAML, content, 1, 1, "no mapping at the top");
    }

    @Test
    void refusesASecondYamlDocumentWithoutMapping() {
        assertFlaw(DocumentFormat.YAML, "a: 1\n---\n- 2\n", 3, 1, "no mapping at the top");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: !!java.net.URL [http://example.com]", "a: !!javax.script.ScriptEngineManager []",
            "a: !custom x"})
    void refusesTagsThatNameTypes(String content) {
        DocumentFlaw flaw = DocumentFormat.YAML.check(content).orElseThrow();

        assertThat(flaw.line()).isEqualTo(1);
        assertThat(flaw.problem()).containsIgnoringCase("tag");
    }

    @Test
    void refusesAliasesThatUnfoldToTooMuch() {
        StringBuilder content = new StringBuilder("l0: &l0 [x, x]\n");
        for (int i = 1; i <= 30; i++) {
            content.append("l%d: &l%d [*l%d, *l%d]\n".formatted(i, i, i - 1, i - 1));
        }

        DocumentFlaw flaw = DocumentFormat.YAML.check(content.toString()).orElseThrow();

        assertThat(flaw.problem()).contains("unfold");
        assertThat(flaw.line()).isBetween(17, 21);
    }

    @Test
    void refusesAnAnchorWithinItself() {
        assertFlaw(DocumentFormat.YAML, "a: &a\n  b: *a\n", 1, 4, "alias of itself");
    }

    @Test
    void refusesDeepNesting() {
        assertThat(DocumentFormat.YAML.check("a: " + "[".repeat(60) + "]".repeat(60))).isPresent();
        assertThat(DocumentFormat.JSON.check("{\"a\":" + "[".repeat(60) + "]".repeat(60) + "}")).isPresent();
        assertThat(DocumentFormat.YAML.check("a: " + "[".repeat(40) + "]".repeat(40))).isEmpty();
    }

    @Test
    void refusesYamlValuesThatLookLikeNumbersAndAreNone() {
        assertFlaw(DocumentFormat.YAML, "a: 1\nb: !!int x\n", 2, 4, "");
        assertFlaw(DocumentFormat.YAML, "a: 1\nb: !!timestamp x\n", 2, 4, "");
    }

    @Test
    void refusesListsAsYamlKeys() {
        assertFlaw(DocumentFormat.YAML, "? [a, b]\n: 1\n", 1, 3, "key that is a list");
    }

    @Test
    void refusesControlCharactersInYaml() {
        assertFlaw(DocumentFormat.YAML, "a: 1\nb: x\u0007y\n", 2, 5, "U+0007");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# comment\n! comment\n", "a=1\nb: 2\nc 3\nd", "a=1\n#---\na=2\n",
            "long=1,\\\n   2,\\\r\n 3",
            "umlaut=\\u00e4\npath=c:\\\\temp\nescaped\\ key\\==v", "a = \\", "  # indented comment\n"})
    void acceptsGoodProperties(String content) {
        assertThat(DocumentFormat.PROPERTIES.check(content)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u12", "\\uzzzz", "\\u", "\\u00\u0663\u0664"})
    void refusesMalformedUnicodeEscapes(String escape) {
        assertFlaw(DocumentFormat.PROPERTIES, "a=1\nb=x" + escape, 2, 4, "malformed Unicode escape");
    }

    @Test
    void refusesDuplicatePropertyKeysHoweverTheyAreWritten() {
        assertFlaw(DocumentFormat.PROPERTIES, "ab=1\nc=2\n\\u0061b: 3\n", 3, 1,
                "duplicate key ab, first given in line 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"a\": {\"b\": [1, null, true, \"x\"]}}", " {\"a\": 1}\n"})
    void acceptsGoodJson(String content) {
        assertThat(DocumentFormat.JSON.check(content)).isEmpty();
    }

    @Test
    void refusesJsonThatDoesNotParse() {
        assertFlaw(DocumentFormat.JSON, "{\n  \"a\": 1,\n  b: 2\n}", 3, 3, "");
        assertFlaw(DocumentFormat.JSON, "{\"a\": \"x\\q\"}", 1, 10, "escape");
    }

    @Test
    void refusesJsonThatEndsTooEarly() {
        assertFlaw(DocumentFormat.JSON, "{\"a\": [1", 1, 9, "end");
    }

    @Test
    void refusesDuplicateJsonKeys() {
        DocumentFlaw flaw = DocumentFormat.JSON.check("{\"a\": 1,\n \"a\": 2}").orElseThrow();

        assertThat(flaw.line()).isEqualTo(2);
        assertThat(flaw.problem()).containsIgnoringCase("duplicate").contains("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "1", "\"text\"", "null"})
    void refusesJsonWithoutObjectAtTheTop(String content) {
        assertThat(DocumentFormat.JSON.check(content).orElseThrow().problem()).contains("no object at the top");
    }

    @Test
    void refusesMoreBehindTheJsonObject() {
        assertFlaw(DocumentFormat.JSON, "{}\n{}", 2, 1, "more behind");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# comment", "a = 1\r\nb = \"x\"\r\n", "\"quoted key\" = 1\n'x' = 2\n1.2 = 3\n-_ = 4",
            "a.b = 1\na.c = 2\n[t]\na.b = 3\n[t.u]\n[t.a.v]\nx = 1", "[a.b]\n[a]\nc = 1\n[a.d]",
            "[[p]]\nn = 1\n[p.q]\n[[p.r]]\n[[p.r]]\n[[p]]\n[p.q]", "i = [+1, -0, 0xDEAD_beef, 0o17, 0b1_0, 1_000]",
            "f = [1.0, -1e3, 6.626e-3_4, 1E+2, inf, -nan, +inf, 0.0]",
            "t = [2024-02-29, 07:32:00, 1979-05-27T07:32:00.123456789012, 1979-05-27 07:32:00Z, 1979-05-27t07:32:00-07:00]",
            "m = \"\"\"\nx \\\n   y \"\" z\"\"\"\"\"\nl = '''\nx\\y''z'''\n",
            "e = \"\\b\\t\\n\\f\\r\\\"\\\\\\u00e4\\U0001F600\"",
            "x = {a = 1, b.c = {}, d = [{}, {e = 1}]}", "l = [ # one\n 1,\n\n 2, # two\n]\n", "b = [true, false]",
            "\ta\t=\t\"x\ty\"\t# \tz"})
    void acceptsGoodToml(String content) {
        assertThat(DocumentFormat.TOML.check(content)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<a/>",
            "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\n<!-- c -->\n<a b='1'>x&lt;&#228;<c/></a>\n",
            "<x:a xmlns:x=\"urn:x\" x:b=\"1\"><![CDATA[<&]]></x:a>", "<a><?pi x?><b/>\n<b/></a><!-- <!DOCTYPE a> -->"})
    void acceptsGoodXml(String content) {
        assertThat(DocumentFormat.XML.check(content)).isEmpty();
    }

    @Test
    void saysWhereXmlIsWrong() {
        assertFlaw(DocumentFormat.XML, "<?xml version=\"1.0\"?>\n <!DOCTYPE a []>\n<a/>", 2, 2, "document type");
        assertFlaw(DocumentFormat.XML, "<a>\n  <b>" + "<c>".repeat(60), 2, 3 + 3 * 49, "nesting");
    }

    @Test
    void saysWhereTomlIsWrong() {
        assertFlaw(DocumentFormat.TOML, "[a]\nb = 1\n  b = 2\n", 3, 3, "duplicate key b, first given in line 2");
        assertFlaw(DocumentFormat.TOML, "a = 1\nb = [1, x]\n", 2, 9, "found x, which is no value");
    }

    @Test
    void acceptsAnyText() {
        assertThat(DocumentFormat.TEXT.check("a: [\n\t\u0007")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uD800", "\uDC00", "\uD800x"})
    void refusesHalfCharactersInAnyFormat(String half) {
        for (DocumentFormat format : DocumentFormat.values()) {
            assertFlaw(format, "a\r\nb\r" + half, 3, 1, "surrogate");
        }
    }

    @Test
    void namesNoClassOfTheParser() {
        assertThat(DocumentFormat.JSON.check("{\"a\":" + "[".repeat(60)).orElseThrow().problem())
                .contains("nesting depth").doesNotContain("Constraints");
    }

    private static void assertFlaw(DocumentFormat format, String content, int line, int column, String problem) {
        DocumentFlaw flaw = format.check(content).orElseThrow();

        assertThat(flaw.problem()).contains(problem);
        assertThat(flaw.line() + ":" + flaw.column()).as(flaw.problem()).isEqualTo(line + ":" + column);
        assertThat(flaw.expected()).isNotBlank();
    }
}
