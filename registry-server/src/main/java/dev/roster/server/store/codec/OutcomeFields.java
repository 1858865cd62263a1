package dev.roster.server.store.codec;

import dev.roster.server.store.BackupHeader;
import dev.roster.server.store.CommandResult;
import dev.roster.server.store.Compacted;
import dev.roster.server.store.InvalidCommandException;
import dev.roster.server.store.KeyNotFoundException;
import dev.roster.server.store.KeyPut;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.KeysDeleted;
import dev.roster.server.store.KeysFound;
import dev.roster.server.store.KeysRead;
import dev.roster.server.store.LeaseExistsException;
import dev.roster.server.store.LeaseGranted;
import dev.roster.server.store.LeaseId;
import dev.roster.server.store.LeaseNotFoundException;
import dev.roster.server.store.LeasesRevoked;
import dev.roster.server.store.OperationResult;
import dev.roster.server.store.OutcomeUnknownException;
import dev.roster.server.store.Restored;
import dev.roster.server.store.Revision;
import dev.roster.server.store.RevisionAheadException;
import dev.roster.server.store.RevisionCompactedException;
import dev.roster.server.store.StateFullException;
import dev.roster.server.store.StoreException;
import dev.roster.server.store.StoreFullException;
import dev.roster.server.store.StoreOverloadedException;
import dev.roster.server.store.StoreUnavailableException;
import dev.roster.server.store.Txn;
import dev.roster.server.store.TxnResult;
import dev.roster.server.store.ValueReader;
import dev.roster.server.store.ValueWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of results and refusals. The numbers of kinds are part of the form: they are never changed or used again. */
final class OutcomeFields {
    private static final int TXN_RESULT = 1;
    private static final int LEASE_GRANTED = 2;
    private static final int LEASES_REVOKED = 3;
    private static final int COMPACTED = 4;

    /** Of version 2. */
    private static final int RESTORED = 5;

    private static final int INVALID_COMMAND = 65;
    private static final int REVISION_COMPACTED = 66;
    private static final int REVISION_AHEAD = 67;
    private static final int LEASE_NOT_FOUND = 68;
    private static final int LEASE_EXISTS = 69;

    /** Of version 2. */
    private static final int KEY_NOT_FOUND = 70;

    private static final int KEY_PUT = 1;
    private static final int KEYS_DELETED = 2;
    private static final int KEYS_READ = 3;
    private static final int NESTED_RESULT = 4;

    /** Of version 2. */
    private static final int KEYS_COUNTED = 5;
    private static final int KEYS_FOUND = 6;

    private OutcomeFields() {}

    /** Returns the oldest version of the form that can say an outcome. */
    static int versionOf(CommandOutcome outcome) {
        return switch (outcome) {
            case CommandOutcome.Done(TxnResult result) -> isNewer(result) ? 2 : 1;
            case CommandOutcome.Done(Restored _) -> 2;
            case CommandOutcome.Done _ -> 1;
            case CommandOutcome.Refused refused -> refused.reason() instanceof KeyNotFoundException ? 2 : 1;
        };
    }

    private static boolean isNewer(TxnResult result) {
        for (OperationResult part : result.results()) {
            boolean newer = switch (part) {
                case KeyPut _,KeysRead _ -> false;
                case KeysDeleted deleted -> isCounted(deleted);
                case KeysFound _ -> true;
                case TxnResult inner -> isNewer(inner);
            };
            if (newer) {
                return true;
            }
        }
        return false;
    }

    private static boolean isCounted(KeysDeleted deleted) {
        return deleted.count() != deleted.previous().size();
    }

    static void write(ValueWriter writer, CommandOutcome outcome) {
        switch (outcome) {
            case CommandOutcome.Done done -> writeResult(writer, done.result());
            case CommandOutcome.Refused refused -> writeReason(writer, refused.reason());
        }
    }

