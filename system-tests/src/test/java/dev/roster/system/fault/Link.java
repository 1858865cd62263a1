package dev.roster.system.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Carries the connections that one member opens to another, between a port on which the one reaches it and the port of the
 * other. What one of them sends passes its {@link Gate}: bytes that are held back arrive late, as those that TCP sends again, or never
 * if the connections are broken meanwhile.
 */
final class Link implements AutoCloseable {

    /** So much passes at once: with a slow gate it bounds the bytes per second too. */
    private static final int CHUNK_BYTES = 64 * 1024;

    private final ServerSocket server;
    private final InetSocketAddress target;
    private final Gate there;
    private final Gate back;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /**
     * Opens the port.
     *
     * @param from where the connections come to
     * @param target where they go on to, whenever one is opened
     * @param there passed by what goes to the target
     * @param back passed by what comes from it
     */
    Link(InetSocketAddress from, InetSocketAddress target, Gate there, Gate back) throws IOException {
        this.target = target;
        this.there = there;
        this.back = back;
        this.server = new ServerSocket(from.getPort(), 50, from.getAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** Returns where the connections come to. */
    InetAddress address() {
        return server.getInetAddress();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket near = server.accept();
                prepare(near);
                Thread.ofVirtual().start(() -> connect(near));
            } catch (IOException e) {
                // Closed, or nobody is there any more.
            }
        }
    }

    private void connect(Socket near) {
        Socket far = new Socket();
        try {
            prepare(far);
            there.pass();
            back.pass();
            far.connect(target);
        } catch (IOException | InterruptedException e) {
            end(near);
            end(far);
            return;
        }
        Thread.ofVirtual().start(() -> pump(near, far, there));
        Thread.ofVirtual().start(() -> pump(far, near, back));
    }

    /** Whoever is at the other end of a connection that ends here is told so by a reset, as of a process that is gone. */
    private void prepare(Socket socket) throws IOException {
        open.add(socket);
        socket.setTcpNoDelay(true);
        socket.setSoLinger(true, 0);
    }

    private void pump(Socket from, Socket to, Gate gate) {
        try {
            pass(from, to, gate);
            // The end of a connection is a message too.
            gate.pass();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end(from);
            end(to);
        }
    }

    private static void pass(Socket from, Socket to, Gate gate) throws InterruptedException {
        byte[] chunk = new byte[CHUNK_BYTES];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                gate.pass();
                out.write(chunk, 0, length);
            }
        } catch (IOException e) {
            // One of the two has closed it, or was killed.
        }
    }

    /** Closes all connections; what they hold back is lost. */
    void breakConnections() {
        open.forEach(this::end);
    }

    private void end(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no use either way.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        breakConnections();
    }
}
