package dev.roster.system.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code docs/reference/properties.md} says of every property what the code says. With the system property
 * {@code roster.docs.write} the test writes the tables instead of comparing them.
 */
class PropertiesReferenceTest {

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final Path REFERENCE = PROJECT.resolve("docs/reference/properties.md");

    @ParameterizedTest
    @ValueSource(strings = {"registry-server", "admin-ui", "registry-client-starter"})
    void saysOfEveryPropertyWhatTheCodeSays(String module) throws IOException {
        var table = table(module);
        var document = Files.readString(REFERENCE);
        var section = Pattern.compile("(?s)(<!-- properties of " + module + " -->\n).*?(<!-- end -->)");

        assertThat(document).containsPattern(section);
        var updated = section.matcher(document).replaceFirst("$1" + Matcher.quoteReplacement(table) + "$2");
        if (Boolean.getBoolean("roster.docs.write")) {
            Files.writeString(REFERENCE, updated);
        }

        assertThat(Files.readString(REFERENCE))
                .as("%s; -Droster.docs.write=true updates it", PROJECT.relativize(REFERENCE)).isEqualTo(updated);
    }

    private static String table(String module) throws IOException {
        var metadata = PROJECT.resolve(module).resolve("target/classes/META-INF/spring-configuration-metadata.json");
        var properties = JsonMapper.shared().readTree(Files.readString(metadata)).get("properties");
        return "| Property | Type | Default | Effect |\n| --- | --- | --- | --- |\n" + StreamSupport
                .stream(properties.spliterator(), false).map(PropertiesReferenceTest::row).sorted()
                .collect(Collectors.joining());
    }

    private static String row(JsonNode property) {
        var value = property.path("defaultValue");
        var type = property.path("type").stringValue("").replaceAll("[a-z]+(\\.[a-z]+)*\\.([A-Z])", "$2");
        return "| `%s` | `%s` | %s | %s |\n".formatted(property.path("name").stringValue(""), type.replace(",", ", "),
                value.isMissingNode() ? "" : "`" + value.asString() + "`",
                property.path("description").stringValue("").replaceAll("\\{@code ([^}]*)}", "`$1`"));
    }
}
