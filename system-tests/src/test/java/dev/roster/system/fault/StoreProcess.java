package dev.roster.system.fault;

import dev.roster.server.store.Compact;
import dev.roster.server.store.Compare;
import dev.roster.server.store.GrantLease;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.LeaseId;
import dev.roster.server.store.LeaseNotFoundException;
import dev.roster.server.store.OutcomeUnknownException;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.ReplicatedStore;
import dev.roster.server.store.Revision;
import dev.roster.server.store.RevisionAheadException;
import dev.roster.server.store.RevisionCompactedException;
import dev.roster.server.store.RevokeLeases;
import dev.roster.server.store.StateMachine;
import dev.roster.server.store.StoreException;
import dev.roster.server.store.Txn;
import dev.roster.server.store.TxnResult;
import dev.roster.server.store.Value;
import dev.roster.server.store.Watch;
import dev.roster.server.store.codec.BatchMachine;
import dev.roster.server.store.raft.AtomixReplicator;
import dev.roster.server.store.raft.MemberAddress;
import dev.roster.server.store.raft.MemberStartException;
import dev.roster.server.store.raft.MembershipChange.AddLearner;
import dev.roster.server.store.raft.MembershipChange.Promote;
import dev.roster.server.store.raft.MembershipChange.Remove;
import dev.roster.server.store.raft.MembershipChange.TransferLeadership;
import dev.roster.server.store.raft.MembershipRefusedException;
import dev.roster.server.store.raft.RaftConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * A member with nothing around it: the real store and the real log, and a port on loopback on which the test asks it. It starts
 * in a second, so that it can be killed often. Arguments: its id, all members, its data directory, its port for clients.
 */
final class StoreProcess {

    /** What a request begins with. */
    enum Request {
        PUT, READ, GRANT, KEEP_ALIVE, REVOKE, COMPACT, EVENTS, WATCH, STATUS, CHANGE, DRAFT, PUBLISH, ITEMS
    }

    /** What an answer begins with. */
    enum Answer {
        DONE, CONDITION_FAILED, NOT_DONE, UNKNOWN, LEASE_GONE
    }

    private static final int FATAL_EXIT = 70;

    private final AtomixReplicator replicator;
    private final ReplicatedStore store;
    private final ConfigRequests config;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private StoreProcess(AtomixReplicator replicator) {
        this.replicator = replicator;
        this.store = new ReplicatedStore(replicator, threads);
        this.config = new ConfigRequests(store);
    }

    public static void main(String[] arguments) throws IOException {
        List<MemberAddress> members = Stream.of(arguments[1].split(",")).map(MemberAddress::valueOf).toList();
        RaftConfig config = RaftConfig.of(arguments[0], members, "127.0.0.1", Path.of(arguments[2]));
        try {
            AtomixReplicator replicator = AtomixReplicator.start(config, new BatchMachine(StateMachine.empty()),
                    new SimpleMeterRegistry(), (message, cause) -> {
                        System.out.println("FATAL " + message + " " + cause);
                        Runtime.getRuntime().halt(FATAL_EXIT);
                    });
            new StoreProcess(replicator).serve(Integer.parseInt(arguments[3]));
        } catch (MemberStartException e) {
            System.out.println("REFUSED " + e.reason() + " " + e.action());
            System.exit(1);
        }
    }

    private void serve(int port) throws IOException {
        try (ServerSocket server = new ServerSocket(port, 200, InetAddress.getLoopbackAddress())) {
            while (true) {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                threads.execute(() -> answer(socket));
            }
        }
    }

