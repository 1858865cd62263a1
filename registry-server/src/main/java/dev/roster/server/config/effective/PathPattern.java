package dev.roster.server.config.effective;

import java.util.regex.Pattern;

/** A beginning of paths of properties, in which {@code *} stands for one part: {@code spring.*.url}, {@code servers[*].name}. */
record PathPattern(Pattern pattern) {

    static PathPattern of(String path) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            regex.append(c == '*' ? "[^.\\[\\]]*+" : Pattern.quote(String.valueOf(c)));
        }
        return new PathPattern(Pattern.compile(regex + "(?:[.\\[].*)?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL));
    }

    /** Tells whether a path is the one that is meant, or below it. */
    boolean matches(String path) {
        return pattern.matcher(path).matches();
    }
}
