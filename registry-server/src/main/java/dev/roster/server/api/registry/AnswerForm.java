package dev.roster.server.api.registry;

import java.util.Arrays;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What headers of a request say about the form of a prepared answer (RFC 9110, sections 12.5.3 and 13.1.2). */
final class AnswerForm {
    private static final Pattern GZIP = Pattern.compile("gzip(\\s*;\\s*q=(1(\\.0*)?|0?\\.[0-9]*[1-9][0-9]*))?",
            Pattern.CASE_INSENSITIVE);

    private AnswerForm() {}

    /** Tells whether the caller has the answer already. */
    static boolean isKnown(PreparedAnswer answer, @Nullable String ifNoneMatch) {
        return isAny(ifNoneMatch, answer.tag()::equals);
    }

    /** Tells whether the answer is to be sent compressed. */
    static boolean isCompressed(PreparedAnswer answer, @Nullable String acceptEncoding) {
        return answer.isCompressible() && isAny(acceptEncoding, one -> GZIP.matcher(one).matches());
    }

    private static boolean isAny(@Nullable String list, Predicate<String> wanted) {
        return list != null && Arrays.stream(list.split(",")).map(String::strip).anyMatch(wanted);
    }
}
