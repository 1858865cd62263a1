package dev.roster.server.store.raft;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all files of the log before Atomix opens them, removes what a crash left half done, and refuses what only damage
 * explains.
 *
 * <p>Atomix 3.1.12 deletes every file after a damaged one when it opens the log, takes the entry before the first unreadable
 * one for the last, and can't start with a file that was made but never written. A last file without entries makes it
 * take the whole log for empty when it votes.
 */
final class LogInspection {

    private static final Logger LOG = LoggerFactory.getLogger(LogInspection.class);

    private LogInspection() {}

    /**
     * Checks the log, and repairs its end where nothing acknowledged is lost by it. A log may end before the mark when a snapshot
     * stands for what is missing: a crash in between leaves that behind when a log that ends before a leader's snapshot is begun
     * anew.
     *
     * @param name prefix of the files
     * @param covered the last entry that the snapshot stands for, 0 if there is none; the snapshot is checked by others
     * @throws MemberStartException if entries are missing
     */
    static void check(Path directory, String name, HighWaterMark mark, long covered) {
        List<SegmentFile> segments = new ArrayList<>(
                SegmentFile.list(directory, name).stream().map(SegmentFile::read).toList());
        dropUnwritten(segments, mark);
        SegmentFile before = null;
        for (SegmentFile segment : segments) {
            if (!segment.hasKnownHeader()) {
                throw damaged(segment, "its header is not one that this version knows");
            }
            if (before != null) {
                checkJoin(before, segment);
            }
            before = segment;
        }
        if (before != null) {
            checkEnd(before, mark, covered);
        } else if (mark.index() > covered) {
            throw endMissing(directory, 0, mark);
        }
    }

    /** A file that nothing was written to yet is made anew by Atomix when it needs one. */
    private static void dropUnwritten(List<SegmentFile> segments, HighWaterMark mark) {
        while (!segments.isEmpty()) {
            SegmentFile last = segments.getLast();
            boolean unwritten = last.isBlank()
                    || (segments.size() > 1 && last.hasKnownHeader() && last.isEmpty() && last.endsCleanly()
                            && last.firstIndex() > mark.index());
            if (!unwritten) {
                return;
            }
            LOG.info("Removing {}, which was made just before this member was ended and never used", last.path());
            try {
                Files.delete(last.path());
            } catch (IOException e) {
                throw new UncheckedIOException("cannot delete " + last.path(), e);
            }
            MemberDirectory.syncDirectory(last.path().toAbsolutePath().getParent());
            segments.removeLast();
        }
    }

    private static void checkJoin(SegmentFile before, SegmentFile next) {
        if (!before.endsCleanly()) {
            throw damaged(before, "entry " + (before.lastIndex() + 1) + " at byte " + before.end() + " can't be read");
        }
        if (next.firstIndex() != before.lastIndex() + 1) {
            throw damaged(next,
                    "it begins with entry " + next.firstIndex() + ", and the file before it ends with entry "
                            + before.lastIndex());
        }
    }

    private static void checkEnd(SegmentFile last, HighWaterMark mark, long covered) {
        if (!last.endsCleanly()) {
            if (last.lastIndex() < mark.index() || last.hasEntryBeyondEnd()) {
                throw damaged(last, "entry " + (last.lastIndex() + 1) + " at byte " + last.end() + " can't be read");
            }
            LOG.warn(
                    "Erasing the end of {} from byte {}: entry {} was being written when this member was ended, and was never "
                            + "acknowledged",
                    last.path(), last.end(), last.lastIndex() + 1);
            last.eraseAfter(last.lastIndex());
        }
        if (last.lastIndex() < mark.index()) {
            if (mark.index() > covered) {
                throw endMissing(last.path(), last.lastIndex(), mark);
            }
            return;
        }
        if (mark.term() > 0 && mark.index() >= last.firstIndex() && last.termOf(mark.index()) != mark.term()) {
            throw damaged(last, "entry " + mark.index() + " is of term " + last.termOf(mark.index())
                    + ", this member has acknowledged one of term " + mark.term());
        }
    }

    private static MemberStartException endMissing(Path path, long last, HighWaterMark mark) {
        return new MemberStartException("The log in " + path + " ends with entry " + last
                + ", but this member has acknowledged entries up to " + mark.index() + ": its end is lost.",
                MemberStartException.TAKE_STATE_ANEW);
    }

    private static MemberStartException damaged(SegmentFile segment, String why) {
        return new MemberStartException("The file " + segment.path() + " of the log is damaged: " + why + ".",
                MemberStartException.TAKE_STATE_ANEW);
    }
}
