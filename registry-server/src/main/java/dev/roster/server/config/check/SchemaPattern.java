package dev.roster.server.config.check;

import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;
import dev.roster.server.security.InvalidArgumentException;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Patterns of schemas, with a bound on what looking for one may cost: an expression such as {@code (a+)+$} would otherwise take
 * years for a text of forty letters. Patterns are those of Java, not of ECMA 262.
 */
final class SchemaPattern implements RegularExpressionFactory {
    private static final int MAX_CHARACTERS = 1000;

    /** Most characters that are looked at, again and again, for one text: some milliseconds. */
    private static final int MAX_STEPS = 1_000_000;

    /** Ends a search that takes too long. */
    static final class TooCostlyException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooCostlyException(String pattern) {
            super("the pattern " + pattern + " takes too long for a value", null, false, false);
        }
    }

    @Override
    public RegularExpression getRegularExpression(String regex) {
        if (regex.length() > MAX_CHARACTERS) {
            throw new InvalidArgumentException("schema", regex,
                    "patterns of at most " + MAX_CHARACTERS + " characters");
        }
        try {
            Pattern pattern = Pattern.compile(regex);
            return text -> pattern.matcher(new Counted(text, new Steps(), regex)).find();
        } catch (PatternSyntaxException e) {
            throw new InvalidArgumentException("schema", regex,
                    "patterns that Java understands: " + e.getDescription());
        }
    }

    /** How often a text was looked at. */
    private static final class Steps {
        private int count;
    }

    /** A text that counts how often it is looked at. */
    private record Counted(CharSequence text, Steps steps, String pattern) implements CharSequence {
        @Override
        public char charAt(int index) {
            if (++steps.count > MAX_STEPS) {
                throw new TooCostlyException(pattern);
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(text.subSequence(start, end), steps, pattern);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
