package dev.roster.server.store.raft;

import io.atomix.cluster.MemberId;
import io.atomix.protocols.raft.cluster.RaftMember;
import io.atomix.protocols.raft.cluster.impl.DefaultRaftMember;
import io.atomix.protocols.raft.storage.log.entry.ConfigurationEntry;
import io.atomix.protocols.raft.storage.log.entry.RaftLogEntry;
import io.atomix.protocols.raft.storage.system.Configuration;
import io.atomix.storage.journal.Indexed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The last lists of members that this member was told of, synced before it says that it has them.
 *
 * <p>A member goes by the last list in its log, committed or not (Raft dissertation §4.1). Atomix 3.1.12 writes a list to disk
 * only when it is committed, so that a member that is started again goes by an older one, and may count a majority that is
 * none; its file is neither synced nor sealed. And it never goes back to the list before when the newer one is cut off its log, or
 * when the leader that told of it had not sent its entry yet and the next leader's log has another in its place.
 *
 * <p>The file is text: a CRC-32C of what follows, then a line for each list, {@code index term time id=TYPE …}. Used by the Raft
 * thread, but for {@link #open}.
 */
final class ConfigurationLedger {

    /** Lists that may still be cut off: changes come one by one, each after the one before is committed. */
    private static final int KEPT = 8;

    private final Path file;
    private final List<Configuration> lists;

    private ConfigurationLedger(Path file, List<Configuration> lists) {
        this.file = file;
        this.lists = lists;
    }

    /**
     * Opens the file; there is none while the members are those of the beginning.
     *
     * @throws MemberStartException if it is damaged
     */
    static ConfigurationLedger open(Path file) {
        if (!Files.exists(file)) {
            return new ConfigurationLedger(file, new ArrayList<>());
        }
        try {
            String content = Files.readString(file);
            int end = content.indexOf('\n');
            String body = content.substring(end + 1);
            if (end < 0 || !content.substring(0, end).equals(checksum(body))) {
                throw damaged(file, "its checksum does not match", null);
            }
            return new ConfigurationLedger(file,
                    new ArrayList<>(body.lines().map(ConfigurationLedger::parse).toList()));
        } catch (IOException | IllegalArgumentException e) {
            throw damaged(file, e.toString(), e);
        }
    }

    private static MemberStartException damaged(Path file, String why, @Nullable Throwable cause) {
        return new MemberStartException("The list of members in " + file + " is damaged: " + why + ".",
                MemberStartException.TAKE_STATE_ANEW, cause);
    }

    /** Returns the list to go by, if there was ever another than that of the beginning. */
    Optional<Configuration> latest() {
        return lists.isEmpty() ? Optional.empty() : Optional.of(lists.getLast());
    }

    /** Notes the list that a member begins with, to which it goes back when the first change is taken back. */
    void beginWith(Configuration list) {
        if (lists.isEmpty()) {
            lists.add(new Configuration(list.index(), list.term(), list.time(), copy(list.members())));
        }
    }

    /** Notes a list. Durable when it returns. */
    void record(long index, long term, long time, Collection<RaftMember> members) {
        if (index == 0 || (!lists.isEmpty() && lists.getLast().index() >= index)) {
            return;
        }
        lists.add(new Configuration(index, term, time, copy(members)));
        if (lists.size() > KEPT) {
            lists.removeFirst();
        }
        write();
    }

    /** Forgets the lists whose entries were cut off the log; returns whether there were any. */
    boolean cutAfter(long index) {
        return forget(list -> list.index() > index);
    }

    /**
     * Forgets the lists that can't be in the log of a leader because its log goes on behind an index with a later term; returns
     * whether there were any.
     *
     * @param index of the first entry that is known to be of the term, or of a later one
     */
    boolean outdatedFrom(long index, long term) {
        return forget(list -> list.index() >= index && list.term() < term);
    }

    /** Forgets what was told of an entry that turns out to be another one; returns whether there was any such list. */
    boolean contradictedBy(Indexed<RaftLogEntry> entry) {
        boolean contradicted = lists.stream().filter(list -> list.index() == entry.index())
                .anyMatch(
                        list -> !(entry.entry() instanceof ConfigurationEntry told && told.timestamp() == list.time()));
        return contradicted && cutAfter(entry.index() - 1);
    }

    private boolean forget(Predicate<Configuration> gone) {
        if (!lists.removeIf(gone)) {
            return false;
        }
        write();
        return true;
    }

    /** Atomix changes its members in place. */
    private static Collection<RaftMember> copy(Collection<RaftMember> members) {
        List<RaftMember> copies = new ArrayList<>();
        for (RaftMember member : members) {
            copies.add(new DefaultRaftMember(member.memberId(), member.getType(), member.getLastUpdated()));
        }
        copies.sort(Comparator.comparing(member -> member.memberId().id()));
        return copies;
    }

    private void write() {
        StringBuilder body = new StringBuilder();
        for (Configuration list : lists) {
            body.append(list.index()).append(' ').append(list.term()).append(' ').append(list.time());
            list.members().forEach(
                    member -> body.append(' ').append(member.memberId().id()).append('=').append(member.getType()));
            body.append('\n');
        }
        MemberDirectory.writeSynced(file,
                (checksum(body.toString()) + "\n" + body).getBytes(StandardCharsets.UTF_8));
    }

    private static Configuration parse(String line) {
        String[] words = line.split(" ", -1);
        if (words.length < 4) {
            throw new IllegalArgumentException("the line '" + line + "' is too short");
        }
        long time = Long.parseLong(words[2]);
        List<RaftMember> members = new ArrayList<>();
        for (int i = 3; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            members.add(new DefaultRaftMember(MemberId.from(words[i].substring(0, Math.max(0, equals))),
                    RaftMember.Type.valueOf(words[i].substring(equals + 1)), Instant.ofEpochMilli(time)));
        }
        return new Configuration(Long.parseLong(words[0]), Long.parseLong(words[1]), time, members);
    }

    private static String checksum(String body) {
        CRC32C crc = new CRC32C();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue());
    }
}
