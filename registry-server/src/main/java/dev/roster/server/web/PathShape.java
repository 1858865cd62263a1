package dev.roster.server.web;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.PathContainer.Element;
import org.springframework.http.server.PathContainer.PathSegment;

/** What can be told of a path pattern at a glance: how many elements a path must have, and which of them are fixed. */
final class PathShape {

    /** The shape of patterns of which nothing can be told. */
    static final PathShape ANY = new PathShape(null);

    private static final String SEPARATOR = "/";

    /** Separators and segments in turn, as a path has them; null for what may be anything. Null if nothing can be told. */
    private final @Nullable List<@Nullable String> elements;

    private PathShape(@Nullable List<@Nullable String> elements) {
        this.elements = elements;
    }

    /** Returns the shape of a pattern, as {@link org.springframework.web.util.pattern.PathPattern} reads it. */
    static PathShape of(String pattern) {
        if (!pattern.startsWith(SEPARATOR) || pattern.contains("**") || pattern.contains("{*")) {
            return ANY;
        }
        List<@Nullable String> elements = new ArrayList<>();
        for (String segment : pattern.substring(1).split(SEPARATOR, -1)) {
            elements.add(SEPARATOR);
            if (!segment.isEmpty()) {
                elements.add(isFixed(segment) ? segment : null);
            }
        }
        return new PathShape(elements);
    }

    private static boolean isFixed(String segment) {
        return segment.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.');
    }

    /** Tells whether a path may match the pattern; if not, it does not. */
    boolean mayMatch(PathContainer path) {
        if (elements == null) {
            return true;
        }
        List<Element> asked = path.elements();
        if (elements.size() != asked.size()) {
            return false;
        }
        for (int i = 0; i < asked.size(); i++) {
            String fixed = elements.get(i);
            if (fixed != null && !fixed.equals(text(asked.get(i)))) {
                return false;
            }
        }
        return true;
    }

    private static String text(Element element) {
        return element instanceof PathSegment segment ? segment.valueToMatch() : element.value();
    }
}
