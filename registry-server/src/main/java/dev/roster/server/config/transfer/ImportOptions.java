package dev.roster.server.config.transfer;

import dev.roster.server.config.Publication;
import dev.roster.server.security.InvalidArgumentException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How an archive is read and what is done with it.
 *
 * @param source what it is an export of, null to find out
 * @param conflict what becomes of items that are there with other content
 * @param preview whether only to tell what would be done
 * @param skipMalformed whether to import the rest when some of it is malformed
 * @param keepExtensions whether the extension of a file stays part of the item's name
 * @param environment which environment of an Apollo export to take, null if it has only one
 * @param prefix begins the keys of a Consul export that are taken, without slashes at either end
 * @param comment comment of the versions, null for none
 */
public record ImportOptions(@Nullable ImportSource source, ConflictChoice conflict, boolean preview,
        boolean skipMalformed, boolean keepExtensions, @Nullable String environment, String prefix,
        @Nullable String comment) {

    /** Where Spring Cloud Consul looks by default. */
    public static final String DEFAULT_PREFIX = "config";

    private static final Pattern ENVIRONMENT = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final int MAX_PREFIX_CHARACTERS = 512;

    /** What holds when nothing is said. */
    public static final ImportOptions DEFAULT = new ImportOptions(null, ConflictChoice.FAIL, false, false, false, null,
            DEFAULT_PREFIX, null);

    /** Refuses what cannot be, with {@link InvalidArgumentException}. */
    public ImportOptions {
        Publication.checkComment(comment);
        if (environment != null && !ENVIRONMENT.matcher(environment).matches()) {
            throw new InvalidArgumentException("environment", environment, "the name of an environment, such as PRO");
        }
        if (prefix.length() > MAX_PREFIX_CHARACTERS || prefix.startsWith("/") || prefix.endsWith("/")) {
            throw new InvalidArgumentException("prefix", prefix,
                    "at most " + MAX_PREFIX_CHARACTERS + " characters, without slashes at either end");
        }
    }

    /** Returns the same with another choice for conflicts. */
    public ImportOptions with(ConflictChoice choice) {
        return new ImportOptions(source, choice, preview, skipMalformed, keepExtensions, environment, prefix, comment);
    }

    /** Returns the same for another source. */
    public ImportOptions with(ImportSource from) {
        return new ImportOptions(from, conflict, preview, skipMalformed, keepExtensions, environment, prefix, comment);
    }

    /** Returns the same, only to tell what would be done. */
    public ImportOptions asPreview() {
        return new ImportOptions(source, conflict, true, skipMalformed, keepExtensions, environment, prefix, comment);
    }

    /** Returns the same, importing what is not malformed. */
    public ImportOptions skippingMalformed() {
        return new ImportOptions(source, conflict, preview, true, keepExtensions, environment, prefix, comment);
    }
}
