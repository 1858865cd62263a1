package dev.roster.server.config.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentPropertiesTest {

    @Test
    void readsYamlAsSpringBootDoes() {
        assertThat(read(DocumentFormat.YAML, """
                server:
                  port: 0x1F90
                  hosts: [a, "b"]
                empty:
                1: one
                flag: yes
                when: 2024-01-01
                list:
                  - name: x
                  - 1_000
                nothing: {}
                """)).containsExactly("0 server.port=8080 @2:3", "0 server.hosts[0]=a @3:11",
                "0 server.hosts[1]=b @3:14",
                "0 empty= @4:1", "0 [1]=one @5:1", "0 flag=true @6:1", "0 when=2024-01-01 @7:1",
                "0 list[0].name=x @9:5", "0 list[1]=1000 @10:5");
    }

    @Test
    void followsAliasesAndMergeKeysOfYaml() {
        assertThat(read(DocumentFormat.YAML, """
                base: &b
                  x: 1
                  y: 2
                one:
                  <<: *b
                  y: 3
                two:
                  <<: [{y: 4, z: 5}, *b]
                again: *b
                """)).containsExactly("0 base.x=1 @2:3", "0 base.y=2 @3:3", "0 one.y=3 @6:3", "0 one.x=1 @2:3",
                "0 two.y=4 @8:9", "0 two.z=5 @8:15", "0 two.x=1 @2:3", "0 again.x=1 @2:3", "0 again.y=2 @3:3");
    }

    @Test
    void tellsDocumentsApart() {
        assertThat(read(DocumentFormat.YAML, "a: 1\n---\n---\na: 2\n")).containsExactly("0 a=1 @1:1", "2 a=2 @4:1");
        assertThat(read(DocumentFormat.PROPERTIES, "a=1\n#---\na=2\n")).containsExactly("0 a=1 @1:1", "1 a=2 @3:1");
    }

    @Test
    void readsPropertiesAsJavaDoes() {
        assertThat(read(DocumentFormat.PROPERTIES,
                "a = b = c\n  d:e\nf g h\ni\nlong = x,\\\n  y\n\\u0061b\\=c=\\u00e4\\t\nempty=\n\u00e4: \\ z\n"))
                .containsExactly("0 a=b = c @1:1", "0 d=e @2:3", "0 f=g h @3:1", "0 i= @4:1", "0 long=x,y @5:1",
                        "0 ab=c=\u00e4\t @7:1", "0 empty= @8:1", "0 \u00e4= z @9:1");
    }

    @Test
    void readsJson() {
        assertThat(
                read(DocumentFormat.JSON, "{\"a\": {\"b\": [1.50, \"x\", {\"c\": null}]},\n  \"d\": true, \"e\": {}}"))
                .containsExactly("0 a.b[0]=1.50 @1:14", "0 a.b[1]=x @1:20", "0 a.b[2].c= @1:26", "0 d=true @2:3");
    }

    @Test
    void readsToml() {
        assertThat(read(DocumentFormat.TOML,
                "a.b = 0x1F\n[t]\n\"x y\" = [1_000, {z = 'q'}]\n[[l]]\nn = 1\n[[l]]\nn = 2024-01-01\n"))
                .containsExactly("0 a.b=0x1F @1:3", "0 t.x y[0]=1000 @3:1", "0 t.x y[1].z=q @3:18", "0 l[0].n=1 @5:1",
                        "0 l[1].n=2024-01-01 @7:1");
    }

    @Test
    void findsNoPropertiesInXmlAndText() {
        assertThat(read(DocumentFormat.XML, "<a>1</a>")).isEmpty();
        assertThat(read(DocumentFormat.TEXT, "a=1")).isEmpty();
    }

    @Test
    void stopsAtTheMost() {
        String aliases = "a: &a [" + "x, ".repeat(999) + "x]\nb: [" + "*a, ".repeat(99) + "*a]\n";

        DocumentProperties read = DocumentProperties.read(DocumentFormat.YAML, aliases);

        assertThat(read.complete()).isFalse();
        assertThat(read.properties()).hasSize(DocumentProperties.MAX_PROPERTIES);
    }

    @Test
    void stopsBeforeAliasesMakeGigabytes() {
        String aliases = "a: &a " + "x".repeat(500_000) + "\nb: [" + "*a, ".repeat(1000) + "*a]\n";

        DocumentProperties read = DocumentProperties.read(DocumentFormat.YAML, aliases);

        assertThat(read.complete()).isFalse();
        assertThat(read.properties()).hasSize(8);
    }

    @Test
    void refusesADocumentThatIsNotGood() {
        assertThatThrownBy(() -> DocumentProperties.read(DocumentFormat.TOML, "a"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<String> read(DocumentFormat format, String content) {
        assertThat(format.check(content)).isEmpty();
        DocumentProperties read = DocumentProperties.read(format, content);
        assertThat(read.complete()).isTrue();
        return read.properties().stream().map(property -> property.document() + " " + property.path() + "="
                + property.value() + " @" + property.line() + ":" + property.column()).toList();
    }
}
