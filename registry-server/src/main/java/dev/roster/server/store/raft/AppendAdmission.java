package dev.roster.server.store.raft;

/**
 * Whether entries that a leader sends join this member's log.
 *
 * <p>Raft §5.3 has a follower compare the term of the entry before. A leader of Atomix 3.1.12 sends 0 for it when that entry
 * is the last one that it has compacted, and a follower takes 0 for "there is nothing before": it throws its log away, or
 * takes its own entries up to there for committed, whatever their terms. And a follower that has compacted that entry
 * itself compares the term of another.
 *
 * <p>Without the right entry to compare, entries join only when all before them are committed, and this member has what was
 * committed: then it is the same. If not, the leader is told where this log ends, goes on from there, or sends a snapshot.
 */
enum AppendAdmission {
    /** Atomix compares the right entry. */
    AS_IT_IS,
    /** The entry before is committed and no longer in the log: there is nothing to compare. */
    WITHOUT_PREVIOUS_TERM,
    /** The leader must begin elsewhere. */
    REFUSED;

    /**
     * Decides.
     *
     * @param previous index of the entry before those that are sent
     * @param previousTerm its term, 0 if the leader does not know
     * @param first first index that this log has room for
     * @param covered index up to which this member has everything, and all of it is committed
     */
    static AppendAdmission of(long previous, long previousTerm, long first, long covered) {
        if (previous >= first && previousTerm != 0) {
            return AS_IT_IS;
        }
        if (previous < first - 1 || previous > covered) {
            return REFUSED;
        }
        return WITHOUT_PREVIOUS_TERM;
    }
}
