package dev.roster.server.config.format;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Values of TOML that are written without quotes: truth values, numbers, dates and times (TOML 1.0, "Integer" and on). */
final class TomlScalar {
    private static final String DIGITS = "[0-9](_?[0-9])*";
    private static final String DECIMAL = "[+-]?(0|[1-9](_?[0-9])*)";
    private static final Pattern INTEGER = Pattern.compile(DECIMAL);
    private static final Pattern FLOAT = Pattern
            .compile(DECIMAL + "(\\." + DIGITS + ")?([eE][+-]?" + DIGITS + ")?|[+-]?(inf|nan)");
    private static final Pattern HEX = Pattern.compile("0x[0-9A-Fa-f](_?[0-9A-Fa-f])*");
    private static final Pattern OCTAL = Pattern.compile("0o[0-7](_?[0-7])*");
    private static final Pattern BINARY = Pattern.compile("0b[01](_?[01])*");
    private static final String DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
    private static final String TIME = "[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?";
    private static final Pattern LOCAL_DATE = Pattern.compile(DATE);
    private static final Pattern LOCAL_TIME = Pattern.compile(TIME);
    private static final Pattern LOCAL_DATE_TIME = Pattern.compile(DATE + "[Tt ]" + TIME);
    private static final Pattern OFFSET_DATE_TIME = Pattern
            .compile(DATE + "[Tt ]" + TIME + "([Zz]|[+-][0-9]{2}:[0-9]{2})");

    private TomlScalar() {}

    /** Returns the text of a value, empty if the word is none. */
    static Optional<String> read(String word) {
        boolean good = word.equals("true") || word.equals("false") || isInteger(word)
                || (FLOAT.matcher(word).matches() && !INTEGER.matcher(word).matches()) || isTime(word);
        return good ? Optional.of(isTime(word) ? word : word.replace("_", "")) : Optional.empty();
    }

    private static boolean isInteger(String word) {
        String plain = word.replace("_", "");
        if (INTEGER.matcher(word).matches()) {
            return fits(new BigInteger(plain, 10));
        }
        return (HEX.matcher(word).matches() && fits(new BigInteger(plain.substring(2), 16)))
                || (OCTAL.matcher(word).matches() && fits(new BigInteger(plain.substring(2), 8)))
                || (BINARY.matcher(word).matches() && fits(new BigInteger(plain.substring(2), 2)));
    }

    private static boolean fits(BigInteger number) {
        return number.bitLength() < Long.SIZE;
    }

    private static boolean isTime(String word) {
        String iso = word.toUpperCase(Locale.ROOT).replace(' ', 'T');
        try {
            if (LOCAL_DATE.matcher(word).matches()) {
                LocalDate.parse(iso);
            } else if (LOCAL_TIME.matcher(word).matches()) {
                LocalTime.parse(nanos(iso));
            } else if (LOCAL_DATE_TIME.matcher(word).matches()) {
                LocalDateTime.parse(nanos(iso));
            } else if (OFFSET_DATE_TIME.matcher(word).matches()) {
                OffsetDateTime.parse(nanos(iso));
            } else {
                return false;
            }
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** Cuts what is finer than a nanosecond, which TOML allows. */
    private static String nanos(String iso) {
        return iso.replaceFirst("(\\.[0-9]{9})[0-9]+", "$1");
    }
}
