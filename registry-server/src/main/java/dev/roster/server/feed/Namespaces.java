package dev.roster.server.feed;

import dev.roster.server.config.ConfigView;
import dev.roster.server.registry.RegistryView;
import dev.roster.server.security.Caller;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Store;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Tells which namespaces there are: those that hold an instance or an item, and the default one. */
public final class Namespaces {
    private final Store store;

    /** Makes it. */
    public Namespaces(Store store) {
        this.store = store;
    }

    /** Returns the namespaces that this member's replica shows. */
    public Listing list(Caller caller) {
        caller.require(Role.READER);
        ReadView view = store.view();
        SortedSet<NamespaceName> all = new TreeSet<>(new RegistryView(view).namespaces());
        all.addAll(new ConfigView(view).namespaces());
        all.add(NamespaceName.DEFAULT);
        return new Listing(view.revision().value(), List.copyOf(all));
    }

    /**
     * The namespaces at one revision.
     *
     * @param revision the store revision that this shows
     * @param names ordered by name
     */
    public record Listing(long revision, List<NamespaceName> names) {
        public Listing {
            names = List.copyOf(names);
        }
    }
}
