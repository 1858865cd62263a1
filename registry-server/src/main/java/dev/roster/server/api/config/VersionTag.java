package dev.roster.server.api.config;

import dev.roster.server.config.Expectation;
import dev.roster.server.config.SecretForm;
import dev.roster.server.web.ProblemException;
import dev.roster.server.web.ProblemKind;
import dev.roster.server.web.ProblemReport;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The version of an item as an entity tag (RFC 9110 section 8.8.3), and what callers make conditional on it. Only one strong
 * tag is taken in {@code If-Match}: whoever changes an item has seen one version of it, in whatever form its secrets were. A
 * tag is a number and so tells nothing of the document.
 */
final class VersionTag {
    private static final Pattern STRONG = Pattern.compile("\"([1-9][0-9]{0,17})(?:-(?:masked|cipher|plain))?\"");
    private static final String IF_MATCH = "If-Match";
    private static final String IF_NONE_MATCH = "If-None-Match";

    private VersionTag() {}

    static String of(long version) {
        return "\"" + version + "\"";
    }

    /** Returns the tag of a document with secrets: what is not the same to its readers has not the same tag. */
    static String of(long version, SecretForm form) {
        return "\"" + version + "-" + form.name().toLowerCase(Locale.ROOT) + "\"";
    }

    /**
     * Reads what whoever publishes expects.
     *
     * @param ifMatch value of the header, null if there is none
     * @param ifNoneMatch value of the header, null if there is none
     */
    static Expectation expectation(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
        if (ifMatch != null && ifNoneMatch != null) {
            throw ProblemException.invalidArgument(IF_NONE_MATCH, ifNoneMatch, "either If-Match or If-None-Match");
        }
        if (ifNoneMatch != null) {
            if (!ifNoneMatch.strip().equals("*")) {
                throw ProblemException.invalidArgument(IF_NONE_MATCH, ifNoneMatch, "* on a request that publishes");
            }
            return new Expectation.Absent();
        }
        Long version = expectedVersion(ifMatch);
        return version == null ? new Expectation.Unstated() : new Expectation.Version(version);
    }

    /** Reads the number that whoever changes something has seen, and refuses those who do not say. */
    static long needed(@Nullable String ifMatch) {
        Long number = expectedVersion(ifMatch);
        if (number == null) {
            throw new ProblemException(ProblemReport
                    .of(ProblemKind.PRECONDITION_REQUIRED,
                            "Name the number that you have seen, with the header If-Match")
                    .withViolation(IF_MATCH, null, "the number that you have seen, in quotes, such as \"3\""));
        }
        return number;
    }

    /** Reads the version that whoever changes an item has seen, null if they do not say. */
    static @Nullable Long expectedVersion(@Nullable String ifMatch) {
        if (ifMatch == null) {
            return null;
        }
        Matcher tag = STRONG.matcher(ifMatch.strip());
        if (!tag.matches()) {
            throw ProblemException.invalidArgument(IF_MATCH, ifMatch,
                    "the version that you have seen, in quotes, such as \"3\"");
        }
        return Long.valueOf(tag.group(1));
    }
}
