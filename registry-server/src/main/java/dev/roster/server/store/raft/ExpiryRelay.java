package dev.roster.server.store.raft;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Asks the leader how it judges leases, and has it let go of those that it holds back, whichever member is asked.
 *
 * <p>A question is a byte, its answer the four fields of {@link ExpiryState}.
 */
final class ExpiryRelay {

    private static final byte TELL = 0;
    private static final byte RELEASE = 1;
    private static final int ANSWER_BYTES = 2 * Integer.BYTES + 1 + Long.BYTES;

    private final LeaderCall call;

    ExpiryRelay(LeaderCall.Peers peers, LeaseWarden warden) {
        this.call = new LeaderCall(peers, "lease/expiry", question -> {
            if (question[0] == RELEASE) {
                warden.release();
            }
            return CompletableFuture.completedFuture(encode(warden.state()));
        });
    }

    /** Begins to answer the other members. */
    void open() {
        call.open();
    }

    /** Returns how the leader judges leases. */
    CompletableFuture<ExpiryState> state() {
        return call.ask(new byte[]{TELL}).thenApply(ExpiryRelay::decode);
    }

    /** Has the leader end what it holds back; returns how it judges leases then. */
    CompletableFuture<ExpiryState> release() {
        return call.ask(new byte[]{RELEASE}).thenApply(ExpiryRelay::decode);
    }

    private static byte[] encode(ExpiryState state) {
        return ByteBuffer.allocate(ANSWER_BYTES).putInt(state.leases()).putInt(state.overdue())
                .put((byte) (state.heldBack() ? 1 : 0)).putLong(state.heldFor().toNanos()).array();
    }

    private static ExpiryState decode(byte[] answer) {
        ByteBuffer buffer = ByteBuffer.wrap(answer);
        return new ExpiryState(buffer.getInt(), buffer.getInt(), buffer.get() == 1, Duration.ofNanos(buffer.getLong()));
    }
}
