package dev.roster.server.store.raft;

import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * What a member remembers beside log and snapshot, each in a file of its own.
 *
 * @param votes for whom it voted
 * @param abstention whether it must not vote
 * @param mark how far it has said that it has the log
 * @param configurations who takes part
 */
record PersistentState(VoteLedger votes, Abstention abstention, HighWaterMark mark,
        ConfigurationLedger configurations) {

    /**
     * Opens the files.
     *
     * @param log prefix of the files of the log
     * @throws MemberStartException if one is damaged, missing though there is a log, or can't be written
     */
    static PersistentState open(Path directory, String log) {
        try {
            return new PersistentState(new VoteLedger(directory.resolve("votes")),
                    new Abstention(directory.resolve("abstains")),
                    HighWaterMark.open(directory.resolve("mark"), !SegmentFile.list(directory, log).isEmpty()),
                    ConfigurationLedger.open(directory.resolve("members")));
        } catch (UncheckedIOException e) {
            throw MemberDirectory.unusable(directory, MemberDirectory.causeOf(e));
        }
    }
}
