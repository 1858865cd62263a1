package dev.roster.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.ServerTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.server.PathContainer;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

class SegmentedHandlerMappingTest extends ServerTest {
    private static final List<String> METHODS = List.of("GET", "HEAD", "PUT", "POST", "PATCH", "DELETE", "OPTIONS");
    private static final List<String> ODD = List.of("", "%2F", "a;b=c", "configs;x", "a%20b", "..", "configs", "a");

    @Autowired
    private RequestMappingHandlerMapping requestMappingHandlerMapping;

    @Test
    void isTheOneThatIsUsed() {
        assertThat(requestMappingHandlerMapping).isInstanceOf(SegmentedHandlerMapping.class);
    }

    /** Spring's own, with the same handlers, is the model. */
    @Test
    void findsWhatSpringFinds() {
        RequestMappingHandlerMapping model = new RequestMappingHandlerMapping() {
            @Override
            protected void initHandlerMethods() {
                // They are given to it.
            }
        };
        model.setApplicationContext(requestMappingHandlerMapping.getApplicationContext());
        model.afterPropertiesSet();
        requestMappingHandlerMapping.getHandlerMethods()
                .forEach((info, handler) -> model.registerMapping(info, handler.getBean(), handler.getMethod()));
        assertThat(model.getHandlerMethods()).hasSameSizeAs(requestMappingHandlerMapping.getHandlerMethods());

        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (RequestMappingInfo info : model.getHandlerMethods().keySet()) {
            for (String pattern : info.getPatternValues()) {
                for (String path : paths(pattern, random)) {
                    for (String method : METHODS) {
                        assertThat(found(requestMappingHandlerMapping, method, path))
                                .as("%s %s, seed %d", method, path, seed)
                                .isEqualTo(found(model, method, path));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"/a/{b}, /a/x, true", "/a/{b}, /a/, false", "/a/{b}, /a, false", "/a/{b}, /x/y, false",
            "/a/{b}, /a/x/y, false", "/a/{b}/, /a/x/, true", "/a/{b}/, /a/x, false", "/{a}/b, /x/b;v=1, true",
            "/{a}/b, /x/c, false", "/a/**, /a/x/y/z, true", "/a/{*rest}, /a/x/y, true", "/a/b*, /a/bc, true",
            "/a-{b}/c, /a-1/c, true", "/{a:[0-9]+}/c, /1/c, true", "/, /, true", "/%61/{b}, /a/x, true"})
    void ruledOutIsOnlyWhatDoesNotMatch(String pattern, String path, boolean mayMatch) {
        PathContainer asked = PathContainer.parsePath(path);
        PathPattern real = PathPatternParser.defaultInstance.parse(pattern);

        assertThat(PathShape.of(pattern).mayMatch(asked)).isEqualTo(mayMatch);
        assertThat(mayMatch || !real.matches(asked)).as("what is ruled out does not match").isTrue();
    }

    @Test
    void rulesOutNothingOfThePatternWithoutAnything() {
        assertThat(PathShape.of("").mayMatch(PathContainer.parsePath("/"))).isTrue();
    }

    /** A path that matches, some that are nearly the same, and one that is longer. */
    private static List<String> paths(String pattern, Random random) {
        List<String> segments = List.of(pattern.replaceAll("\\{[^/]*}", "x").split("/", -1));
        List<String> paths = new ArrayList<>();
        paths.add(String.join("/", segments));
        paths.add(String.join("/", segments) + "/");
        for (int i = 0; i < 3; i++) {
            List<String> changed = new ArrayList<>(segments);
            changed.set(random.nextInt(changed.size()), ODD.get(random.nextInt(ODD.size())));
            paths.add("/" + String.join("/", changed).replaceAll("^/+", ""));
        }
        paths.add(String.join("/", segments) + "/y");
        return paths;
    }

    private static @Nullable Object found(RequestMappingHandlerMapping where, String method, String path) {
        MockHttpServletRequest request = new MockHttpServletRequest(method, path);
        ServletRequestPathUtils.parseAndCache(request);
        try {
            var found = where.getHandler(request);
            return found == null ? null : found.getHandler().toString();
        } catch (HttpRequestMethodNotSupportedException e) {
            return e.getMessage() + List.of(e.getSupportedMethods() == null ? new String[0] : e.getSupportedMethods());
        } catch (Exception e) {
            return e.getClass() + ": " + e.getMessage();
        }
    }
}
