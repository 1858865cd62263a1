package dev.roster.spring.registration;

import java.util.Map;

/** Adds to the metadata under which the application registers itself. */
@FunctionalInterface
public interface RosterRegistrationCustomizer {

    /**
     * Changes the metadata.
     *
     * @param metadata as the properties have it, to be changed
     */
    void customize(Map<String, String> metadata);
}
