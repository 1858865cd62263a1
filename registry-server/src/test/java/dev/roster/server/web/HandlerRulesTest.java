package dev.roster.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.roster.server.ServerTest;
import dev.roster.server.security.Role;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

class HandlerRulesTest extends ServerTest {

    /** What changes something all the time and by itself; in the audit log it would hide everything else. */
    private static final Set<String> NOT_AUDITED = Set.of("heartbeat", "heartbeats", "{check}", "watch",
            "config-reports", "check", "sessions", "claims", "counters", "items", "take", "arrivals");

    @Autowired
    private RequestMappingHandlerMapping requestMappingHandlerMapping;

    @Test
    void refusesAHandlerThatDoesNotSayWhoMayCallIt() throws NoSuchMethodException {
        Map<RequestMappingInfo, HandlerMethod> silent = handler("/api/v1/x", "silent");

        assertThatIllegalStateException().isThrownBy(() -> HandlerRules.check(silent))
                .withMessageContaining("without @RequiresRole");
    }

    @Test
    void acceptsHandlersThatDoAndThoseElsewhere() throws NoSuchMethodException {
        Map<RequestMappingInfo, HandlerMethod> reader = handler("/api/v1/x", "reader");
        Map<RequestMappingInfo, HandlerMethod> open = handler("/api/v1/x", "open");
        Map<RequestMappingInfo, HandlerMethod> page = handler("/console/x", "silent");

        assertThatCode(() -> {
            HandlerRules.check(reader);
            HandlerRules.check(open);
            HandlerRules.check(page);
        }).doesNotThrowAnyException();
    }

    @Test
    void hasEveryChangeInTheAuditLog() {
        requestMappingHandlerMapping.getHandlerMethods().forEach((info, method) -> {
            boolean ofApi = info.getPatternValues().stream().anyMatch(path -> path.startsWith("/api"));
            boolean changes = !Set.of(RequestMethod.GET).equals(info.getMethodsCondition().getMethods());
            boolean exempt = info.getPatternValues().stream()
                    .anyMatch(path -> Stream.of(path.split("/")).anyMatch(NOT_AUDITED::contains));
            if (ofApi && changes && !exempt) {
                assertThat(method.hasMethodAnnotation(Audited.class)).as(info + " is @Audited").isTrue();
            }
        });
    }

    private static Map<RequestMappingInfo, HandlerMethod> handler(String path, String name)
            throws NoSuchMethodException {
        return Map.of(RequestMappingInfo.paths(path).build(),
                new HandlerMethod(new Handlers(), Handlers.class.getDeclaredMethod(name)));
    }

    static final class Handlers {
        void silent() {}

        @RequiresRole(Role.READER)
        void reader() {}

        @OpenToAll(because = "a test")
        void open() {}
    }
}
