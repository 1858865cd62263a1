package dev.roster.server.store.raft;

import dev.roster.server.store.Command;
import dev.roster.server.store.CommitParts;
import dev.roster.server.store.Compact;
import dev.roster.server.store.Compare;
import dev.roster.server.store.DeleteKeys;
import dev.roster.server.store.ExpireLeases;
import dev.roster.server.store.GrantLease;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.Operation;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.QueryKeys;
import dev.roster.server.store.ReadKeys;
import dev.roster.server.store.Restore;
import dev.roster.server.store.RevokeLeases;
import dev.roster.server.store.Txn;
import dev.roster.server.store.UpdateKey;
import java.util.List;

/** How many bytes a command takes in the log, at most: an upper bound that costs less than encoding it. */
final class CommandWeight {

    /** Lengths, type, numbers of one part. */
    private static final int PART_BYTES = 32;

    private CommandWeight() {}

    static int of(Command command) {
        return switch (command) {
            case Txn txn -> ofTxn(txn);
            case GrantLease grant -> PART_BYTES;
            case RevokeLeases revoke -> PART_BYTES + revoke.ids().size() * (Long.BYTES + 2);
            case ExpireLeases expire -> PART_BYTES + expire.ids().size() * (Long.BYTES + 2);
            case Compact compact -> PART_BYTES;
            case Restore restore -> 3 * PART_BYTES + restore.parts().size() + restore.mark().key().size()
                    + restore.mark().value().size();
            case CommitParts commit -> PART_BYTES + commit.parts().size();
        };
    }

    private static int ofTxn(Txn txn) {
        int bytes = PART_BYTES;
        for (Compare compare : txn.compares()) {
            bytes += PART_BYTES + ofRange(compare.range()) + (compare.value() == null ? 0 : compare.value().size());
        }
        return bytes + ofOperations(txn.then()) + ofOperations(txn.otherwise());
    }

    private static int ofOperations(List<Operation> operations) {
        int bytes = 0;
        for (Operation operation : operations) {
            bytes += switch (operation) {
                case PutKey put -> PART_BYTES + put.key().size() + put.value().size();
                case UpdateKey update -> PART_BYTES + update.key().size()
                        + (update.value() == null ? 0 : update.value().size());
                case DeleteKeys delete -> PART_BYTES + ofRange(delete.range());
                case ReadKeys read -> PART_BYTES + ofRange(read.range());
                case QueryKeys query -> 3 * PART_BYTES + ofRange(query.query().range());
                case Txn txn -> ofTxn(txn);
            };
        }
        return bytes;
    }

    private static int ofRange(KeyRange range) {
        return range.from().size() + (range.to() == null ? 0 : range.to().size());
    }
}
