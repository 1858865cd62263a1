package dev.roster.server.config.transfer;

import dev.roster.server.config.ConfigView;
import dev.roster.server.config.Expectation;
import dev.roster.server.config.ItemChange;
import dev.roster.server.config.ItemHistory;
import dev.roster.server.config.ItemKey;
import dev.roster.server.config.ItemNotes;
import dev.roster.server.config.Published;
import dev.roster.server.config.Release;
import dev.roster.server.config.ReleaseEntry;
import dev.roster.server.config.secret.SecretText;
import dev.roster.server.config.transfer.ImportedItem.Outcome;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.store.Operation;
import dev.roster.server.store.ReadView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of each item of an import, decided from what is there.
 *
 * @param steps one for each item, by name
 * @param choice what becomes of items that are there with other content
 */
record ImportPlan(List<Step> steps, ConflictChoice choice) {

    /**
     * What becomes of one item.
     *
     * @param candidate what is imported
     * @param key which item
     * @param outcome what becomes of it
     * @param current the version that it has, null if it does not exist
     */
    record Step(Candidate candidate, ItemKey key, Outcome outcome, @Nullable ReleaseEntry current) {
        boolean isChange() {
            return outcome == Outcome.CREATED || outcome == Outcome.CHANGED;
        }

        ItemChange change() {
            return new ItemChange.Publish(key, candidate.publication(),
                    current == null ? new Expectation.Absent() : new Expectation.Version(current.version()));
        }

        ImportedItem item(@Nullable Long version) {
            return new ImportedItem(candidate.entry(), candidate.name().value(), outcome,
                    candidate.publication().format(), version, null);
        }
    }

    /**
     * Decides.
     *
     * @param marked returns the document of an item as its author would write it, with marks in front of its secrets
     */
    static ImportPlan of(ConfigView view, NamespaceName to, Collection<Candidate> candidates, ConflictChoice choice,
            Function<Release, String> marked) {
        List<Step> steps = new ArrayList<>(candidates.size());
        for (Candidate candidate : candidates) {
            ItemKey key = new ItemKey(to, candidate.name());
            Release release = view.findRelease(key).orElse(null);
            steps.add(new Step(candidate, key, outcome(candidate, release, choice, marked),
                    release == null ? null : release.entry()));
        }
        return new ImportPlan(steps, choice);
    }

    private static Outcome outcome(Candidate candidate, @Nullable Release release, ConflictChoice choice,
            Function<Release, String> marked) {
        if (release == null) {
            return Outcome.CREATED;
        }
        String content = candidate.publication().content();
        if (release.entry().format() == candidate.publication().format() && content.equals(
                content.contains(SecretText.MARK) ? marked.apply(release) : release.content())) {
            return Outcome.UNCHANGED;
        }
        return switch (choice) {
            case FAIL -> Outcome.CONFLICT;
            case SKIP -> Outcome.SKIPPED;
            case NEW_VERSION, OVERWRITE -> Outcome.CHANGED;
        };
    }

    /** Returns how many items have an outcome. */
    long count(Outcome outcome) {
        return steps.stream().filter(step -> step.outcome == outcome).count();
    }

    /** Returns the changes to make, by name. */
    List<ItemChange> changes() {
        return steps.stream().filter(Step::isChange).map(Step::change).toList();
    }

    /** Returns what is to be done beside the changes, given what is there. */
    List<Operation> further(ReadView view) {
        List<Operation> operations = new ArrayList<>();
        for (Step step : steps) {
            ReleaseEntry current = step.current;
            if (choice == ConflictChoice.OVERWRITE && step.outcome == Outcome.CHANGED && current != null) {
                operations.add(ItemHistory.forgetBefore(step.key, current.version() + 1));
            }
            if (step.isChange() && !step.candidate.details().isEmpty()) {
                operations.add(ItemNotes.put(view, step.key, step.candidate.details()));
            }
        }
        return operations;
    }

    /**
     * Tells what becomes of the items.
     *
     * @param made what came of the changes, in their order; empty if they were not made
     */
    List<ImportedItem> items(List<Published> made) {
        List<ImportedItem> items = new ArrayList<>(steps.size());
        int next = 0;
        for (Step step : steps) {
            ReleaseEntry current = step.current;
            Long version = current == null ? null : (Long) current.version();
            if (step.isChange() && next < made.size()) {
                version = made.get(next++).release().entry().version();
            }
            items.add(step.item(version));
        }
        return items;
    }
}
