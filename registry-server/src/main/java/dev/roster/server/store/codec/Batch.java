package dev.roster.server.store.codec;

import dev.roster.server.store.Command;
import java.util.List;

/**
 * Commands that are proposed together, as one log entry.
 *
 * @param clientId names the proposer for as long as it runs; chosen at random
 * @param sequence numbers the batches of the proposer, 0 and up; a batch that is proposed again keeps its number
 * @param oldestOutstanding the least number that the proposer may still propose again: it knows the outcomes of all before
 * @param commands applied in this order, each by itself; at most {@link #MAX_COMMANDS}
 */
public record Batch(long clientId, long sequence, long oldestOutstanding, List<Command> commands) {

    /** Most commands in a batch: more gained nothing when batching was measured. */
    public static final int MAX_COMMANDS = 1024;

    public Batch {
        commands = List.copyOf(commands);
        if (oldestOutstanding < 0 || sequence < oldestOutstanding) {
            throw new IllegalArgumentException(
                    "sequence is " + sequence + ", expected " + oldestOutstanding + " or more, and that 0 or more");
        }
        if (commands.size() > MAX_COMMANDS) {
            throw new IllegalArgumentException(commands.size() + " commands, expected at most " + MAX_COMMANDS);
        }
    }
}
