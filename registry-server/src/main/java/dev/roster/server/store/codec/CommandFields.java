package dev.roster.server.store.codec;

import dev.roster.server.store.Command;
import dev.roster.server.store.CommitParts;
import dev.roster.server.store.Compact;
import dev.roster.server.store.Compare;
import dev.roster.server.store.DeleteKeys;
import dev.roster.server.store.ExpireLeases;
import dev.roster.server.store.GrantLease;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.LeaseId;
import dev.roster.server.store.Operation;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.QueryKeys;
import dev.roster.server.store.ReadKeys;
import dev.roster.server.store.Restore;
import dev.roster.server.store.Revision;
import dev.roster.server.store.RevokeLeases;
import dev.roster.server.store.Txn;
import dev.roster.server.store.UpdateKey;
import dev.roster.server.store.Value;
import dev.roster.server.store.ValueReader;
import dev.roster.server.store.ValueWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The fields of commands. The numbers of kinds are part of the form: they are never changed or used again. */
final class CommandFields {
    private static final int TXN = 1;
    private static final int GRANT_LEASE = 2;
    private static final int REVOKE_LEASES = 3;
    private static final int COMPACT = 4;

    /** Of version 2. */
    private static final int RESTORE = 5;

    /** Of version 3. */
    private static final int EXPIRE_LEASES = 6;

    /** Of version 4. */
    private static final int COMMIT_PARTS = 7;

    private static final int PUT_KEY = 1;
    private static final int DELETE_KEYS = 2;
    private static final int READ_KEYS = 3;
    private static final int NESTED_TXN = 4;

    /** Kinds of version 2. */
    private static final int PUT_KEY_QUIETLY = 5;
    private static final int UPDATE_KEY = 6;
    private static final int DELETE_KEYS_QUIETLY = 7;
    private static final int QUERY_KEYS = 8;

    private static final int ONE_KEY = 1;
    private static final int FROM_TO = 2;
    private static final int FROM = 3;

    private CommandFields() {}

    /** Returns the oldest version of the form that can say a command: members of that version understand it. */
    static int versionOf(Command command) {
        return switch (command) {
            case Txn txn -> isNewer(txn.then()) || isNewer(txn.otherwise()) ? 2 : 1;
            case GrantLease _,RevokeLeases _,Compact _ -> 1;
            case Restore _ -> 2;
            case ExpireLeases _ -> 3;
            case CommitParts _ -> 4;
        };
    }

    private static boolean isNewer(List<Operation> operations) {
        for (Operation operation : operations) {
            boolean newer = switch (operation) {
                case PutKey put -> !put.withPrevious();
                case DeleteKeys delete -> !delete.withPrevious();
                case UpdateKey _,QueryKeys _ -> true;
                case ReadKeys _ -> false;
                case Txn inner -> versionOf(inner) > 1;
            };
            if (newer) {
                return true;
            }
        }
        return false;
    }

    static void write(ValueWriter writer, Command command) {
        switch (command) {
            case Txn txn -> writeTxn(writer.octet(TXN), txn);
            case GrantLease grant -> writer.octet(GRANT_LEASE).fixed(grant.id().value()).duration(grant.ttl());
            case RevokeLeases revoke -> writeLeases(writer.octet(REVOKE_LEASES), revoke.ids());
            case ExpireLeases expire -> writeLeases(writer.octet(EXPIRE_LEASES).number(expire.term()), expire.ids());
            case Compact compact -> writer.octet(COMPACT).number(compact.revision().value());
            case Restore restore -> writer.octet(RESTORE).key(restore.parts()).flag(restore.ontoEmpty())
                    .key(restore.mark().key()).value(restore.mark().value());
            case CommitParts commit -> writer.octet(COMMIT_PARTS).key(commit.parts()).number(commit.count());
        }
    }

    static Command readCommand(ValueReader reader) {
        int start = reader.offset();
        int kind = reader.octet("kind of command");
        return switch (kind) {
            case TXN -> readTxn(reader, 1);
            case GRANT_LEASE -> new GrantLease(readLease(reader), reader.duration("time to live"));
            case REVOKE_LEASES -> new RevokeLeases(readLeases(reader));
            case EXPIRE_LEASES -> new ExpireLeases(reader.number("term"), readLeases(reader));
            case COMPACT -> new Compact(new Revision(reader.number("revision")));
            case RESTORE -> new Restore(reader.key("parts"), reader.flag("onto an empty store"),
                    new PutKey(reader.key("mark"), reader.value("mark")));
            case COMMIT_PARTS -> new CommitParts(reader.key("parts"), readLimit(reader));
            default -> throw reader.damaged("kind of command", start, "is " + kind + ", expected 1 to 7");
        };
    }

