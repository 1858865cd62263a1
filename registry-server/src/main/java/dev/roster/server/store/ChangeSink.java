package dev.roster.server.store;

import java.util.List;

/** Told of changes by {@link StateMachine#readChanges}. */
@FunctionalInterface
public interface ChangeSink {

    /**
     * Called with the wanted changes of one revision.
     *
     * @param events at least one, in the order of the transaction
     * @return whether to go on with the next revision
     */
    boolean changed(Revision revision, List<KeyEvent> events);
}
