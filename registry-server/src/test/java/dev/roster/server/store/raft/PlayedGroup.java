package dev.roster.server.store.raft;

import static org.awaitility.Awaitility.await;

import io.atomix.cluster.MemberId;
import io.atomix.primitive.PrimitiveTypeRegistry;
import io.atomix.protocols.raft.RaftServer;
import io.atomix.protocols.raft.impl.DefaultRaftServer;
import io.atomix.protocols.raft.impl.RaftContext;
import io.atomix.protocols.raft.partition.impl.RaftNamespaces;
import io.atomix.protocols.raft.partition.impl.RaftServerCommunicator;
import io.atomix.protocols.raft.storage.RaftStorage;
import io.atomix.storage.StorageLevel;
import io.atomix.utils.concurrent.ThreadContextFactory;
import io.atomix.utils.concurrent.ThreadModel;
import io.atomix.utils.serializer.Serializer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A group of which one member is real, on Atomix as it is or with our guards, and the others are played by the test. A member
 * that is alone leads; one that is not follows, and does not stand for election unless it is told to.
 */
final class PlayedGroup implements AutoCloseable {

    static final String NAME = "roster";

    /** The member that is real. */
    static final MemberId SELF = MemberId.from("m1");

    private static final Duration ALONE = Duration.ofMillis(50);
    private static final Duration NEVER = Duration.ofSeconds(30);

    private final Path directory;
    private final List<MemberAddress> addresses = new ArrayList<>();
    private final Map<String, MemberTransport> transports = new HashMap<>();
    private final PrimitiveTypeRegistry types;
    private UnaryOperator<RaftStorage.Builder> settings = UnaryOperator.identity();
    private @Nullable RaftContext member;

    PlayedGroup(Path directory, int size, PrimitiveTypeRegistry types) {
        this.directory = directory;
        this.types = types;
        for (int i = 1; i <= size; i++) {
            addresses.add(new MemberAddress("m" + i, "127.0.0.1", FreePorts.next()));
        }
        for (MemberAddress address : addresses) {
            MemberTransport transport = MemberTransport.create(
                    RaftConfig.of(address.id(), addresses, "127.0.0.1", directory.resolve(address.id())), directory,
                    MemberNetwork.TCP);
            transport.start().join();
            transports.put(address.id(), transport);
        }
    }

    /** Has the log made with other settings. */
    PlayedGroup with(UnaryOperator<RaftStorage.Builder> changed) {
        settings = changed;
        return this;
    }

    /** Returns what a member of the group says, and by which it may be asked. */
    RaftServerCommunicator play(MemberId played) {
        return new RaftServerCommunicator(NAME, serializer(), transport(played).getCommunicationService());
    }

    /** Starts the real member on Atomix as it is. */
    RaftContext startStock() {
        return start(new RaftContext(NAME, SELF, transport(SELF).getMembershipService(), play(SELF), storage(), types,
                threads(), true));
    }

    /** Starts the real member with our guards. */
    DurableRaftContext startOurs() {
        GuardedProtocol protocol = new GuardedProtocol(NAME, serializer(), transport(SELF).getCommunicationService());
        RaftStorage storage = storage();
        PersistentState state = PersistentState.open(raft(), NAME);
        RaftNode.restoreMembers(state, storage);
        DurableRaftContext durable = new DurableRaftContext(NAME, SELF, transport(SELF).getMembershipService(),
                protocol, storage, types, threads(), state,
                new LogMetrics(new SimpleMeterRegistry()), (message, cause) -> {
                    throw new AssertionError(message, cause);
                });
        protocol.bind(durable);
        start(durable);
        return durable;
    }

    private RaftContext start(RaftContext started) {
        member = started;
        boolean alone = addresses.size() == 1;
        started.setElectionTimeout(alone ? ALONE : NEVER);
        started.setHeartbeatInterval(Duration.ofMillis(50));
        CompletableFuture<RaftServer> ready = new DefaultRaftServer(started)
                .bootstrap(addresses.stream().map(address -> MemberId.from(address.id())).toList());
        if (alone) {
            ready.orTimeout(30, TimeUnit.SECONDS).join();
        } else {
            await().until(() -> started.getRole() == RaftServer.Role.FOLLOWER);
        }
        return started;
    }

    /** Has the real member stand for election. */
    void elect() {
        RaftContext candidate = running();
        candidate.getThreadContext().execute(() -> {
            candidate.setLeader(null);
            candidate.transition(RaftServer.Role.CANDIDATE);
        });
        await().until(() -> candidate.getRole() == RaftServer.Role.LEADER);
    }

    /** Waits until the real member has done all that it was asked before, on the Raft thread and on that which applies. */
    void settle() {
        RaftContext settling = running();
        CompletableFuture.runAsync(() -> {}, settling.getThreadContext())
                .thenRunAsync(() -> {}, settling.getServiceManager().executor())
                .thenRunAsync(() -> {}, settling.getThreadContext()).orTimeout(30, TimeUnit.SECONDS).join();
    }

    /** Ends the real member; it may be started again. */
    void stop() {
        settle();
        running().close();
        member = null;
    }

    private RaftContext running() {
        if (member == null) {
            throw new IllegalStateException("no member is running");
        }
        return member;
    }

    /** Returns where the real member has its log. */
    Path raft() {
        return directory.resolve(SELF.id()).resolve("raft");
    }

    /** Returns the means by which the real member keeps its log and snapshots. */
    RaftStorage storage() {
        return settings.apply(RaftStorage.builder().withPrefix(NAME).withDirectory(raft().toFile())
                .withStorageLevel(StorageLevel.DISK).withNamespace(RaftNamespaces.RAFT_STORAGE)).build();
    }

    private MemberTransport transport(MemberId of) {
        return transports.get(of.id());
    }

    private static ThreadContextFactory threads() {
        return ThreadModel.SHARED_THREAD_POOL.factory("raft-test-%d", 2, LoggerFactory.getLogger(PlayedGroup.class));
    }

    private static Serializer serializer() {
        return Serializer.using(RaftNamespaces.RAFT_PROTOCOL);
    }

    @Override
    public void close() {
        if (member != null) {
            member.close();
        }
        // All at once: each takes two seconds.
        CompletableFuture.allOf(
                transports.values().stream().map(MemberTransport::stop).toArray(CompletableFuture<?>[]::new)).join();
    }
}
