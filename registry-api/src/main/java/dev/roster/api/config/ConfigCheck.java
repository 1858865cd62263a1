package dev.roster.api.config;

import java.util.List;

/**
 * What is to be said of a document before it is published.
 *
 * @param publishable whether it would be taken
 * @param findings what does not fit, by the schema of the item and by what its application says of its properties
 */
public record ConfigCheck(boolean publishable, List<ConfigFinding> findings) {
    public ConfigCheck {
        findings = List.copyOf(findings);
    }
}
