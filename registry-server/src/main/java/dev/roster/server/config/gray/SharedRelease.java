package dev.roster.server.config.gray;

import dev.roster.server.config.ConfigView;
import dev.roster.server.config.ItemKey;
import dev.roster.server.config.Release;
import dev.roster.server.store.ReadView;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The version of an item that everybody has, as long as no gray release gives some of them another one; at one revision. Says
 * whether it is another one than it was before the version itself is read. Checks no access. May be used by any thread.
 */
public final class SharedRelease {
    private final ReadView view;
    private final ItemKey item;
    private final long since;

    private SharedRelease(ReadView view, ItemKey item, long since) {
        this.view = view;
        this.item = item;
        this.since = since;
    }

    /** Returns what a view of the store shows; empty if the item does not exist or a gray release of it runs. */
    static Optional<SharedRelease> find(ReadView view, ItemKey item) {
        OptionalLong since = new ConfigView(view).currentSince(item);
        return since.isEmpty() || GrayView.runs(view, item)
                ? Optional.empty()
                : Optional.of(new SharedRelease(view, item, since.getAsLong()));
    }

    /** Returns the store revision that is shown. */
    public long revision() {
        return view.revision().value();
    }

    /** Returns the store revision since which this version is the current one: equal for equal versions. */
    public long since() {
        return since;
    }

    /** Reads the version. */
    public Release read() {
        return new ConfigView(view).getRelease(item);
    }
}
