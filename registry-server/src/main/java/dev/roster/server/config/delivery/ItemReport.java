package dev.roster.server.config.delivery;

import dev.roster.server.config.ItemName;
import dev.roster.server.security.InvalidArgumentException;
import java.util.List;

/**
 * What has become of an item in an application.
 *
 * @param item the item
 * @param fetched the version that it has fetched last, 0 if the item does not exist for it
 * @param applied the version that it runs with, 0 for none
 * @param errors why the fetched version was not applied, or not by all of the application; at most {@value #MAX_ERRORS}
 */
public record ItemReport(ItemName item, long fetched, long applied, List<BindingError> errors) {

    /** Most errors of a report on an item: further ones say no more. */
    public static final int MAX_ERRORS = 20;

    /** Refuses impossible numbers and too many errors with {@link InvalidArgumentException}. */
    public ItemReport {
        check("fetchedVersion", fetched);
        check("appliedVersion", applied);
        if (errors.size() > MAX_ERRORS) {
            throw new InvalidArgumentException("errors", errors.size() + " errors",
                    "at most " + MAX_ERRORS + " errors");
        }
        errors = List.copyOf(errors);
    }

    private static void check(String field, long version) {
        if (version < 0) {
            throw new InvalidArgumentException(field, version, "the number of a version, or 0 for none");
        }
    }
}
