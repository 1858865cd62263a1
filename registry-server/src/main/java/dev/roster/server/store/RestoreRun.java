package dev.roster.server.store;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Builds the contents that a {@link Restore} asks for, beside those that there are. */
final class RestoreRun {
    private final Contents present;
    private final Restore command;

    /** What replaces the present contents. */
    record Replacement(Contents contents, BackupHeader backup) {}

    private RestoreRun(Contents present, Restore command) {
        this.present = present;
        this.command = command;
    }

    /**
     * Builds the contents; changes nothing.
     *
     * @throws InvalidCommandException if there is something where nothing should be, or the parts are no whole backup
     */
    static Replacement run(Contents present, Restore command, HistoryLimits limits) {
        return new RestoreRun(present, command).run(limits);
    }

    private Replacement run(HistoryLimits limits) {
        if (command.ontoEmpty()) {
            checkEmpty();
        }
        try {
            // The header says at which revision the contents begin, so the whole is checked first and then loaded.
            BackupReader.Contents backup = BackupReader.read(new Parts(), BackupReader.Sink.NONE);
            long next = Math.max(present.revision().value(), backup.header().revision().value()) + 1;
            Contents contents = new Contents(limits, new Revision(next));
            contents.judgeIn(present.judgingTerm());
            BackupReader.read(new Parts(), new Loader(contents));
            PutKey mark = command.mark();
            RevisionWriter.load(contents, mark.key(), mark.value(), contents.revision(), contents.revision(), 1,
                    LeaseId.NONE);
            return new Replacement(contents, backup.header());
        } catch (CorruptStateException | IOException e) {
            throw new InvalidCommandException("parts", "damaged: " + e.getMessage(), "a whole backup");
        }
    }

    private void checkEmpty() {
        if (!present.leases.all().isEmpty()) {
            throw new InvalidCommandException("store", "one with leases", "an empty one");
        }
        for (KeyChain chain : present.keys.all()) {
            Version newest = chain.newest();
            if (newest.current != null && !newest.key.startsWith(command.parts())) {
                throw new InvalidCommandException("store", "one with the key " + newest.key, "an empty one");
            }
        }
    }

    /** Puts what is read into contents that nobody sees yet. */
    private record Loader(Contents contents) implements BackupReader.Sink {
        @Override
        public void lease(LeaseId id, Duration ttl) {
            contents.leases.add(new Lease(id, ttl));
        }

        @Override
        public void key(KeyValue key) {
            Revision created = key.created();
            Revision modified = key.modified().equals(created) ? created : key.modified();
            RevisionWriter.load(contents, key.key(), key.value(), created, modified, key.version(), key.lease());
        }
    }

    /** The values of the parts, one after another. */
    private final class Parts implements ChunkReader.Source {
        private final Iterator<Value> values;
        private byte[] value = new byte[0];
        private int offset;

        Parts() {
            List<Value> all = new ArrayList<>();
            for (KeyChain chain : present.keys.in(KeyRange.prefix(command.parts()))) {
                KeyValue part = chain.newest().current;
                if (part != null) {
                    all.add(part.value());
                }
            }
            values = all.iterator();
        }

        @Override
        public void readFully(byte[] bytes, int from, int length) throws IOException {
            int to = from;
            while (to < from + length) {
                if (offset == value.length) {
                    if (!values.hasNext()) {
                        throw new EOFException();
                    }
                    value = values.next().bytes();
                    offset = 0;
                }
                int part = Math.min(from + length - to, value.length - offset);
                System.arraycopy(value, offset, bytes, to, part);
                offset += part;
                to += part;
            }
        }
    }
}
