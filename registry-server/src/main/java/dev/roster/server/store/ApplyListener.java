package dev.roster.server.store;

import org.jspecify.annotations.Nullable;

/** Told, on the thread that applies, that the replica has moved on. Must return at once and must not throw. */
@FunctionalInterface
public interface ApplyListener {

    /**
     * Called after a command was applied, and after a snapshot was restored.
     *
     * @param command the command, null after a restore
     * @param result what it brought about, null after a restore or when it was refused
     */
    void applied(@Nullable Command command, @Nullable CommandResult result);
}
