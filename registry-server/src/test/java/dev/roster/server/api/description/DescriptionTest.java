package dev.roster.server.api.description;

import static dev.roster.server.api.description.Description.list;
import static dev.roster.server.api.description.Description.map;
import static dev.roster.server.api.description.Description.schemaName;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.api.Page;
import dev.roster.server.ServerTest;
import dev.roster.server.security.Caller;
import dev.roster.server.security.Role;
import dev.roster.server.web.AnswersWith;
import dev.roster.server.web.OpenToAll;
import dev.roster.server.web.PageQuery;
import dev.roster.server.web.ReadOptions;
import dev.roster.server.web.RequiresRole;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.MethodParameter;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Compares the committed description with the handlers that are mapped: what one has, the other has. */
class DescriptionTest extends ServerTest {

    private static final String BYTES = "application/octet-stream";

    /** Statuses that depend on what a handler does, which its signature does not tell. */
    private static final Set<Integer> BY_MEANING = Set.of(403, 404, 409, 410, 412, 428);

    /** What handlers take that choose instances by all the parameters of the request. */
    private static final Set<String> SELECTION = Set.of("query healthy", "query status", "query zone", "query cluster",
            "query version", "query tag", "query filter", "query selector", "query sort");

    private final Description description = Description.read();

    @Autowired
    private RequestMappingHandlerMapping requestMappingHandlerMapping;

