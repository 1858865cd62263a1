package dev.roster.server.registry.check;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;

/**
 * A connection of which nothing outlasts the deadline, by however small parts the peer sends; also below TLS, whose handshake
 * reads from here. Goes through no proxy: what was judged is called, and nothing else.
 */
final class BoundedSocket extends Socket {
    private final Deadline deadline;

    private BoundedSocket(Deadline deadline) {
        super(Proxy.NO_PROXY);
        this.deadline = deadline;
    }

    /** Connects to an instance. */
    static BoundedSocket connect(Target target, Deadline deadline) throws IOException {
        BoundedSocket socket = new BoundedSocket(deadline);
        try {
            socket.connect(new InetSocketAddress(target.address(), target.port()), deadline.leftMillis());
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                setSoTimeout(deadline.leftMillis());
                return super.read();
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                setSoTimeout(deadline.leftMillis());
                return super.read(buffer, offset, length);
            }
        };
    }
}
