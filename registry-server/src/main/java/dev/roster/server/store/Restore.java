package dev.roster.server.store;

/**
 * Replaces the whole state by that of a backup, at one moment. The backup was put before, in parts, under keys that begin
 * with a prefix: their values, one after another in key order, are what {@link BackupWriter} wrote. It is read and checked
 * wholly before anything is replaced; if it is not whole it is refused and nothing has changed.
 *
 * <p>Keys keep versions and revisions of the backup. The store goes on at a revision greater than its own and the backup's,
 * with no history: whoever follows it is told that what it has seen is compacted, and starts anew. Every lease of the backup
 * gets a full period.
 *
 * @param parts begins the keys of the parts, which are gone afterwards
 * @param ontoEmpty whether it is refused when there are other keys, or leases
 * @param mark a key that is written along with it, without a lease: so that all can see what was restored
 */
public record Restore(Key parts, boolean ontoEmpty, PutKey mark) implements Command {
    public Restore {
        if (!mark.lease().isNone()) {
            throw new InvalidCommandException("mark", mark.lease(), "no lease");
        }
    }
}
