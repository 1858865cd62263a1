package dev.roster.server.config.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.config.format.DocumentFormat;
import dev.roster.server.security.InvalidArgumentException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an application says of its properties, and what is said of its documents. */
class ApplicationMetadataTest {
    private static final String JSON = """
            {"groups": [{"name": "server", "type": "x.ServerProperties"}],
             "properties": [
              {"name": "server.port", "type": "java.lang.Integer", "description": "Port.", "defaultValue": 8080},
              {"name": "server.ssl.enabled", "type": "java.lang.Boolean"},
              {"name": "server.max-http-header-size", "type": "org.springframework.util.unit.DataSize",
               "deprecated": true, "deprecation": {"replacement": "server.max-http-request-header-size"}},
              {"name": "server.context-path", "type": "java.lang.String",
               "deprecation": {"level": "error", "replacement": "server.servlet.context-path"}},
              {"name": "logging.level", "type": "java.util.Map<java.lang.String,java.lang.String>"},
              {"name": "orders.timeout", "type": "java.time.Duration"},
              {"name": "orders.hosts", "type": "java.util.List<java.lang.String>"},
              {"name": "orders.ratio", "type": "java.lang.Double"}],
             "hints": [{"name": "logging.level.keys", "values": [{"value": "root"}]}]}
            """;

    private final ApplicationMetadata metadata = new ApplicationMetadata(false, 1,
            ApplicationMetadata.merge(Map.of(), ApplicationMetadata.parse(JSON)));

    private List<String> check(String yaml) {
        return metadata.check(DocumentFormat.YAML, yaml).stream()
                .map(one -> one.line() + ":" + one.column() + " " + one.kind() + " " + one.path() + ", "
                        + one.expected())
                .toList();
    }

    @Test
    void saysNothingOfWhatIsRight() {
        assertThat(check("""
                server:
                  port: 8080
                  ssl: {enabled: "on"}
                logging.level:
                  root: info
                  dev.roster.Some_Class: debug
                orders:
                  timeout: 10s
                  hosts: [a, b]
                  ratio: 1e-3
                my-own: {value: 1}
                ORDERS.TIME-OUT: PT1H
                """)).isEmpty();
    }

    @Test
    void findsPropertiesThatAreUnknownWhereOthersBeginAlike() {
        assertThat(check("server:\n  prot: 1\norders:\n  completely: x\n")).containsExactly(
                "2:3 UNKNOWN server.prot, perhaps server.port",
                "4:3 UNKNOWN orders.completely, a property of the application");
    }

    @Test
    void findsValuesOfTheWrongType() {
        assertThat(check(
                "server:\n  port: eighty\n  ssl:\n    enabled: maybe\norders:\n  timeout: 10 parsecs\n  ratio: x\n"))
                .containsExactly("2:3 WRONG_TYPE server.port, a whole number of 32 bits",
                        "4:5 WRONG_TYPE server.ssl.enabled, true or false",
                        "6:3 WRONG_TYPE orders.timeout, a duration such as 10s or PT10S",
                        "7:3 WRONG_TYPE orders.ratio, a number");
    }

    @Test
    void findsDeprecatedAndRemovedProperties() {
        assertThat(check("server:\n  max-http-header-size: 8KB\n  contextPath: /x\n")).containsExactly(
                "2:3 DEPRECATED server.max-http-header-size, server.max-http-request-header-size",
                "3:3 REMOVED server.contextPath, server.servlet.context-path");
    }

    @Test
    void looksAtPropertiesAndJsonToo() {
        assertThat(metadata.check(DocumentFormat.PROPERTIES, "a=1\nserver.port = x\n")).singleElement()
                .satisfies(one -> assertThat(one.line()).isEqualTo(2));
        assertThat(metadata.check(DocumentFormat.JSON, "{\n\"server\": {\"port\": \"x\"}}")).hasSize(1);
        assertThat(metadata.check(DocumentFormat.TEXT, "server.port=x")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"java.lang.Integer,2147483647", "java.lang.Integer,-1", "java.lang.Long,0x1F",
            "java.lang.Integer,${PORT:1}",
            "java.time.Duration,-5", "java.time.Duration,PT0.5S", "java.time.Duration,P2DT3H", "java.lang.Boolean,NO",
            "org.springframework.util.unit.DataSize,512", "java.lang.Double,-1.5e10", "java.net.URI,anything at all",
            "java.lang.Integer,{cipher}AQ==", "java.lang.Integer,{secret}8080", "java.lang.Integer,''"})
    void takesWhatSpringBootTakes(String type, String text) {
        assertThat(ValueTypes.refusal(type, text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"java.lang.Integer,2147483648", "java.lang.Byte,128", "java.lang.Integer,1.5", "java.lang.Long,0xZ",
            "java.time.Duration,5x", "java.time.Duration,P", "java.lang.Boolean,2", "java.lang.Double,1e",
            "org.springframework.util.unit.DataSize,10 MB", "java.lang.Integer,1_000"})
    void refusesWhatSpringBootRefuses(String type, String text) {
        assertThat(ValueTypes.refusal(type, text)).isPresent();
    }

    @Test
    void isKeptAsItIs() {
        ApplicationMetadata read = ApplicationMetadata.read(metadata.write());

        assertThat(read).isEqualTo(metadata);
        assertThat(ApplicationMetadata.merge(read.properties(),
                ApplicationMetadata.parse("{\"properties\":[{\"name\":\"x\"}]}"))).hasSize(9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"properties\": [{\"type\": \"x\"}]}", "{", "{\"a\":1,\"a\":2}"})
    void refusesWhatIsNone(String json) {
        assertThatThrownBy(() -> ApplicationMetadata.parse(json)).isInstanceOf(InvalidArgumentException.class);
    }
}
