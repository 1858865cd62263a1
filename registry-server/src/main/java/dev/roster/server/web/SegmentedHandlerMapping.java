package dev.roster.server.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Finds the handler of a request without weighing the conditions of handlers whose path has other segments. Spring weighs those of
 * every handler whose path has variables, of which there are two hundred, for every request: method, headers and media types
 * first, and the path last. What is found is the same.
 */
final class SegmentedHandlerMapping extends RequestMappingHandlerMapping {
    private final ConcurrentHashMap<RequestMappingInfo, PathShape> shapes = new ConcurrentHashMap<>();

    /** A request whose path need not be looked for again for each handler. */
    private static final class Asked extends HttpServletRequestWrapper {
        private final PathContainer path;

        Asked(HttpServletRequest request) {
            super(request);
            path = ServletRequestPathUtils.getParsedRequestPath(request).pathWithinApplication();
        }
    }

    @Override
    protected @Nullable HandlerMethod lookupHandlerMethod(String lookupPath, HttpServletRequest request)
            throws Exception {
        return super.lookupHandlerMethod(lookupPath, new Asked(request));
    }

    @Override
    protected @Nullable RequestMappingInfo getMatchingMapping(RequestMappingInfo info, HttpServletRequest request) {
        return request instanceof Asked asked
                && !shapes.computeIfAbsent(info, SegmentedHandlerMapping::shape).mayMatch(asked.path)
                        ? null
                        : super.getMatchingMapping(info, request);
    }

    private static PathShape shape(RequestMappingInfo info) {
        Set<String> patterns = info.getPatternValues();
        return patterns.size() == 1 ? PathShape.of(patterns.iterator().next()) : PathShape.ANY;
    }
}