    private static void writeLeases(ValueWriter writer, List<LeaseId> ids) {
        writer.count(ids.size());
        ids.forEach(id -> writer.fixed(id.value()));
    }

    private static List<LeaseId> readLeases(ValueReader reader) {
        List<LeaseId> ids = new ArrayList<>();
        for (int left = reader.count("leases"); left > 0; left--) {
            ids.add(readLease(reader));
        }
        return ids;
    }

    private static void writeTxn(ValueWriter writer, Txn txn) {
        writer.count(txn.compares().size());
        txn.compares().forEach(compare -> writeCompare(writer, compare));
        writeOperations(writer, txn.then());
        writeOperations(writer, txn.otherwise());
    }

    private static Txn readTxn(ValueReader reader, int depth) {
        if (depth > Txn.MAX_DEPTH) {
            throw reader.damaged("transaction", reader.offset(), "is nested more than " + Txn.MAX_DEPTH + " deep");
        }
        List<Compare> compares = new ArrayList<>();
        for (int left = reader.count("compares"); left > 0; left--) {
            compares.add(readCompare(reader));
        }
        return new Txn(compares, readOperations(reader, depth), readOperations(reader, depth));
    }

    private static void writeCompare(ValueWriter writer, Compare compare) {
        writeRange(writer, compare.range());
        writer.octet(codeOf(compare.field())).octet(codeOf(compare.relation()));
        if (compare.value() == null) {
            writer.number(compare.number());
        } else {
            writer.value(compare.value());
        }
    }

    private static Compare readCompare(ValueReader reader) {
        KeyRange range = readRange(reader);
        Compare.Field field = readField(reader);
        Compare.Relation relation = readRelation(reader);
        return field == Compare.Field.VALUE
                ? new Compare(range, field, relation, 0, reader.value("operand"))
                : new Compare(range, field, relation, reader.number("operand"), null);
    }

    private static int codeOf(Compare.Field field) {
        return switch (field) {
            case VERSION -> 1;
            case CREATED -> 2;
            case MODIFIED -> 3;
            case LEASE -> 4;
            case VALUE -> 5;
        };
    }

    private static Compare.Field readField(ValueReader reader) {
        int start = reader.offset();
        int code = reader.octet("field");
        return switch (code) {
            case 1 -> Compare.Field.VERSION;
            case 2 -> Compare.Field.CREATED;
            case 3 -> Compare.Field.MODIFIED;
            case 4 -> Compare.Field.LEASE;
            case 5 -> Compare.Field.VALUE;
            default -> throw reader.damaged("field", start, "is " + code + ", expected 1 to 5");
        };
    }

    private static int codeOf(Compare.Relation relation) {
        return switch (relation) {
            case EQUAL -> 1;
            case NOT_EQUAL -> 2;
            case LESS -> 3;
            case GREATER -> 4;
        };
    }

    private static Compare.Relation readRelation(ValueReader reader) {
        int start = reader.offset();
        int code = reader.octet("relation");
        return switch (code) {
            case 1 -> Compare.Relation.EQUAL;
            case 2 -> Compare.Relation.NOT_EQUAL;
            case 3 -> Compare.Relation.LESS;
            case 4 -> Compare.Relation.GREATER;
            default -> throw reader.damaged("relation", start, "is " + code + ", expected 1 to 4");
        };
    }

    private static void writeOperations(ValueWriter writer, List<Operation> operations) {
        writer.count(operations.size());
        for (Operation operation : operations) {
            switch (operation) {
                case PutKey put -> writer.octet(put.withPrevious() ? PUT_KEY : PUT_KEY_QUIETLY).key(put.key())
                        .value(put.value()).fixed(put.lease().value());
                case UpdateKey update -> writeUpdate(writer.octet(UPDATE_KEY), update);
                case DeleteKeys delete ->
                    writeRange(writer.octet(delete.withPrevious() ? DELETE_KEYS : DELETE_KEYS_QUIETLY),
                            delete.range());
                case ReadKeys read -> {
                    writeRange(writer.octet(READ_KEYS), read.range());
                    writer.number(read.limit());
                }
                case QueryKeys query -> QueryFields.write(writer.octet(QUERY_KEYS), query);
                case Txn inner -> writeTxn(writer.octet(NESTED_TXN), inner);
            }
        }
    }

