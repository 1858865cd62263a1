package dev.roster.server.store;

import java.io.DataInput;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A state machine that does nothing but note the times of commands; fails if the list cannot be changed. */
final class TimeRecorder implements StateMachine {
    private final StateMachine empty = StateMachine.empty();
    private final List<Instant> times;

    TimeRecorder(List<Instant> times) {
        this.times = times;
    }

    @Override
    public CommandResult apply(Instant time, Command command) {
        times.add(time);
        return new TxnResult(true, List.of(), Revision.ZERO);
    }

    @Override
    public ReadView view() {
        return empty.view();
    }

    @Override
    public ReadView viewAt(Revision revision) {
        return empty.viewAt(revision);
    }

    @Override
    public Revision readChanges(Revision after, int most, RangeSet ranges, ChangeSink sink) {
        return empty.readChanges(after, most, ranges, sink);
    }

    @Override
    public Optional<Lease> findLease(LeaseId id) {
        return empty.findLease(id);
    }

    @Override
    public List<Key> keysOf(LeaseId id) {
        return empty.keysOf(id);
    }

    @Override
    public List<Lease> leases() {
        return empty.leases();
    }

    @Override
    public long bytes() {
        return empty.bytes();
    }

    @Override
    public long judgingTerm() {
        return empty.judgingTerm();
    }

    @Override
    public void addListener(ApplyListener listener) {
        empty.addListener(listener);
    }

    @Override
    public StateImage image() {
        return empty.image();
    }

    @Override
    public void restore(DataInput input) {
        throw new UnsupportedOperationException();
    }
}
