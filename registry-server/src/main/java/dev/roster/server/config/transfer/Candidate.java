package dev.roster.server.config.transfer;

import dev.roster.server.config.ItemDetails;
import dev.roster.server.config.ItemName;
import dev.roster.server.config.Publication;

/**
 * An item that is to be imported.
 *
 * @param entry where it was found, for people
 * @param name what it is to be called
 * @param publication its document, which is good
 * @param details what is said of it; their number does not matter
 */
record Candidate(String entry, ItemName name, Publication publication, ItemDetails details) {}
