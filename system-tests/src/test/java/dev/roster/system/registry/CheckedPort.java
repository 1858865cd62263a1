package dev.roster.system.registry;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers health checks, each path as it is told to, and remembers which paths were asked for of late. */
final class CheckedPort implements AutoCloseable {
    private final ServerSocket server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private volatile Set<String> ill = Set.of();

    CheckedPort() throws IOException {
        server = new ServerSocket();
        server.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 1000);
        threads.execute(this::accept);
    }

    int number() {
        return server.getLocalPort();
    }

    /** Forgets what was asked for until now. */
    void forget() {
        asked.clear();
    }

    /** Returns the paths that were asked for. */
    Set<String> asked() {
        return Set.copyOf(asked);
    }

    /** Lets the checks of these paths fail from now on, and no others. */
    void fail(Set<String> paths) {
        ill = Set.copyOf(paths);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                threads.execute(() -> answer(socket));
            } catch (IOException e) {
                // Closed, or the caller has gone already: the loop tells which.
            }
        }
    }

    private void answer(Socket socket) {
        try (socket) {
            StringBuilder line = new StringBuilder();
            for (int octet = socket.getInputStream().read(); octet >= 0 && octet != '\r'; octet = socket
                    .getInputStream().read()) {
                line.append((char) octet);
            }
            String[] words = line.toString().split(" ", 3);
            if (words.length == 3) {
                asked.add(words[1]);
                String status = ill.contains(words[1]) ? "503 Service Unavailable" : "200 OK";
                socket.getOutputStream().write(
                        ("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException e) {
            // A member that is killed leaves calls behind.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
