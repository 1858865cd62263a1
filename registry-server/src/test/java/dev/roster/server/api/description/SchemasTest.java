package dev.roster.server.api.description;

import static dev.roster.server.api.description.Description.list;
import static dev.roster.server.api.description.Description.map;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.roster.api.Page;
import dev.roster.api.Problem;
import dev.roster.server.web.ProblemKind;
import dev.roster.server.web.StrictJson;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Compares the schemas and examples of the committed description with the records of the API. */
class SchemasTest {
    private static final Description DESCRIPTION = Description.read();
    private static final Set<Class<?>> RECORDS = new ClassFileImporter().importPackages("dev.roster.api").stream()
            .filter(JavaClass::isRecord).map(JavaClass::reflect).filter(type -> type != Page.class)
            .collect(Collectors.toSet());

    @Test
    void hasASchemaForEveryRecord() {
        Schemas schemas = new Schemas(DESCRIPTION);
        assertThat(RECORDS).hasSizeGreaterThan(20);

        RECORDS.forEach(schemas::check);
    }

    @Test
    void hasARecordForEverySchemaOfAnObject() {
        Set<String> records = RECORDS.stream().map(Schemas::nameOf).collect(Collectors.toCollection(TreeSet::new));

        DESCRIPTION.schemas().forEach((name, schema) -> {
            if ("object".equals(map(schema).get("type")) && !name.endsWith("Page")) {
                assertThat(records).contains(name);
            }
        });
    }

    @Test
    void describesPagesAlike() {
        List<String> components = Arrays.stream(Page.class.getRecordComponents()).map(c -> c.getName()).toList();

        DESCRIPTION.schemas().forEach((name, schema) -> {
            if (name.endsWith("Page")) {
                assertThat(map(map(schema).get("properties")).keySet()).as(name)
                        .containsExactlyElementsOf(components);
                assertThat(list(map(schema).get("required"))).as(name).isEqualTo(List.of("revision", "items"));
            }
        });
    }

    @Test
    void listsEveryProblemCode() {
        Map<String, Object> code = map(map(map(DESCRIPTION.schemas().get("Problem")).get("properties")).get("code"));

        assertThat(list(code.get("enum")))
                .isEqualTo(Arrays.stream(ProblemKind.values()).map(ProblemKind::code).toList());
    }

    @Test
    void describesProblemsAsTheyAreListed() {
        Map<String, Object> responses = map(map(DESCRIPTION.root().get("components")).get("responses"));

        String all = responses.values().stream().map(response -> (String) map(response).get("description"))
                .collect(Collectors.joining(" ")) + map(DESCRIPTION.root().get("info")).get("description");
        for (ProblemKind kind : ProblemKind.values()) {
            assertThat(all).contains("`" + kind.code() + "`");
        }
    }

    @Test
    void refersToWhatIsThereAndHasNothingThatNobodyRefersTo() {
        Set<String> references = new TreeSet<>(DESCRIPTION.references());
        references.forEach(DESCRIPTION::find);

        Set<String> defined = new TreeSet<>();
        map(DESCRIPTION.root().get("components")).forEach((kind, components) -> map(components).keySet()
                .forEach(name -> defined.add("#/components/" + kind + "/" + name)));
        defined.removeAll(references);
        assertThat(defined).containsExactlyInAnyOrder("#/components/securitySchemes/password",
                "#/components/securitySchemes/token", "#/components/schemas/WatchSnapshot",
                "#/components/schemas/WatchChange", "#/components/schemas/WatchProgress");
    }

    @Test
    void showsExamplesThatTheServerWouldTake() {
        JsonMapper.Builder builder = JsonMapper.builder();
        StrictJson.configure(builder);
        JsonMapper json = builder.build();
        Map<String, Class<?>> types = RECORDS.stream().collect(Collectors.toMap(Schemas::nameOf, type -> type));

        Map<String, Map<String, Object>> examples = DESCRIPTION.examples();

        assertThat(examples).hasSizeGreaterThan(10);
        examples.forEach((place, media) -> {
            Class<?> type = types.get(Description.schemaName(map(media.get("schema"))));
            if (type != null) {
                Object read = json.convertValue(media.get("example"), type);
                assertThat(read).as(place).isNotNull();
                if (read instanceof Problem problem) {
                    assertThat(problem.type()).as(place)
                            .hasToString("https://roster.dev/problems/" + problem.code());
                }
            }
        });
    }
}