    private void answer(Socket socket) {
        try (socket;
                DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()))) {
            while (true) {
                Request request = Request.values()[in.readByte()];
                switch (request) {
                    case PUT -> put(out, in.readUTF(), in.readUTF(), in.readLong(), new LeaseId(in.readLong()));
                    case READ -> read(out, in.readUTF());
                    case GRANT -> done(out, store.grant(
                            new GrantLease(new LeaseId(in.readLong()), Duration.ofNanos(in.readLong()))));
                    case KEEP_ALIVE -> keepAlive(out, new LeaseId(in.readLong()));
                    case REVOKE -> done(out, store.revoke(new RevokeLeases(List.of(new LeaseId(in.readLong())))));
                    case COMPACT -> done(out, store.compact(new Compact(new Revision(in.readLong()))));
                    case EVENTS -> events(out, new Revision(in.readLong()));
                    case WATCH -> {
                        watch(in, out, in.readUTF(), new Revision(in.readLong()));
                        return;
                    }
                    case CHANGE -> out.writeUTF(change(in.readUTF(), in.readUTF()));
                    case DRAFT -> config.draft(in, out);
                    case PUBLISH -> config.publish(in, out);
                    case ITEMS -> config.items(in, out);
                    case STATUS -> {
                        out.writeUTF(replicator.leader().orElse(""));
                        out.writeBoolean(replicator.hasCaughtUp());
                    }
                }
                out.flush();
            }
        } catch (IOException e) {
            // The client is gone.
        }
    }

    private void put(DataOutputStream out, String key, String value, long expected, LeaseId lease)
            throws IOException {
        PutKey put = new PutKey(Key.of(key), Value.of(value), lease);
        Txn txn = expected == Operation.ANY
                ? Txn.of(put)
                : Txn.when(List.of(expected == 0
                        ? Compare.absent(Key.of(key))
                        : Compare.modifiedAt(Key.of(key), new Revision(expected))), put);
        CompletableFuture<TxnResult> result = store.commit(txn);
        if (succeeded(out, result)) {
            out.writeByte((result.join().succeeded() ? Answer.DONE : Answer.CONDITION_FAILED).ordinal());
            out.writeLong(result.join().revision().value());
        }
    }

    private void read(DataOutputStream out, String key) throws IOException {
        CompletableFuture<ReadView> view = store.linearizableView();
        if (succeeded(out, view)) {
            Optional<KeyValue> found = view.join().find(Key.of(key));
            out.writeByte(Answer.DONE.ordinal());
            out.writeLong(view.join().revision().value());
            out.writeLong(found.map(value -> value.modified().value()).orElse(0L));
            out.writeUTF(found.map(value -> value.value().utf8()).orElse(""));
        }
    }

    /** Waits; writes the answer if it is a failure. */
    private static boolean succeeded(DataOutputStream out, CompletableFuture<?> future) throws IOException {
        try {
            future.join();
            return true;
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof StoreException)) {
                throw e;
            }
            Answer failure = switch (e.getCause()) {
                case OutcomeUnknownException _ -> Answer.UNKNOWN;
                case LeaseNotFoundException _ -> Answer.LEASE_GONE;
                default -> Answer.NOT_DONE;
            };
            out.writeByte(failure.ordinal());
            return false;
        }
    }

    private static void done(DataOutputStream out, CompletableFuture<?> future) throws IOException {
        if (succeeded(out, future)) {
            out.writeByte(Answer.DONE.ordinal());
        }
    }

    private void keepAlive(DataOutputStream out, LeaseId lease) throws IOException {
        CompletableFuture<Set<LeaseId>> gone = store.keepAlive(List.of(lease));
        if (succeeded(out, gone)) {
            out.writeByte((gone.join().isEmpty() ? Answer.DONE : Answer.LEASE_GONE).ordinal());
        }
    }

    /** Changes who takes part; returns why not, empty if it is done. */
    private String change(String kind, String member) {
        try {
            replicator.change(switch (kind) {
                case "AddLearner" -> new AddLearner(member);
                case "Promote" -> new Promote(member);
                case "Remove" -> new Remove(member);
                case "TransferLeadership" -> new TransferLeadership(member);
                default -> throw new IllegalArgumentException(kind);
            }).join();
            return "";
        } catch (CompletionException e) {
            return e.getCause() instanceof MembershipRefusedException refused
                    ? refused.reason().name()
                    : String.valueOf(e.getCause());
        }
    }

    /** All changes after a revision up to the last that was acknowledged anywhere, by a watch. */
    private void events(DataOutputStream out, Revision after) throws IOException {
        if (succeeded(out, store.linearizableView())) {
            out.writeByte(Answer.DONE.ordinal());
            WatchFrames frames = new WatchFrames(out, true);
            try (Watch watch = store.watch(List.of(KeyRange.ALL), after, frames)) {
                watch.requestProgress();
                frames.end().join();
            }
        }
    }

    /** Tells until the client is gone, or what it asks for is. */
    private void watch(DataInputStream in, DataOutputStream out, String prefix, Revision after) throws IOException {
        WatchFrames frames = new WatchFrames(out, false);
        KeyRange range = prefix.isEmpty() ? KeyRange.ALL : KeyRange.prefix(prefix);
        try (Watch _ = store.watch(List.of(range), after, frames)) {
            // A client says nothing more: this waits for it to go.
            int said = in.read();
            if (said >= 0) {
                throw new IOException("a client that watches has sent " + said);
            }
        } catch (RevisionAheadException e) {
            WatchFrames.ahead(out);
        } catch (RevisionCompactedException e) {
            frames.onCompacted(e.oldest());
        }
    }
}
