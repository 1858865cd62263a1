package dev.roster.server.store;

import java.io.DataInput;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The state machine: keys with versions, leases and a bounded history.
 *
 * <p>A command is checked wholly before it writes, so one that is refused changes nothing. No exception but a
 * {@link StoreException} comes from a sound replica; after any other the engine must not go on with it.
 */
final class KeySpace implements StateMachine {
    private final HistoryLimits limits;
    private final List<ApplyListener> listeners = new CopyOnWriteArrayList<>();
    private volatile Contents contents;

    KeySpace() {
        this(HistoryLimits.DEFAULT);
    }

    KeySpace(HistoryLimits limits) {
        this.limits = limits;
        this.contents = new Contents(limits, Revision.ZERO);
    }

    @Override
    public CommandResult apply(Instant time, Command command) {
        CommandResult result;
        try {
            result = switch (command) {
                case Txn txn -> TxnRun.run(contents, txn);
                case GrantLease grant -> grant(grant);
                case RevokeLeases revoke -> revoke(revoke.ids());
                case ExpireLeases expire -> expire(expire);
                case Compact compact -> compact(compact);
                case Restore restore -> restore(restore);
                case CommitParts commit -> PartsRun.run(contents, commit);
            };
        } catch (StoreException refused) {
            tell(command, null);
            throw refused;
        }
        contents.keepWithinLimits();
        contents.prune();
        tell(command, result);
        return result;
    }

    private LeaseGranted grant(GrantLease command) {
        if (contents.leases.find(command.id()) != null) {
            throw new LeaseExistsException(command.id());
        }
        contents.leases.add(new Lease(command.id(), command.ttl()));
        return new LeaseGranted(command.id(), command.ttl(), contents.revision());
    }

    private LeasesRevoked expire(ExpireLeases command) {
        if (command.term() < contents.judgingTerm()) {
            return new LeasesRevoked(List.of(), contents.revision());
        }
        contents.judgeIn(command.term());
        return revoke(command.ids());
    }

    private LeasesRevoked revoke(List<LeaseId> ids) {
        Set<LeaseId> revoked = new LinkedHashSet<>();
        RevisionWriter writer = new RevisionWriter(contents);
        for (LeaseId id : ids) {
            LeaseTable.Holding holding = contents.leases.find(id);
            if (holding != null) {
                deleteKeys(holding, writer);
                contents.leases.remove(id);
                revoked.add(id);
            }
        }
        return new LeasesRevoked(List.copyOf(revoked), writer.publish());
    }

    private void deleteKeys(LeaseTable.Holding holding, RevisionWriter writer) {
        for (Key key : holding.keys()) {
            KeyChain chain = contents.keys.find(key);
            if (chain == null) {
                throw new IllegalStateException(
                        "lease " + holding.lease.id() + " holds a key that is not there: " + key);
            }
            writer.delete(chain);
        }
    }

    private Compacted compact(Compact command) {
        Revision present = contents.revision();
        if (command.revision().isAfter(present)) {
            throw new RevisionAheadException(present);
        }
        if (!command.revision().isAfter(contents.oldest())) {
            throw new RevisionCompactedException(contents.oldest());
        }
        contents.compact(command.revision());
        return new Compacted(present);
    }

    private Restored restore(Restore command) {
        RestoreRun.Replacement replacement = RestoreRun.run(contents, command, limits);
        contents = replacement.contents();
        return new Restored(replacement.backup(), replacement.contents().revision());
    }

    private void tell(@Nullable Command command, @Nullable CommandResult result) {
        for (ApplyListener listener : listeners) {
            listener.applied(command, result);
        }
    }

    @Override
    public ReadView view() {
        Contents now = contents;
        return new RevisionView(now, now.revision());
    }

    @Override
    public ReadView viewAt(Revision revision) {
        Contents now = contents;
        Revision present = now.revision();
        if (revision.isAfter(present)) {
            throw new RevisionAheadException(present);
        }
        now.checkKept(revision);
        return new RevisionView(now, revision);
    }

    @Override
    public Revision readChanges(Revision after, int most, RangeSet ranges, ChangeSink sink) {
        Contents now = contents;
        long present = now.revision().value();
        now.checkKept(after);
        long end = Math.min(present, after.value() + most);
        if (end <= after.value()) {
            return after;
        }
        return new Revision(new ChangeReader(now, ranges, sink).read(after.value(), end));
    }

    @Override
    public Optional<Lease> findLease(LeaseId id) {
        LeaseTable.Holding holding = contents.leases.find(id);
        return holding == null ? Optional.empty() : Optional.of(holding.lease);
    }

    @Override
    public List<Key> keysOf(LeaseId id) {
        LeaseTable.Holding holding = contents.leases.find(id);
        return holding == null ? List.of() : holding.keys();
    }

    @Override
    public List<Lease> leases() {
        return contents.leases.all();
    }

    @Override
    public long bytes() {
        return contents.bytes();
    }

    @Override
    public long judgingTerm() {
        return contents.judgingTerm();
    }

    @Override
    public void addListener(ApplyListener listener) {
        listeners.add(listener);
    }

    @Override
    public StateImage image() {
        KeySpaceImage image = new KeySpaceImage(contents);
        contents.pin(image);
        return image;
    }

    @Override
    public void restore(DataInput input) throws IOException {
        contents = KeySpaceImageReader.read(input, limits);
        tell(null, null);
    }
}