    @Test
    void isServedToEverybodyAsItWasCommitted() throws IOException {
        HttpResponse<String> response = send(get("/api/v1/openapi"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/yaml");
        assertThat(response.body())
                .isEqualTo(new ClassPathResource("openapi.yaml").getContentAsString(StandardCharsets.UTF_8));
    }

    @Test
    void describesEveryHandlerAndNothingElse() {
        assertThat(description.operations().keySet()).containsExactlyElementsOf(handlers().keySet());
    }

    @Test
    void givesEveryOperationAnIdASummaryAndATag() {
        Set<Object> ids = new TreeSet<>();
        Set<Object> tags = new TreeSet<>(
                list(description.root().get("tags")).stream().map(tag -> (String) map(tag).get("name")).toList());
        description.operations().forEach((name, operation) -> {
            assertThat(ids.add(operation.get("operationId"))).as(name).isTrue();
            assertThat((String) operation.get("summary")).as(name).isNotBlank();
            assertThat(tags).as(name).containsAll(list(operation.get("tags")));
        });
    }

    @Test
    void describesTheParametersOfEveryHandler() {
        handlers().forEach((name, handler) -> {
            Map<String, Map<String, Object>> described = description.parameters(description.operations().get(name));
            Set<String> expected = parametersOf(handler);
            if (described.containsKey("header If-None-Match") && name.startsWith("GET ")) {
                // Spring answers these by itself, for whatever has an entity tag.
                expected.add("header If-None-Match");
            }
            assertThat(described.keySet()).as(name).containsExactlyElementsOf(expected);
            Set<String> needed = neededOf(handler);
            described.forEach((place, parameter) -> assertThat(parameter.get("required")).as(name + " " + place)
                    .isEqualTo(place.startsWith("path ") || needed.contains(place) ? true : null));
        });
    }

    @Test
    void describesTheBodyOfEveryRequest() {
        handlers().forEach((name, handler) -> {
            Map<String, Object> body = map(
                    description.operations().get(name).getOrDefault("requestBody", Map.of()));
            Class<?> type = bodyOf(handler);
            if (takesBytes(handler)) {
                assertThat(body.get("required")).as(name).isEqualTo(true);
                assertThat(description.content(body, BYTES)).as(name).isNotEmpty();
            } else if (type == null) {
                assertThat(body).as(name).isEmpty();
            } else {
                assertThat(body.get("required")).as(name).isEqualTo(true);
                assertThat(schemaName(map(description.content(body, "application/json").get("schema")))).as(name)
                        .isEqualTo(Schemas.nameOf(type));
            }
        });
    }

    @Test
    void describesTheAnswerOfEveryHandler() {
        handlers().forEach((name, handler) -> {
            Map<Integer, Map<String, Object>> responses = description
                    .responses(description.operations().get(name));
            Type type = answerOf(handler);
            if (type == Void.class || type == void.class) {
                Map<String, Object> answer = responses.getOrDefault(200, Map.of());
                boolean streams = description.content(answer, "text/event-stream").containsKey("schema")
                        || description.content(answer, BYTES).containsKey("schema");
                assertThat(streams || responses.containsKey(204)).as(name).isTrue();
            } else if (type == Resource.class) {
                assertThat(description.content(responses.get(200), "application/yaml")).as(name).isNotEmpty();
            } else {
                Set<Integer> successes = new TreeSet<>(responses.keySet());
                successes.removeIf(status -> status >= 300);
                assertThat(successes).as(name).isNotEmpty().isSubsetOf(200, 201, 202);
                successes.forEach(status -> assertThat(
                        schemaName(map(description.content(responses.get(status), "application/json").get("schema"))))
                        .as(name + " " + status).isEqualTo(schemaOf(type)));
            }
        });
    }

    @Test
    void givesAnExampleOfEveryBodyOfTheConfigurationCenter() {
        description.operations().forEach((name, operation) -> {
            if (list(operation.get("tags")).contains("configuration") || name.contains("/audit")) {
                Map<Integer, Map<String, Object>> responses = description.responses(operation);
                responses.keySet().removeIf(status -> status >= 300);
                responses.forEach((status, response) -> assertHasExample(name + " " + status, response));
                assertHasExample(name, map(operation.getOrDefault("requestBody", Map.of())));
            }
        });
    }

    private void assertHasExample(String place, Map<String, Object> bodyOrResponse) {
        Map<String, Object> json = description.content(bodyOrResponse, "application/json");
        assertThat(json.isEmpty() || json.containsKey("example")).as(place).isTrue();
    }

    @Test
    void describesTheProblemsOfEveryHandler() {
        handlers().forEach((name, handler) -> {
            Map<Integer, Map<String, Object>> responses = description
                    .responses(description.operations().get(name));
            Set<Integer> expected = problemsOf(handler);
            Set<Integer> described = new TreeSet<>(responses.keySet());
            described.removeIf(status -> status < 400);
            assertThat(described).as(name).containsAll(expected);
            described.removeAll(expected);
            assertThat(described).as(name).isSubsetOf(BY_MEANING);
            responses.forEach((status, response) -> {
                if (status >= 400) {
                    assertThat(schemaName(
                            map(description.content(response, "application/problem+json").get("schema"))))
                            .as(name + " " + status).isEqualTo("Problem");
                }
            });
        });
    }

    @Test
    void saysWhichRoleIsNeeded() {
        handlers().forEach((name, handler) -> {
            Map<String, Object> operation = description.operations().get(name);
            String text = (String) operation.get("description");
            RequiresRole rule = handler.getMethodAnnotation(RequiresRole.class);
            if (rule == null) {
                assertThat(list(operation.get("security"))).as(name).isEmpty();
            } else {
                assertThat(operation).as(name).doesNotContainKey("security");
                assertThat(text.replaceAll("\\s+", " ")).as(name).containsPattern(rule.value() == Role.READER
                        ? "Role reader|Any role|Role admin; everybody"
                        : "Role " + rule.value().label());
            }
        });
    }

    private Map<String, HandlerMethod> handlers() {
        Map<String, HandlerMethod> handlers = new TreeMap<>();
        requestMappingHandlerMapping.getHandlerMethods()
                .forEach((info, handler) -> info.getPatternValues().forEach(path -> {
                    if (path.startsWith("/api/v1")) {
                        info.getMethodsCondition().getMethods()
                                .forEach(method -> handlers.put(method + " " + path, handler));
                    }
                }));
        return handlers;
    }

    private static Set<String> parametersOf(HandlerMethod handler) {
        Set<String> names = new TreeSet<>();
        for (MethodParameter parameter : handler.getMethodParameters()) {
            parameter.initParameterNameDiscovery(new org.springframework.core.DefaultParameterNameDiscoverer());
            Class<?> type = parameter.getParameterType();
            PathVariable path = parameter.getParameterAnnotation(PathVariable.class);
            RequestParam query = parameter.getParameterAnnotation(RequestParam.class);
            RequestHeader header = parameter.getParameterAnnotation(RequestHeader.class);
            if (type == MultiValueMap.class) {
                names.addAll(SELECTION);
            } else if (path != null) {
                names.add("path " + (path.value().isEmpty() ? parameter.getParameterName() : path.value()));
            } else if (query != null) {
                names.add("query " + (query.value().isEmpty() ? parameter.getParameterName() : query.value()));
            } else if (header != null) {
                names.add("header " + header.name());
            } else if (type == PageQuery.class) {
                names.addAll(Set.of("query limit", "query cursor"));
            } else if (type == ReadOptions.class) {
                names.addAll(Set.of("query consistency", "header Roster-Min-Revision"));
            } else {
                assertThat(type == Caller.class || ServletRequest.class.isAssignableFrom(type)
                        || ServletResponse.class.isAssignableFrom(type)
                        || parameter.hasParameterAnnotation(RequestBody.class)).as("%s %s", handler, type).isTrue();
            }
        }
        return names;
    }

    /** Returns the query parameters without which a handler is not called. */
    private static Set<String> neededOf(HandlerMethod handler) {
        Set<String> names = new TreeSet<>();
        for (MethodParameter parameter : handler.getMethodParameters()) {
            RequestParam query = parameter.getParameterAnnotation(RequestParam.class);
            if (query != null && query.required() && query.defaultValue().equals(ValueConstants.DEFAULT_NONE)) {
                names.add("query " + parameter.getParameterName());
            }
        }
        return names;
    }

    private static boolean takesBytes(HandlerMethod handler) {
        PostMapping mapping = handler.getMethodAnnotation(PostMapping.class);
        return mapping != null && Set.of(mapping.consumes()).contains(BYTES);
    }

    private static Class<?> bodyOf(HandlerMethod handler) {
        for (MethodParameter parameter : handler.getMethodParameters()) {
            if (parameter.hasParameterAnnotation(RequestBody.class)) {
                return parameter.getParameterType();
            }
        }
        return null;
    }

    private static Type answerOf(HandlerMethod handler) {
        AnswersWith encoded = handler.getMethodAnnotation(AnswersWith.class);
        if (encoded != null) {
            return encoded.value();
        }
        Type type = handler.getMethod().getGenericReturnType();
        return type instanceof ParameterizedType generic && generic.getRawType() == ResponseEntity.class
                ? generic.getActualTypeArguments()[0]
                : type;
    }

    private static String schemaOf(Type answer) {
        if (answer instanceof ParameterizedType generic && generic.getRawType() == Page.class) {
            Class<?> item = (Class<?>) generic.getActualTypeArguments()[0];
            return (item == String.class ? "Namespace" : Schemas.nameOf(item)) + "Page";
        }
        return Schemas.nameOf((Class<?>) answer);
    }

    private static Set<Integer> problemsOf(HandlerMethod handler) {
        Set<Integer> statuses = new TreeSet<>(Set.of(500));
        Set<String> parameters = parametersOf(handler);
        if (handler.hasMethodAnnotation(OpenToAll.class)) {
            return statuses;
        }
        statuses.addAll(Set.of(401, 429, 503));
        RequiresRole rule = handler.getMethodAnnotation(RequiresRole.class);
        if (rule != null && rule.value() != Role.READER) {
            statuses.add(403);
        }
        if (!parameters.isEmpty()) {
            statuses.add(400);
        }
        if (bodyOf(handler) != null || takesBytes(handler)) {
            statuses.addAll(Set.of(400, 413, 415));
        }
        if (parameters.contains("query cursor")) {
            statuses.add(410);
        }
        if (parameters.contains("header If-Match")) {
            statuses.addAll(Set.of(409, 412, 428));
        }
        return statuses;
    }
}
