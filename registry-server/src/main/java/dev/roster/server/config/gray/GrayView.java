package dev.roster.server.config.gray;

import dev.roster.server.config.ConfigView;
import dev.roster.server.config.GrayMark;
import dev.roster.server.config.ItemKey;
import dev.roster.server.config.ItemNotFoundException;
import dev.roster.server.config.Release;
import dev.roster.server.store.ReadView;
import java.util.Optional;

/** Configuration at one revision as one client has it. Checks no access. May be used by any thread. */
public final class GrayView {
    private final ReadView view;
    private final ConfigView config;
    private final GrayClient client;

    /** Shows what a view of the store holds for a client. */
    public GrayView(ReadView view, GrayClient client) {
        this.view = view;
        this.config = new ConfigView(view);
        this.client = client;
    }

    /** Returns the version of an item that the client is to have, if the item exists. */
    public Optional<Release> findRelease(ItemKey item) {
        return active(view, item).filter(gray -> gray.reaches(client))
                .flatMap(gray -> config.findVersion(item, gray.version())).or(() -> config.findRelease(item));
    }

    /**
     * Returns the version of an item that the client is to have.
     *
     * @throws ItemNotFoundException if the item does not exist
     */
    public Release getRelease(ItemKey item) {
        return findRelease(item).orElseGet(() -> config.getRelease(item));
    }

    /** Tells whether a gray release of an item runs. */
    static boolean runs(ReadView view, ItemKey item) {
        return view.find(GrayMark.of(item)).isPresent();
    }

    /** Returns the gray release of an item that runs. */
    static Optional<GrayRelease> active(ReadView view, ItemKey item) {
        return view.find(GrayMark.of(item)).map(stored -> GrayRecord.read(item, stored));
    }
}
