package dev.roster.system.fault;

import dev.roster.server.store.raft.MembershipChange;
import dev.roster.system.fault.Operation.Kind;
import dev.roster.system.fault.Operation.Result;
import dev.roster.system.fault.StoreProcess.Answer;
import dev.roster.system.fault.StoreProcess.Request;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One client's connection to one {@link StoreProcess}, used by one thread. */
final class StoreConnection implements AutoCloseable {

    private static final int CONNECT_MILLIS = 500;

    /** A member tells of every outcome, also of an unknown one, within 8 s. Who waits for longer is forgotten. */
    static final int HUNG_MILLIS = 13_000;

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final DataOutputStream out;

    StoreConnection(int port) throws IOException {
        this(port, HUNG_MILLIS);
    }

    /**
     * Connects.
     *
     * @param silenceMillis after which a request fails that is not answered
     */
    StoreConnection(int port, int silenceMillis) throws IOException {
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(silenceMillis);
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** What a member says of itself. */
    record Status(String leader, boolean caughtUp) {}

    Status status() throws IOException {
        send(Request.STATUS);
        out.flush();
        return new Status(in.readUTF(), in.readBoolean());
    }

    /** Has who takes part changed; returns why it was not, empty if it was. */
    String change(MembershipChange change) throws IOException {
        send(Request.CHANGE);
        out.writeUTF(change.getClass().getSimpleName());
        out.writeUTF(change.member());
        out.flush();
        return in.readUTF();
    }

    /** Writes, if the key was last modified at the expected revision, or in any case. */
    Operation put(String key, String value, long expected) throws IOException {
        return put(key, value, expected, 0).operation();
    }

    /**
     * What a write led to.
     *
     * @param leaseGone whether it was not done because there is no such lease
     */
    record Written(Operation operation, boolean leaseGone) {}

    /** Writes and attaches the key to a lease, if that is not 0. */
    Written put(String key, String value, long expected, long lease) throws IOException {
        long began = System.nanoTime();
        send(Request.PUT);
        out.writeUTF(key);
        out.writeUTF(value);
        out.writeLong(expected);
        out.writeLong(lease);
        out.flush();
        Answer answer = Answer.values()[in.readByte()];
        Result result = resultOf(answer);
        long revision = hasRevision(result) ? in.readLong() : 0;
        return new Written(new Operation(Kind.WRITE, key, value, began, System.nanoTime(), result, revision, expected),
                answer == Answer.LEASE_GONE);
    }

    /** What a read found. */
    record Found(Operation operation, long modified) {}

    Found read(String key) throws IOException {
        long began = System.nanoTime();
        send(Request.READ);
        out.writeUTF(key);
        out.flush();
        Result result = resultOf(Answer.values()[in.readByte()]);
        if (!hasRevision(result)) {
            return new Found(new Operation(Kind.READ, key, null, began, System.nanoTime(), result, 0, Operation.ANY),
                    0);
        }
        long revision = in.readLong();
        long modified = in.readLong();
        String value = in.readUTF();
        return new Found(new Operation(Kind.READ, key, modified == 0 ? null : value, began, System.nanoTime(), result,
                revision, Operation.ANY), modified);
    }

    /** Does one thing with a lease. */
    LeaseStep lease(LeaseStep.Kind kind, long lease, long ttl) throws IOException {
        long began = System.nanoTime();
        send(switch (kind) {
            case GRANT -> Request.GRANT;
            case KEEP_ALIVE -> Request.KEEP_ALIVE;
            case REVOKE -> Request.REVOKE;
            case ATTACH -> throw new IllegalArgumentException("a key is attached by writing it");
        });
        out.writeLong(lease);
        if (kind == LeaseStep.Kind.GRANT) {
            out.writeLong(ttl);
        }
        out.flush();
        LeaseStep.Outcome outcome = switch (Answer.values()[in.readByte()]) {
            case DONE -> LeaseStep.Outcome.DONE;
            case LEASE_GONE -> LeaseStep.Outcome.GONE;
            case NOT_DONE, UNKNOWN, CONDITION_FAILED -> LeaseStep.Outcome.UNKNOWN;
        };
        return new LeaseStep(kind, lease, ttl, began, System.nanoTime(), outcome);
    }

    /** Has all revisions before one forgotten; waits until it is known what became of it. */
    Answer compact(long revision) throws IOException {
        send(Request.COMPACT);
        out.writeLong(revision);
        out.flush();
        return Answer.values()[in.readByte()];
    }

    List<Event> events(long after) throws IOException {
        send(Request.EVENTS);
        out.writeLong(after);
        out.flush();
        Answer answer = Answer.values()[in.readByte()];
        if (answer != Answer.DONE) {
            throw new IOException("no events: " + answer);
        }
        List<Event> events = new ArrayList<>();
        while (true) {
            switch (WatchFrames.read(in)) {
                case WatchTell.Told told -> events.addAll(told.events());
                case WatchTell.Reached _ -> {
                    return events;
                }
                case WatchTell.Compacted compacted ->
                    throw new IllegalStateException("what comes after " + after + " is no longer kept: " + compacted);
                case WatchTell.Ahead _,WatchTell.Begun _ -> throw new IllegalStateException("nobody says so");
            }
        }
    }

    /** Begins to watch all keys with a prefix; from now on there is nothing but {@link #nextTell}. */
    void watch(String prefix, long after) throws IOException {
        send(Request.WATCH);
        out.writeUTF(prefix);
        out.writeLong(after);
        out.flush();
    }

    /** Waits for what the watch tells next. */
    WatchTell nextTell() throws IOException {
        return WatchFrames.read(in);
    }

    /** A change set, by its id and number. */
    record Draft(long id, long number) {}

    /**
     * Makes a change set that gives all items their next version.
     *
     * @param base the version that they have, 0 for none
     * @param attempt what tells its documents from others
     */
    Draft draft(long base, String attempt) throws IOException {
        send(Request.DRAFT);
        out.writeLong(base);
        out.writeUTF(attempt);
        out.flush();
        expectDone();
        return new Draft(in.readLong(), in.readLong());
    }

    /** Publishes a change set. */
    Result publish(Draft draft) throws IOException {
        send(Request.PUBLISH);
        out.writeLong(draft.id());
        out.writeLong(draft.number());
        out.flush();
        return resultOf(Answer.values()[in.readByte()]);
    }

    /** All items as a member shows them, and whether a change set is published there. */
    record Items(boolean published, Map<String, ItemsSeen.Version> versions) {}

    /**
     * Reads all items.
     *
     * @param linearizable whether everything that was acknowledged must be seen
     * @param changeSet id of the change set to be asked for, 0 for none
     */
    Items items(boolean linearizable, long changeSet) throws IOException {
        send(Request.ITEMS);
        out.writeBoolean(linearizable);
        out.writeLong(changeSet);
        out.flush();
        expectDone();
        boolean published = in.readBoolean();
        Map<String, ItemsSeen.Version> versions = new TreeMap<>();
        for (int count = in.readInt(); count > 0; count--) {
            versions.put(in.readUTF(), new ItemsSeen.Version(in.readLong(), in.readUTF()));
        }
        return new Items(published, versions);
    }

    private void expectDone() throws IOException {
        Answer answer = Answer.values()[in.readByte()];
        if (answer != Answer.DONE) {
            throw new IOException("answered " + answer);
        }
    }

    private void send(Request request) throws IOException {
        out.writeByte(request.ordinal());
    }

    private static Result resultOf(Answer answer) {
        return switch (answer) {
            case DONE -> Result.DONE;
            case CONDITION_FAILED -> Result.CONDITION_FAILED;
            case NOT_DONE, LEASE_GONE -> Result.NOT_DONE;
            case UNKNOWN -> Result.UNKNOWN;
        };
    }

    private static boolean hasRevision(Result result) {
        return result == Result.DONE || result == Result.CONDITION_FAILED;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
