package dev.roster.server.api.description;

import static dev.roster.server.api.description.Description.list;
import static dev.roster.server.api.description.Description.map;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.api.cluster.ClusterStatus;
import dev.roster.api.registry.BulkResult;
import dev.roster.api.registry.HeartbeatRequest;
import dev.roster.api.watch.WatchRequest;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares schemas of the description with records of the API. */
final class Schemas {
    private static final Map<Class<?>, String> NAMES = Map.of(WatchRequest.Target.class, "WatchTarget",
            ClusterStatus.Member.class, "ClusterMember", HeartbeatRequest.Target.class, "HeartbeatTarget",
            BulkResult.Change.class, "BulkChange");

    private final Description description;

    Schemas(Description description) {
        this.description = description;
    }

    /** Returns the name of the schema of a record. */
    static String nameOf(Class<?> type) {
        return NAMES.getOrDefault(type, type.getSimpleName());
    }

    /** Checks that the schema has just the components of the record, of the same types, and those needed that are. */
    void check(Class<?> type) {
        Map<String, Object> schema = map(description.schemas().get(nameOf(type)));
        assertThat(schema).as("schema of " + type).isNotNull();
        Map<String, Object> properties = map(schema.get("properties"));
        List<RecordComponent> components = List.of(type.getRecordComponents());
        assertThat(properties.keySet()).as(nameOf(type))
                .containsExactlyElementsOf(components.stream().map(RecordComponent::getName).toList());
        Set<Object> required = new TreeSet<>(list(schema.getOrDefault("required", List.of())));
        for (RecordComponent component : components) {
            String place = nameOf(type) + "." + component.getName();
            assertThat(required.contains(component.getName())).as(place + " is needed")
                    .isEqualTo(!isNullable(component.getAnnotatedType()));
            checkType(place, component.getGenericType(), map(properties.get(component.getName())));
        }
        boolean request = type.getSimpleName().endsWith("Request") || type.getSimpleName().endsWith("Registration")
                || type == WatchRequest.Target.class || type == HeartbeatRequest.Target.class;
        assertThat(schema.get("additionalProperties")).as(nameOf(type)).isEqualTo(request ? false : null);
    }

    private void checkType(String place, Type type, Map<String, Object> schema) {
        if (type instanceof ParameterizedType generic) {
            Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            boolean isList = generic.getRawType() == List.class;
            assertThat(schema.get("type")).as(place).isEqualTo(isList ? "array" : "object");
            checkType(place + "[]", last, map(schema.get(isList ? "items" : "additionalProperties")));
        } else if (((Class<?>) type).isRecord()) {
            assertThat(Description.schemaName(schema)).as(place).isEqualTo(nameOf((Class<?>) type));
        } else if (((Class<?>) type).isEnum()) {
            assertThat(list(map(description.find((String) schema.get("$ref"))).get("enum"))).as(place)
                    .isEqualTo(Arrays.stream(((Class<?>) type).getEnumConstants())
                            .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT)).toList());
        } else {
            assertThat(schema.get("type") + " " + schema.get("format")).as(place).isEqualTo(simple((Class<?>) type));
        }
    }

    private static String simple(Class<?> type) {
        if (type == String.class) {
            return "string null";
        } else if (type == int.class || type == Integer.class) {
            return "integer int32";
        } else if (type == long.class || type == Long.class) {
            return "integer int64";
        } else if (type == double.class || type == Double.class) {
            return "number double";
        } else if (type == boolean.class || type == Boolean.class) {
            return "boolean null";
        } else if (type == Instant.class) {
            return "string date-time";
        } else if (type == Duration.class) {
            return "string duration";
        } else if (type == URI.class) {
            return "string uri";
        }
        throw new AssertionError("no schema for " + type);
    }

    private static boolean isNullable(AnnotatedElement type) {
        return type.isAnnotationPresent(Nullable.class);
    }
}
