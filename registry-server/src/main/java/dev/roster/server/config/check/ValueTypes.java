package dev.roster.server.config.check;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which texts Spring Boot can make a Java type of (reference, "Properties Conversion"). Of types that are not known here any
 * text may be right, and so may one with a placeholder or an encrypted value.
 */
final class ValueTypes {
    private static final Set<String> TRUTH = Set.of("true", "false", "on", "off", "yes", "no", "1", "0");
    private static final Pattern SIMPLE_DURATION = Pattern.compile("[+-]?[0-9]{1,18}([a-zA-Z]{0,2})");
    private static final Set<String> DURATION_UNITS = Set.of("", "ns", "us", "ms", "s", "m", "h", "d");
    private static final Pattern ISO_DURATION = Pattern
            .compile("[+-]?[pP]([+-]?[0-9]+[dD])?([tT]([+-]?[0-9]+[hH])?([+-]?[0-9]+[mM])?([+-]?[0-9.]+[sS])?)?");
    private static final Pattern DATA_SIZE = Pattern.compile("[+-]?[0-9]{1,18}(B|KB|MB|GB|TB)?");
    private static final int MAX_NUMBER_CHARACTERS = 100;

    private static final Map<String, Type> TYPES = Map.ofEntries(
            Map.entry("java.lang.Boolean",
                    new Type("true or false", text -> TRUTH.contains(text.toLowerCase(Locale.ROOT)))),
            Map.entry("java.lang.Byte", whole(Byte.SIZE)), Map.entry("java.lang.Short", whole(Short.SIZE)),
            Map.entry("java.lang.Integer", whole(Integer.SIZE)), Map.entry("java.lang.Long", whole(Long.SIZE)),
            Map.entry("java.lang.Float", new Type("a number", ValueTypes::isNumber)),
            Map.entry("java.lang.Double", new Type("a number", ValueTypes::isNumber)),
            Map.entry("java.time.Duration", new Type("a duration such as 10s or PT10S", ValueTypes::isDuration)),
            Map.entry("org.springframework.util.unit.DataSize",
                    new Type("a size such as 10MB", text -> DATA_SIZE.matcher(text).matches())));

    private record Type(String expected, Predicate<String> test) {}

    private ValueTypes() {}

    /** Returns what is expected of a type, if a text is not right for it. */
    static Optional<String> refusal(String type, String text) {
        Type known = TYPES.get(type);
        String value = text.strip();
        if (known == null || value.isEmpty() || value.contains("${") || value.startsWith("{cipher}")
                || value.startsWith("{secret}")) {
            return Optional.empty();
        }
        return known.test.test(value) ? Optional.empty() : Optional.of(known.expected);
    }

    /** Tells whether a property of this type may have parts of any name. */
    static boolean isOpen(String type) {
        return type.startsWith("java.util.Map") || type.startsWith("java.util.Properties") || isList(type);
    }

    private static boolean isList(String type) {
        return type.startsWith("java.util.List") || type.startsWith("java.util.Set")
                || type.startsWith("java.util.Collection") || type.endsWith("[]");
    }

    private static Type whole(int bits) {
        return new Type("a whole number of " + bits + " bits", text -> isWhole(text, bits));
    }

    private static boolean isWhole(String text, int bits) {
        try {
            boolean hex = text.startsWith("0x") || text.startsWith("0X");
            return text.length() <= MAX_NUMBER_CHARACTERS
                    && new BigInteger(hex ? text.substring(2) : text, hex ? 16 : 10).bitLength() < bits;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean isNumber(String text) {
        try {
            return text.equals("NaN") || text.matches("[+-]?Infinity")
                    || (text.length() <= MAX_NUMBER_CHARACTERS && new BigDecimal(text).precision() > 0);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean isDuration(String text) {
        var simple = SIMPLE_DURATION.matcher(text);
        return simple.matches()
                ? DURATION_UNITS.contains(simple.group(1).toLowerCase(Locale.ROOT))
                : ISO_DURATION.matcher(text).matches() && text.length() > 2;
    }
}
