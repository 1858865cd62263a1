package dev.roster.server.config.transfer;

import dev.roster.server.config.InvalidDocumentException;
import dev.roster.server.config.ItemDetails;
import dev.roster.server.config.ItemName;
import dev.roster.server.config.Publication;
import dev.roster.server.config.format.DocumentFormat;
import dev.roster.server.config.transfer.ImportedItem.Outcome;
import dev.roster.server.security.InvalidArgumentException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gathers what is found in an archive: items, by name, and what is none. For one thread. */
final class Findings {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final SortedMap<ItemName, Candidate> candidates = new TreeMap<>();
    private final List<ImportedItem> rest = new ArrayList<>();
    private final @Nullable String comment;

    /**
     * Begins with nothing.
     *
     * @param comment comment of the versions that are to be made
     */
    Findings(@Nullable String comment) {
        this.comment = comment;
    }

    /** Adds a file as an item of which nothing is said, or what is wrong with it. */
    void addFile(ArchiveEntry entry, String name, DocumentFormat format) {
        addFile(entry, name, _ -> format, () -> ItemDetails.NONE);
    }

    /**
     * Adds a file as an item, or what is wrong with it.
     *
     * @param format returns the format of a document
     * @param details returns what is said of it, or refuses that with {@link InvalidArgumentException}
     */
    void addFile(ArchiveEntry entry, String name, Function<String, DocumentFormat> format,
            Supplier<ItemDetails> details) {
        try {
            String text = entry.text(ImportLimits.MAX_DOCUMENT_BYTES);
            String document = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
            add(entry.path(), name, format.apply(document), document, details.get());
        } catch (InvalidArgumentException e) {
            addFlaw(entry.path(), name, ImportFlaw.of("has the " + e.field() + " " + e.value(), e.expected()));
        } catch (CharacterCodingException e) {
            addFlaw(entry.path(), name, ImportFlaw.of("is not UTF-8", "text in UTF-8"));
        }
    }

    /** Adds an item of which nothing is said, or what is wrong with it. */
    void add(String entry, String name, DocumentFormat format, String content) {
        add(entry, name, format, content, ItemDetails.NONE);
    }

    /** Adds an item, or what is wrong with it. */
    void add(String entry, String name, DocumentFormat format, String content, ItemDetails details) {
        try {
            Candidate candidate = new Candidate(entry, new ItemName(name), new Publication(format, content, comment),
                    details);
            Candidate other = candidates.putIfAbsent(candidate.name(), candidate);
            if (other != null) {
                addFlaw(entry, name, ImportFlaw.of("has the name of " + other.entry(), "each item once"));
                return;
            }
            if (candidates.size() > ImportLimits.MAX_ITEMS) {
                throw new UnusableArchiveException("", "has more than " + ImportLimits.MAX_ITEMS + " items",
                        "at most as many");
            }
        } catch (InvalidDocumentException e) {
            addFlaw(entry, name, new ImportFlaw(e.flaw().line(), e.flaw().column(), e.flaw().problem(),
                    e.flaw().expected()));
        } catch (InvalidArgumentException e) {
            addFlaw(entry, name, ImportFlaw.of("has " + (e.field().equals("item") ? "the name " : "") + e.value(),
                    e.expected()));
        }
    }

    /** Adds an entry that cannot be imported. */
    void addFlaw(String entry, @Nullable String name, ImportFlaw flaw) {
        rest.add(new ImportedItem(entry, name, Outcome.MALFORMED, null, null, flaw));
    }

    /** Adds an entry that is no configuration. */
    void ignore(String entry) {
        rest.add(new ImportedItem(entry, null, Outcome.IGNORED, null, null, null));
    }

    /** Returns the items, by name. */
    Collection<Candidate> candidates() {
        return candidates.values();
    }

    /** Returns what is malformed or no configuration, in the order in which it was found. */
    List<ImportedItem> rest() {
        return rest;
    }

    /** Returns how much of what was found cannot be imported. */
    long malformed() {
        return rest.stream().filter(item -> item.outcome() == Outcome.MALFORMED).count();
    }
}
