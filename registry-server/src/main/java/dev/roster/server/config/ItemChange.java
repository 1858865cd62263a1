package dev.roster.server.config;

import org.jspecify.annotations.Nullable;

/** What somebody wants done to one item, and what they believe of it. */
public sealed interface ItemChange {

    /** Returns the item. */
    ItemKey item();

    /**
     * Publishes a document as the next version.
     *
     * @param expected what the author believes of the item
     */
    record Publish(ItemKey item, Publication publication, Expectation expected) implements ItemChange {}

    /**
     * Publishes the document of an earlier version again, as the next version.
     *
     * @param expectedVersion the version believed to be current, null if nothing is
     * @param toVersion the version whose document is wanted
     * @param comment why, to {@value Publication#MAX_COMMENT_CHARACTERS} characters, null if not said
     */
    record RollBack(ItemKey item, @Nullable Long expectedVersion, long toVersion, @Nullable String comment)
            implements
                ItemChange {
        /** Refuses a comment that is too long. */
        public RollBack {
            Publication.checkComment(comment);
        }
    }

    /**
     * Deletes the item. Its history stays, and the next publication goes on counting.
     *
     * @param expectedVersion the version believed to be current, null if nothing is
     * @param comment why, as for a rollback
     */
    record Delete(ItemKey item, @Nullable Long expectedVersion, @Nullable String comment) implements ItemChange {
        /** Refuses a comment that is too long. */
        public Delete {
            Publication.checkComment(comment);
        }
    }

    /**
     * Publishes the document again that a deleted item had last.
     *
     * @param expectedVersion the version that records the deletion, null if nothing is believed
     * @param comment why, as for a rollback
     */
    record Undelete(ItemKey item, @Nullable Long expectedVersion, @Nullable String comment) implements ItemChange {
        /** Refuses a comment that is too long. */
        public Undelete {
            Publication.checkComment(comment);
        }
    }

    /**
     * Makes a document the next version without making that the current one: a gray release begins.
     *
     * @param expectedVersion the version believed to be current, null if nothing is
     */
    record Stage(ItemKey item, @Nullable Long expectedVersion, Publication publication) implements ItemChange {}

    /**
     * Publishes the document of a staged version again, as the next version and for everybody: a gray release ends well.
     *
     * @param expectedVersion the version believed to be current
     * @param staged the version whose document it is
     * @param comment why, as for a rollback
     */
    record Promote(ItemKey item, long expectedVersion, long staged, @Nullable String comment) implements ItemChange {
        /** Refuses a comment that is too long. */
        public Promote {
            Publication.checkComment(comment);
        }
    }
}
