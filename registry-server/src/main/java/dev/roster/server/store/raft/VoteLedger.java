package dev.roster.server.store.raft;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * For whom this member voted, and in which term, synced before the vote leaves (Raft §5.2 and figure 2: {@code votedFor}
 * is persistent state).
 *
 * <p>Atomix 3.1.12 forgets the vote of a term as soon as it learns of a leader ({@code RaftContext.setLeader}), so that
 * one member could help two leaders of one term into office. The file holds a CRC-32C, the term and the candidate.
 */
final class VoteLedger {

    private final Path file;
    private long term;
    private @Nullable String candidate;

    /**
     * Opens the ledger.
     *
     * @throws MemberStartException if the file is damaged
     */
    VoteLedger(Path file) {
        this.file = file;
        if (Files.exists(file)) {
            read();
        }
    }

    /** Returns the last term in which this member voted, 0 if it never did. */
    synchronized long term() {
        return term;
    }

    /** Returns whom this member voted for in a term, or null. */
    synchronized @Nullable String voteIn(long term) {
        return term == this.term ? candidate : null;
    }

    /**
     * Notes a vote. Durable when this returns.
     *
     * @throws IllegalStateException if this member has voted for somebody else in that term, or in a later one
     */
    synchronized void record(long term, String candidate) {
        if (term < this.term || (term == this.term && !candidate.equals(this.candidate))) {
            throw new IllegalStateException("already voted for " + this.candidate + " in term " + this.term);
        }
        if (term == this.term) {
            return;
        }
        byte[] name = candidate.getBytes(StandardCharsets.UTF_8);
        ByteBuffer content = ByteBuffer.allocate(Integer.BYTES + Long.BYTES + name.length);
        content.position(Integer.BYTES).putLong(term).put(name);
        content.putInt(0, checksum(content.array()));
        MemberDirectory.writeSynced(file, content.array());
        this.term = term;
        this.candidate = candidate;
    }

    private void read() {
        try {
            byte[] content = Files.readAllBytes(file);
            if (content.length <= Integer.BYTES + Long.BYTES) {
                throw damaged("it has " + content.length + " bytes", null);
            }
            ByteBuffer buffer = ByteBuffer.wrap(content);
            if (buffer.getInt() != checksum(content)) {
                throw damaged("its checksum does not match", null);
            }
            term = buffer.getLong();
            candidate = StandardCharsets.UTF_8.decode(buffer).toString();
        } catch (IOException e) {
            throw damaged(e.toString(), e);
        }
    }

    private MemberStartException damaged(String why, @Nullable Throwable cause) {
        return new MemberStartException("The vote file " + file + " is damaged: " + why + ".",
                "This member may have voted in a term it no longer knows. " + MemberStartException.TAKE_STATE_ANEW,
                cause);
    }

    private static int checksum(byte[] content) {
        CRC32C crc = new CRC32C();
        crc.update(content, Integer.BYTES, content.length - Integer.BYTES);
        return (int) crc.getValue();
    }
}