    static CommandOutcome readOutcome(ValueReader reader) {
        int start = reader.offset();
        int kind = reader.octet("kind of outcome");
        return switch (kind) {
            case TXN_RESULT -> new CommandOutcome.Done(readTxnResult(reader, 1));
            case LEASE_GRANTED -> new CommandOutcome.Done(
                    new LeaseGranted(readLease(reader), reader.duration("time to live"), readRevision(reader)));
            case LEASES_REVOKED -> new CommandOutcome.Done(readRevoked(reader));
            case COMPACTED -> new CommandOutcome.Done(new Compacted(readRevision(reader)));
            case RESTORED -> new CommandOutcome.Done(new Restored(
                    new BackupHeader(reader.text("origin"), readRevision(reader), reader.instant("time")),
                    readRevision(reader)));
            case INVALID_COMMAND -> new CommandOutcome.Refused(new InvalidCommandException(reader.text("field"),
                    reader.text("given"), reader.text("expected")));
            case REVISION_COMPACTED ->
                new CommandOutcome.Refused(new RevisionCompactedException(readRevision(reader)));
            case REVISION_AHEAD -> new CommandOutcome.Refused(new RevisionAheadException(readRevision(reader)));
            case LEASE_NOT_FOUND -> new CommandOutcome.Refused(new LeaseNotFoundException(readLease(reader)));
            case LEASE_EXISTS -> new CommandOutcome.Refused(new LeaseExistsException(readLease(reader)));
            case KEY_NOT_FOUND -> new CommandOutcome.Refused(new KeyNotFoundException(reader.key("key")));
            default -> throw reader.damaged("kind of outcome", start, "is " + kind + ", expected 1 to 5 or 65 to 70");
        };
    }

    private static void writeResult(ValueWriter writer, CommandResult result) {
        switch (result) {
            case TxnResult txn -> writeTxnResult(writer.octet(TXN_RESULT), txn);
            case LeaseGranted granted -> writer.octet(LEASE_GRANTED).fixed(granted.id().value()).duration(granted.ttl())
                    .number(granted.revision().value());
            case LeasesRevoked revoked -> {
                writer.octet(LEASES_REVOKED).count(revoked.ids().size());
                revoked.ids().forEach(id -> writer.fixed(id.value()));
                writer.number(revoked.revision().value());
            }
            case Compacted compacted -> writer.octet(COMPACTED).number(compacted.revision().value());
            case Restored restored -> writer.octet(RESTORED).text(restored.backup().origin())
                    .number(restored.backup().revision().value()).instant(restored.backup().time())
                    .number(restored.revision().value());
        }
    }

    private static void writeReason(ValueWriter writer, StoreException reason) {
        switch (reason) {
            case InvalidCommandException e ->
                writer.octet(INVALID_COMMAND).text(e.field()).text(e.value()).text(e.expected());
            case RevisionCompactedException e -> writer.octet(REVISION_COMPACTED).number(e.oldest().value());
            case RevisionAheadException e -> writer.octet(REVISION_AHEAD).number(e.current().value());
            case LeaseNotFoundException e -> writer.octet(LEASE_NOT_FOUND).fixed(e.lease().value());
            case LeaseExistsException e -> writer.octet(LEASE_EXISTS).fixed(e.lease().value());
            case KeyNotFoundException e -> writer.octet(KEY_NOT_FOUND).key(e.key());
            case StoreOverloadedException _,StoreFullException _,StateFullException _,StoreUnavailableException _,OutcomeUnknownException _ ->
                throw new IllegalStateException("kept out by CommandOutcome.Refused", reason);
        }
    }

    private static LeasesRevoked readRevoked(ValueReader reader) {
        List<LeaseId> ids = new ArrayList<>();
        for (int left = reader.count("leases"); left > 0; left--) {
            ids.add(readLease(reader));
        }
        return new LeasesRevoked(ids, readRevision(reader));
    }

