package dev.roster.server.cluster;

import dev.roster.server.store.BackupHeader;
import dev.roster.server.store.BackupWriter;
import dev.roster.server.store.Lease;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Store;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;

/** Makes backups: the whole state at one revision that shows all that was acknowledged before. */
public final class Backups {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Store store;
    private final ClusterView cluster;
    private final InstantSource clock;

    /** Makes backups of a store. */
    public Backups(Store store, ClusterView cluster, InstantSource clock) {
        this.store = store;
        this.cluster = cluster;
        this.clock = clock;
    }

    /**
     * Chooses the revision of a backup.
     *
     * @throws dev.roster.server.store.StoreUnavailableException if there is no leader
     */
    public Backup begin() {
        ReadView view = Outcome.await(store.linearizableView());
        // After the view: a key whose lease has ended since is left out, as it is gone by now.
        List<Lease> leases = store.leases();
        String origin = cluster.state().members().stream().map(ClusterMember::id).collect(Collectors.joining(", "));
        return new Backup(new BackupHeader(origin, view.revision(), clock.instant()), view, leases);
    }

    /** A backup that is about to be written, once. */
    public static final class Backup {
        private final BackupHeader header;
        private final ReadView view;
        private final List<Lease> leases;

        private Backup(BackupHeader header, ReadView view, List<Lease> leases) {
            this.header = header;
            this.view = view;
            this.leases = leases;
        }

        /** Returns the revision that it shows. */
        public long revision() {
            return header.revision().value();
        }

        /**
         * Writes it while the store goes on.
         *
         * @throws dev.roster.server.store.RevisionCompactedException if it takes longer than the history reaches back; what
         *     was written has no seal then
         */
        public void writeTo(OutputStream output) throws IOException {
            DataOutputStream data = new DataOutputStream(new BufferedOutputStream(output, BUFFER_BYTES));
            BackupWriter.write(data, header, view, leases, Restoration.AREA);
            data.flush();
        }
    }
}
