package dev.roster.server.store.codec;

import dev.roster.server.store.CommandResult;
import dev.roster.server.store.InvalidCommandException;
import dev.roster.server.store.KeyNotFoundException;
import dev.roster.server.store.LeaseExistsException;
import dev.roster.server.store.LeaseNotFoundException;
import dev.roster.server.store.OutcomeUnknownException;
import dev.roster.server.store.RevisionAheadException;
import dev.roster.server.store.RevisionCompactedException;
import dev.roster.server.store.StateFullException;
import dev.roster.server.store.StoreException;
import dev.roster.server.store.StoreFullException;
import dev.roster.server.store.StoreOverloadedException;
import dev.roster.server.store.StoreUnavailableException;

/** What became of a command of a batch: the same on every replica. */
public sealed interface CommandOutcome {

    /** The command was carried out. */
    record Done(CommandResult result) implements CommandOutcome {}

    /**
     * The command was refused and changed nothing.
     *
     * @param reason one that follows from the state: never overload, unavailability or an unknown outcome
     */
    record Refused(StoreException reason) implements CommandOutcome {
        public Refused {
            switch (reason) {
                case InvalidCommandException _,RevisionCompactedException _,RevisionAheadException _,KeyNotFoundException _,LeaseNotFoundException _,LeaseExistsException _ ->
                    {
                    }
                case StoreOverloadedException _,StoreFullException _,StateFullException _,StoreUnavailableException _,OutcomeUnknownException _ ->
                    throw new IllegalArgumentException("no reason that a state machine has", reason);
            }
        }
    }
}
