package dev.roster.system.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The values: documented, described by the schema, and refused when they cannot work. */
class ChartValuesTest {

    private static final Manifest VALUES = read("values.yaml");
    private static final Manifest SCHEMA = read("values.schema.json");
    private static final Set<String> SCHEMA_NAMES = names(SCHEMA.map("properties"));

    static {
        // Helm's own, for charts within charts.
        SCHEMA_NAMES.remove("global");
    }

    private static KubernetesApi kubernetes;

    @BeforeAll
    static void startKubernetes() {
        kubernetes = new KubernetesApi();
    }

    @AfterAll
    static void stopKubernetes() {
        kubernetes.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            replicaCount: 2                                   | replicaCount must be odd (1, 3, 5 or 7) and is 2
            replicaCount: 0                                   | /replicaCount
            replicaCount: 9                                   | /replicaCount
            replicaCount: three                               | /replicaCount
            replicas: 3                                       | 'replicas' not allowed
            image: {repository: ''}                           | /image/repository
            image: {pullPolicy: Sometimes}                    | /image/pullPolicy
            image: {digest: latest}                           | /image/digest
            persistence: {size: big}                          | /persistence/size
            tls: {enabled: false}                             | 'enabled' not allowed
            tls: {validityDays: 0}                            | /tls/validityDays
            service: {port: 0}                                | /service/port
            service: {port: 70000}                            | /service/port
            service: {type: ExternalName}                     | /service/type
            properties: {Roster Port: 1}                      | invalid propertyName 'Roster Port'
            properties: {roster: {port: 1}}                   | /properties/roster
            podDisruptionBudget: {enabled: yes please}        | /podDisruptionBudget/enabled
            fullnameOverride: Not_A_Name                      | /fullnameOverride
            probes: {startupSeconds: 1}                       | /probes/startupSeconds
            topologySpread: [{topologyKey: zone}]             | /topologySpread/0
            """)
    void refuses(String values, String reason) {
        assertThatThrownBy(() -> Chart.render(values)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void schemaAndValuesNameTheSame() {
        assertThat(SCHEMA_NAMES).isEqualTo(names(VALUES.content()));
        assertThat(SCHEMA_NAMES).filteredOn(name -> !members(name).isEmpty()).allSatisfy(
                name -> assertThat(members(name)).isEqualTo(names(VALUES.content().get(name))));
    }

    @Test
    void everyValueHasAComment() throws IOException {
        var text = Files.readString(Chart.FOLDER.resolve("values.yaml"));

        assertThat(SCHEMA_NAMES).allSatisfy(name -> {
            if (members(name).isEmpty()) {
                assertThat(text).containsPattern("(?m)^# .*\n" + name + ":");
            } else {
                // A group needs none of its own: each of its members has one.
                var group = text.replaceFirst("(?s).*\n" + name + ":\n", "").replaceFirst("(?s)\n\n.*", "");
                assertThat(members(name)).allSatisfy(
                        member -> assertThat(group).containsPattern("(?m)^  # .*\n  " + member + ":"));
            }
        });
    }

    /** The values of a group as the schema has them, empty for a single value. */
    private static TreeSet<String> members(String name) {
        return names(SCHEMA.find("properties." + name + ".properties"));
    }

    private static TreeSet<String> names(@Nullable Object group) {
        var names = new TreeSet<String>();
        if (group instanceof Map<?, ?> map) {
            map.keySet().forEach(name -> names.add(name.toString()));
        }
        return names;
    }

    private static Manifest read(String file) {
        try {
            return Chart.parse(Files.readString(Chart.FOLDER.resolve(file))).getFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
