package dev.roster.server.store.raft;

import io.atomix.protocols.raft.impl.RaftServiceManager;
import io.atomix.protocols.raft.storage.log.RaftLogReader;
import java.lang.reflect.Field;

/** The reader by which Atomix applies the log. It keeps it to itself, and {@link GuardedLogWriter} needs it. */
final class AppliedLogReader {

    private static final Field READER = field();

    private AppliedLogReader() {}

    static RaftLogReader of(RaftServiceManager manager) {
        try {
            return (RaftLogReader) READER.get(manager);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("made accessible below", e);
        }
    }

    private static Field field() {
        try {
            Field field = RaftServiceManager.class.getDeclaredField("reader");
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("this is not Atomix 3.1.12", e);
        }
    }
}
