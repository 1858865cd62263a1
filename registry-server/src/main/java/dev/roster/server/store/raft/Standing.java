package dev.roster.server.store.raft;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one member tells another that asks: whether it has data, of which cluster, and what the other is to it.
 *
 * @param hasData whether it has entries or a snapshot
 * @param proposal the id that it would give to a new cluster
 * @param cluster the cluster that it is of, null while it has not joined one
 * @param configuration index of the entry with the list of members that it goes by; 0 for the list that it started with, and
 *     for one of which it does not know that it is committed: that one may be taken back
 * @param asker what the member that asks is by that list
 */
record Standing(boolean hasData, UUID proposal, @Nullable UUID cluster, long configuration, Role asker) {

    /** What a member is by a list of members. */
    enum Role {
        UNKNOWN(0), LEARNER(1), VOTER(2);

        private final byte code;

        Role(int code) {
            this.code = (byte) code;
        }

        private static Role of(byte code) {
            return Arrays.stream(values()).filter(role -> role.code == code).findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("role " + code));
        }
    }

    private static final byte VERSION = 1;
    private static final int BYTES = 2 + 4 * Long.BYTES + Long.BYTES + 1;
    private static final UUID NONE = new UUID(0, 0);

    byte[] encode() {
        UUID joined = cluster == null ? NONE : cluster;
        return ByteBuffer.allocate(BYTES).put(VERSION).put((byte) (hasData ? 1 : 0))
                .putLong(proposal.getMostSignificantBits()).putLong(proposal.getLeastSignificantBits())
                .putLong(joined.getMostSignificantBits()).putLong(joined.getLeastSignificantBits())
                .putLong(configuration).put(asker.code).array();
    }

    /**
     * Reads what another member said.
     *
     * @throws IllegalArgumentException if it is of another form
     */
    static Standing decode(byte[] said) {
        if (said.length != BYTES || said[0] != VERSION) {
            throw new IllegalArgumentException("standing of " + said.length + " bytes");
        }
        ByteBuffer buffer = ByteBuffer.wrap(said, 1, BYTES - 1);
        boolean hasData = buffer.get() == 1;
        UUID proposal = new UUID(buffer.getLong(), buffer.getLong());
        UUID joined = new UUID(buffer.getLong(), buffer.getLong());
        return new Standing(hasData, proposal, joined.equals(NONE) ? null : joined, buffer.getLong(),
                Role.of(buffer.get()));
    }
}
