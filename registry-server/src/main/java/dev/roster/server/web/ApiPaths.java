package dev.roster.server.web;

import jakarta.servlet.http.HttpServletRequest;

/** Tells the paths for programs, whose errors are problem documents, from those for people. */
public final class ApiPaths {

    /** All paths of the API and of Actuator, as patterns of Spring Security. */
    static final String[] PATTERNS = {"/api/**", "/actuator/**"};

    private ApiPaths() {}

    /** Tells whether a request is for the API, the description of which is in {@code openapi.yaml}. */
    static boolean isApi(HttpServletRequest request) {
        return isBelow(request.getRequestURI(), "/api");
    }

    /** Tells whether errors at a path are answered by problem documents, whatever media type the request accepts. */
    public static boolean isForPrograms(String path) {
        return isBelow(path, "/api") || isBelow(path, "/actuator");
    }

    private static boolean isBelow(String path, String root) {
        return path.startsWith(root) && (path.length() == root.length() || path.charAt(root.length()) == '/');
    }
}
