package dev.roster.system.fault;

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

/** One client's connection to one {@link StoreProcess}, used by one thread. */
final class StoreConnection implements AutoCloseable {

    private static final int CONNECT_MILLIS = 500;

    /** A member tells of every outcome, also of an unknown one, within 8 s. Who waits for longer is forgotten. */
    static final int HUNG_MILLIS = 13_000;

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final DataOutputStream out;

    StoreConnection(int port) throws IOException {
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(HUNG_MILLIS);
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

    /** Writes, if the key was last modified at the expected revision, or in any case. */
    Operation put(String key, String value, long expected) throws IOException {
        long began = System.nanoTime();
        send(expected == Operation.ANY ? Request.PUT : Request.COMPARE_AND_PUT);
        out.writeUTF(key);
        out.writeUTF(value);
        if (expected != Operation.ANY) {
            out.writeLong(expected);
        }
        out.flush();
        Result result = result();
        long revision = hasRevision(result) ? in.readLong() : 0;
        return new Operation(Kind.WRITE, key, value, began, System.nanoTime(), result, revision, expected);
    }

    /** What a read found. */
    record Found(Operation operation, long modified) {}

    Found read(String key) throws IOException {
        long began = System.nanoTime();
        send(Request.READ);
        out.writeUTF(key);
        out.flush();
        Result result = result();
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

    List<Event> events(long after) throws IOException {
        send(Request.EVENTS);
        out.writeLong(after);
        out.flush();
        List<Event> events = new ArrayList<>();
        while (in.readBoolean()) {
            events.add(new Event(in.readLong(), in.readUTF(), in.readUTF()));
        }
        return events;
    }

    private void send(Request request) throws IOException {
        out.writeByte(request.ordinal());
    }

    private Result result() throws IOException {
        return switch (Answer.values()[in.readByte()]) {
            case DONE -> Result.DONE;
            case CONDITION_FAILED -> Result.CONDITION_FAILED;
            case NOT_DONE -> Result.NOT_DONE;
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
