package dev.roster.server.store.codec;

import dev.roster.server.store.BackupHeader;
import dev.roster.server.store.Command;
import dev.roster.server.store.CommandResult;
import dev.roster.server.store.CommitParts;
import dev.roster.server.store.Compact;
import dev.roster.server.store.Compacted;
import dev.roster.server.store.Compare;
import dev.roster.server.store.DeleteKeys;
import dev.roster.server.store.ExpireLeases;
import dev.roster.server.store.GrantLease;
import dev.roster.server.store.InvalidCommandException;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyNotFoundException;
import dev.roster.server.store.KeyPut;
import dev.roster.server.store.KeyQuery;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.KeysDeleted;
import dev.roster.server.store.KeysFound;
import dev.roster.server.store.KeysRead;
import dev.roster.server.store.LeaseExistsException;
import dev.roster.server.store.LeaseGranted;
import dev.roster.server.store.LeaseId;
import dev.roster.server.store.LeaseNotFoundException;
import dev.roster.server.store.LeasesRevoked;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.QueryKeys;
import dev.roster.server.store.ReadKeys;
import dev.roster.server.store.Restore;
import dev.roster.server.store.Restored;
import dev.roster.server.store.Revision;
import dev.roster.server.store.RevisionAheadException;
import dev.roster.server.store.RevisionCompactedException;
import dev.roster.server.store.RevokeLeases;
import dev.roster.server.store.StoreException;
import dev.roster.server.store.Txn;
import dev.roster.server.store.TxnResult;
import dev.roster.server.store.UpdateKey;
import dev.roster.server.store.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** One of everything that has a binary form. Never changed: golden files hold its bytes. A new kind is added beside. */
final class Samples {
    static final LeaseId LEASE = new LeaseId(0x7766554433221100L);

    private static final Key KEY = Key.of("registry/default/orders/1");
    private static final KeyValue KEY_VALUE = new KeyValue(KEY, Value.of("höst"), new Revision(3), new Revision(300), 4,
            LEASE);

    private Samples() {}

    static Txn txn() {
        KeyRange range = KeyRange.prefix("config/head/");
        List<Compare> compares = List.of(Compare.absent(KEY), Compare.exists(KEY),
                Compare.modifiedAt(KEY, new Revision(70_000)), Compare.valueIs(KEY, Value.of("")),
                new Compare(range, Compare.Field.CREATED, Compare.Relation.LESS, Long.MAX_VALUE, null),
                new Compare(KeyRange.ALL, Compare.Field.LEASE, Compare.Relation.NOT_EQUAL, -1, null));
        Txn inner = new Txn(List.of(), List.of(), List.of(new DeleteKeys(KeyRange.ALL.after(KEY))));
        return new Txn(compares,
                List.of(new PutKey(KEY, Value.of("höst"), LEASE), new PutKey(Key.of("k"), Value.of("")),
                        new DeleteKeys(KEY), new ReadKeys(range, Integer.MAX_VALUE), inner),
                List.of(new DeleteKeys(range), Txn.of()));
    }

    static List<Command> commands() {
        return List.of(txn(), Txn.of(), new GrantLease(LEASE, Duration.ofMillis(1500)),
                new RevokeLeases(List.of(LEASE, new LeaseId(-1))), new Compact(new Revision(70_000)));
    }

    /** What came with version 2. */
    static Txn txnOfVersion2() {
        KeyQuery query = new KeyQuery(KeyRange.prefix("config/"), 3,
                new KeyQuery.Order(KeyQuery.Field.MODIFIED, true), KeyQuery.Detail.WITHOUT_VALUE,
                new KeyQuery.Bounds(2, 300), new KeyQuery.Bounds(1, Long.MAX_VALUE));
        return Txn.of(new PutKey(KEY, Value.of("höst"), LEASE).withoutPrevious(),
                UpdateKey.keepingLease(Key.of("k"), Value.of("v")),
                UpdateKey.keepingValue(Key.of("l"), LEASE).withoutPrevious(),
                new UpdateKey(Key.of("m"), null, null, true), new DeleteKeys(KeyRange.prefix("x/")).withoutPrevious(),
                new QueryKeys(query), new QueryKeys(KeyQuery.of(KeyRange.ALL), new Revision(70_000)));
    }

    /** A command that came with version 2. */
    static Restore restore() {
        return new Restore(Key.of("restore/part/"), true, new PutKey(Key.of("restore/done"), Value.of("7-0badcafe")));
    }

    /** A command that came with version 3. */
    static ExpireLeases expiry() {
        return new ExpireLeases(70_000, List.of(LEASE, new LeaseId(-1)));
    }

    /** A command that came with version 4. */
    static CommitParts commitParts() {
        return new CommitParts(Key.of("config/import/"), 300);
    }

    /** The result of a restoration. */
    static Restored restored() {
        return new Restored(new BackupHeader("m1, m2", new Revision(7), Instant.ofEpochSecond(1_795_000_000, 5)),
                new Revision(1000));
    }

    /** Results that came with version 2. */
    static List<CommandResult> resultsOfVersion2() {
        return List.of(new TxnResult(true,
                List.of(new KeysDeleted(List.of(), 7), new KeysFound(List.of(KEY_VALUE), true, 12)), new Revision(8)));
    }

    /** Refusals that came with version 2. */
    static List<StoreException> reasonsOfVersion2() {
        return List.of(new KeyNotFoundException(KEY));
    }

    static Batch batch() {
        return new Batch(0x0123456789abcdefL, 12, 10, commands());
    }

    static List<CommandResult> results() {
        TxnResult inner = new TxnResult(false, List.of(), new Revision(5));
        return List.of(
                new TxnResult(true,
                        List.of(new KeyPut(null), new KeyPut(KEY_VALUE), new KeysDeleted(List.of(KEY_VALUE)),
                                new KeysRead(List.of(KEY_VALUE, KEY_VALUE), true), inner),
                        new Revision(301)),
                new LeaseGranted(LEASE, Duration.ofDays(1), new Revision(0)),
                new LeasesRevoked(List.of(LEASE), new Revision(302)), new Compacted(new Revision(1L << 40)));
    }

    static List<StoreException> reasons() {
        return List.of(new InvalidCommandException("key", "k", "written once"),
                new RevisionCompactedException(new Revision(7)), new RevisionAheadException(new Revision(8)),
                new LeaseNotFoundException(LEASE), new LeaseExistsException(LEASE));
    }
}
