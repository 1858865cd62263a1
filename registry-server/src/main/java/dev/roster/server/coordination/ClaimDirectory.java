package dev.roster.server.coordination;

import dev.roster.server.security.Caller;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Revision;
import dev.roster.server.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists what is claimed. May be used by any thread; waits for nobody. */
public final class ClaimDirectory {
    private final Store store;

    /** Makes it. */
    public ClaimDirectory(Store store) {
        this.store = store;
    }

    /**
     * Lists what is claimed, and semaphores that are there, by name.
     *
     * @param prefix what names must begin with, possibly empty
     * @param limit most names wanted, 1 or more
     * @param from where the page begins, null for the first page
     * @throws dev.roster.server.store.RevisionCompactedException if the revision of the pages before is no longer kept
     */
    public ClaimPage list(Caller caller, ClaimKind kind, NamespaceName namespace, String prefix, int limit,
            ClaimPage.@Nullable Position from) {
        caller.require(Role.READER);
        ReadView view = from == null ? store.view() : store.viewAt(new Revision(from.revision()));
        KeyRange rest = CoordinationKeys.all(kind, namespace, NamePrefix.check(prefix));
        if (from != null) {
            rest = behind(rest, new ClaimTarget(kind, namespace, from.after()));
        }
        List<ClaimLine> lines = new ArrayList<>();
        Optional<ClaimTarget> next = first(view, rest, kind, namespace);
        while (next.isPresent() && lines.size() < limit) {
            lines.add(ClaimLine.read(view, next.get()));
            rest = behind(rest, next.get());
            next = first(view, rest, kind, namespace);
        }
        return new ClaimPage(view.revision().value(), lines, next.isPresent());
    }

    private static Optional<ClaimTarget> first(ReadView view, KeyRange range, ClaimKind kind,
            NamespaceName namespace) {
        Key end = range.to();
        if (end != null && range.from().compareTo(end) >= 0) {
            return Optional.empty();
        }
        return view.read(range, 1).keys().stream().findFirst().map(KeyValue::key)
                .map(key -> CoordinationKeys.target(kind, namespace, key));
    }

    /** Returns what is left of a range behind all of a name. */
    private static KeyRange behind(KeyRange range, ClaimTarget target) {
        Key end = CoordinationKeys.all(target).to();
        if (end == null) {
            throw new IllegalStateException("a prefix of coordination has an end");
        }
        return end.compareTo(range.from()) > 0 ? new KeyRange(end, range.to()) : range;
    }
}
