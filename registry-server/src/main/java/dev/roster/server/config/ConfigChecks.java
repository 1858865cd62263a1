package dev.roster.server.config;

import dev.roster.server.config.check.CheckFinding;
import dev.roster.server.config.check.DocumentChecks;
import dev.roster.server.security.Caller;
import dev.roster.server.security.Role;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Store;
import java.util.List;

/** Tells what would be said of documents, without publishing them. May be used by any thread. */
public final class ConfigChecks {
    private final Store store;

    /** Checks against what a store holds. */
    public ConfigChecks(Store store) {
        this.store = store;
    }

    /**
     * What is to be said of a document.
     *
     * @param publishable whether it would be taken
     * @param findings what does not fit
     */
    public record Result(boolean publishable, List<CheckFinding> findings) {
        public Result {
            findings = List.copyOf(findings);
        }
    }

    /** Checks a document for an item, whether or not the item exists, against what this member's replica shows. */
    public Result check(Caller caller, ItemKey item, Publication document) {
        caller.require(Role.READER);
        ReadView view = store.view();
        DocumentChecks checks = new DocumentChecks(view);
        String name = item.name().value();
        return new Result(
                checks.firstFault(item.namespace(), name, document.format(), document.content()).isEmpty(),
                checks.check(item.namespace(), name, document.format(), document.content()));
    }
}