    private static List<Operation> readOperations(ValueReader reader, int depth) {
        List<Operation> operations = new ArrayList<>();
        for (int left = reader.count("operations"); left > 0; left--) {
            operations.add(readOperation(reader, depth));
        }
        return operations;
    }

    private static Operation readOperation(ValueReader reader, int depth) {
        int start = reader.offset();
        int kind = reader.octet("kind of operation");
        return switch (kind) {
            case PUT_KEY -> new PutKey(reader.key("key"), reader.value("value"), readLease(reader));
            case DELETE_KEYS -> new DeleteKeys(readRange(reader));
            case READ_KEYS -> new ReadKeys(readRange(reader), readLimit(reader));
            case NESTED_TXN -> readTxn(reader, depth + 1);
            default -> readNewerOperation(reader, kind, start);
        };
    }

    private static Operation readNewerOperation(ValueReader reader, int kind, int start) {
        if (reader.version() < 2) {
            throw reader.damaged("kind of operation", start, "is " + kind + ", expected 1 to 4");
        }
        return switch (kind) {
            case PUT_KEY_QUIETLY ->
                new PutKey(reader.key("key"), reader.value("value"), readLease(reader)).withoutPrevious();
            case UPDATE_KEY -> readUpdate(reader);
            case DELETE_KEYS_QUIETLY -> new DeleteKeys(readRange(reader)).withoutPrevious();
            case QUERY_KEYS -> QueryFields.read(reader);
            default -> throw reader.damaged("kind of operation", start, "is " + kind + ", expected 1 to 8");
        };
    }

    private static void writeUpdate(ValueWriter writer, UpdateKey update) {
        Value value = update.value();
        LeaseId lease = update.lease();
        writer.key(update.key()).flag(value != null);
        if (value != null) {
            writer.value(value);
        }
        writer.flag(lease != null);
        if (lease != null) {
            writer.fixed(lease.value());
        }
        writer.flag(update.withPrevious());
    }

    private static UpdateKey readUpdate(ValueReader reader) {
        Key key = reader.key("key");
        Value value = reader.flag("new value") ? reader.value("value") : null;
        LeaseId lease = reader.flag("new lease") ? readLease(reader) : null;
        return new UpdateKey(key, value, lease, reader.flag("with previous"));
    }

    static int readLimit(ValueReader reader) {
        int start = reader.offset();
        long limit = reader.number("limit");
        if (limit != (int) limit) {
            throw reader.damaged("limit", start, "is " + limit + ", expected at most " + Integer.MAX_VALUE);
        }
        return (int) limit;
    }

    static void writeRange(ValueWriter writer, KeyRange range) {
        Key to = range.to();
        if (range.isSingleKey()) {
            writer.octet(ONE_KEY).key(range.from());
        } else if (to == null) {
            writer.octet(FROM).key(range.from());
        } else {
            writer.octet(FROM_TO).key(range.from()).key(to);
        }
    }

    static KeyRange readRange(ValueReader reader) {
        int start = reader.offset();
        int kind = reader.octet("kind of range");
        return switch (kind) {
            case ONE_KEY -> KeyRange.of(reader.key("key"));
            case FROM_TO -> new KeyRange(readBound(reader, "from"), readBound(reader, "to"));
            case FROM -> new KeyRange(readBound(reader, "from"), null);
            default -> throw reader.damaged("kind of range", start, "is " + kind + ", expected 1 to 3");
        };
    }

    /** Reads a bound of a range: a key, or what follows on the longest key at once, which is a byte longer. */
    private static Key readBound(ValueReader reader, String field) {
        byte[] bytes = reader.bytes(field);
        int last = bytes.length - 1;
        if (last == Key.MAX_BYTES && bytes[last] == 0) {
            return Objects.requireNonNull(KeyRange.of(Key.of(Arrays.copyOf(bytes, last))).to());
        }
        return Key.of(bytes);
    }

    private static LeaseId readLease(ValueReader reader) {
        long lease = reader.fixed("lease");
        return lease == 0 ? LeaseId.NONE : new LeaseId(lease);
    }
}
