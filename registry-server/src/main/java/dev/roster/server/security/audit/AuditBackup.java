package dev.roster.server.security.audit;

import dev.roster.server.store.BackupReader;
import dev.roster.server.store.KeyValue;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Verifies the audit log of a backup. The keys of a backup are in order: first the anchor, then the entries, then the head. */
public final class AuditBackup {
    private AuditMark head = AuditMark.START;
    private @Nullable ChainCheck check;
    private long pending;

    private AuditBackup() {}

    /**
     * Verifies.
     *
     * @throws dev.roster.server.store.CorruptStateException if the file is no whole backup
     * @throws IOException if it can't be read
     */
    public static AuditVerdict verify(Path backup) throws IOException {
        AuditBackup found = new AuditBackup();
        try (InputStream file = new BufferedInputStream(Files.newInputStream(backup), 1 << 16)) {
            BackupReader.Contents contents = BackupReader.read(new DataInputStream(file), found::add);
            return found.chain().verdict(contents.header().revision().value(), found.head, found.pending);
        }
    }

    private void add(KeyValue stored) {
        if (stored.key().equals(AuditKeys.ANCHOR)) {
            check = new ChainCheck(AuditMark.read(stored));
        } else if (AuditKeys.ENTRIES.contains(stored.key())) {
            chain().add(stored);
        } else if (stored.key().equals(AuditKeys.HEAD)) {
            head = AuditMark.read(stored);
        } else if (AuditKeys.PENDING.contains(stored.key())) {
            pending++;
        }
    }

    private ChainCheck chain() {
        if (check == null) {
            check = new ChainCheck(AuditMark.START);
        }
        return check;
    }
}