    private static void writeTxnResult(ValueWriter writer, TxnResult result) {
        writer.flag(result.succeeded()).number(result.revision().value()).count(result.results().size());
        for (OperationResult operation : result.results()) {
            switch (operation) {
                case KeyPut put -> writeOptional(writer.octet(KEY_PUT), put.previous());
                case KeysDeleted deleted when isCounted(deleted) -> writeAll(
                        writer.octet(KEYS_COUNTED).number(deleted.count()), deleted.previous());
                case KeysDeleted deleted -> writeAll(writer.octet(KEYS_DELETED), deleted.previous());
                case KeysFound found ->
                    writeAll(writer.octet(KEYS_FOUND).flag(found.more()).number(found.count()), found.keys());
                case KeysRead read -> writeAll(writer.octet(KEYS_READ).flag(read.more()), read.keys());
                case TxnResult inner -> writeTxnResult(writer.octet(NESTED_RESULT), inner);
            }
        }
    }

    private static TxnResult readTxnResult(ValueReader reader, int depth) {
        if (depth > Txn.MAX_DEPTH) {
            throw reader.damaged("result", reader.offset(), "is nested more than " + Txn.MAX_DEPTH + " deep");
        }
        boolean succeeded = reader.flag("succeeded");
        Revision revision = readRevision(reader);
        List<OperationResult> results = new ArrayList<>();
        for (int left = reader.count("results"); left > 0; left--) {
            results.add(readOperationResult(reader, depth));
        }
        return new TxnResult(succeeded, results, revision);
    }

    private static OperationResult readOperationResult(ValueReader reader, int depth) {
        int start = reader.offset();
        int kind = reader.octet("kind of result");
        return switch (kind) {
            case KEY_PUT -> new KeyPut(reader.flag("previous") ? readKeyValue(reader) : null);
            case KEYS_DELETED -> new KeysDeleted(readAll(reader));
            case KEYS_READ -> {
                boolean more = reader.flag("more");
                yield new KeysRead(readAll(reader), more);
            }
            case NESTED_RESULT -> readTxnResult(reader, depth + 1);
            case KEYS_COUNTED -> {
                long count = reader.number("count");
                yield new KeysDeleted(readAll(reader), count);
            }
            case KEYS_FOUND -> {
                boolean more = reader.flag("more");
                long count = reader.number("count");
                yield new KeysFound(readAll(reader), more, count);
            }
            default -> throw reader.damaged("kind of result", start, "is " + kind + ", expected 1 to 6");
        };
    }

    private static void writeOptional(ValueWriter writer, @Nullable KeyValue keyValue) {
        writer.flag(keyValue != null);
        if (keyValue != null) {
            write(writer, keyValue);
        }
    }

    private static void writeAll(ValueWriter writer, List<KeyValue> keyValues) {
        writer.count(keyValues.size());
        keyValues.forEach(keyValue -> write(writer, keyValue));
    }

    private static List<KeyValue> readAll(ValueReader reader) {
        List<KeyValue> all = new ArrayList<>();
        for (int left = reader.count("keys"); left > 0; left--) {
            all.add(readKeyValue(reader));
        }
        return all;
    }

    private static void write(ValueWriter writer, KeyValue keyValue) {
        writer.key(keyValue.key()).value(keyValue.value()).number(keyValue.created().value())
                .number(keyValue.modified().value()).number(keyValue.version()).fixed(keyValue.lease().value());
    }

    private static KeyValue readKeyValue(ValueReader reader) {
        return new KeyValue(reader.key("key"), reader.value("value"), readRevision(reader), readRevision(reader),
                reader.number("version"), readLease(reader));
    }

    private static Revision readRevision(ValueReader reader) {
        return new Revision(reader.number("revision"));
    }

    private static LeaseId readLease(ValueReader reader) {
        long lease = reader.fixed("lease");
        return lease == 0 ? LeaseId.NONE : new LeaseId(lease);
    }
}
