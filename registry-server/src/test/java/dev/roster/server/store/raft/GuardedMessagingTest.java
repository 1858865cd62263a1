package dev.roster.server.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.atomix.cluster.messaging.ManagedMessagingService;
import io.atomix.cluster.messaging.MessagingConfig;
import io.atomix.cluster.messaging.MessagingService;
import io.atomix.cluster.messaging.impl.NettyMessagingService;
import io.atomix.utils.net.Address;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of messages to a member whose port accepts a connection while nobody is there to speak. */
class GuardedMessagingTest {

    private static final Duration LIMIT = Duration.ofMillis(300);
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(20);
    private static final String SUBJECT = "greeting";
    private static final Executor DIRECT = Runnable::run;

    private final int port = FreePorts.next();
    private final Address peer = Address.from("127.0.0.1", port);
    private ManagedMessagingService messaging;

    @BeforeEach
    void open() {
        messaging = messaging(FreePorts.next());
        messaging.start().join();
    }

    @AfterEach
    void close() {
        messaging.stop().join();
    }

    /** A leader that fell over: whoever was connecting to it then waits for ever, also after it is back. */
    @Test
    void stockAtomixNeverSpeaksAgainToAMemberWhosePortHadAcceptedAndClosedAConnection() throws Exception {
        ManagedMessagingService stock = stock(FreePorts.next());
        stock.start().join();
        CompletableFuture<byte[]> before;
        CompletableFuture<byte[]> after;
        CompletableFuture<byte[]> elsewhere;
        try (ServerSocket gone = new ServerSocket(port, 10, InetAddress.getLoopbackAddress())) {
            before = send(stock, peer, LIMIT);
            gone.accept().close();
        }
        ManagedMessagingService back = messaging(port);
        back.registerHandler(SUBJECT, (from, greeting) -> greeting, DIRECT);
        back.start().join();
        try {
            after = send(stock, peer, LIMIT);
            assertThat(send()).as("others reach it").succeedsWithin(LONG_ENOUGH);
            messaging.registerHandler(SUBJECT, (from, greeting) -> new CompletableFuture<>());
            elsewhere = send(stock, messaging.address(), LIMIT);
            assertThat(elsewhere).as("the limit of all three is over").failsWithin(LONG_ENOUGH)
                    .withThrowableThat().withCauseInstanceOf(TimeoutException.class);

            assertThat(before).as("the defect that is guarded against").isNotDone();
            assertThat(after).as("the defect that is guarded against").isNotDone();
        } finally {
            stock.stop().join();
            back.stop().join();
        }
    }

    @Test
    void reachesAMemberWhosePortHadAcceptedAndClosedAConnection() throws Exception {
        try (ServerSocket gone = new ServerSocket(port, 10, InetAddress.getLoopbackAddress())) {
            CompletableFuture<byte[]> answer = send();
            gone.accept().close();

            assertThat(answer).failsWithin(LONG_ENOUGH);
        }

        expectAnAnswer();
    }

    @Test
    void reachesAMemberWhosePortHadResetAConnection() throws Exception {
        try (ServerSocket gone = new ServerSocket(port, 10, InetAddress.getLoopbackAddress())) {
            CompletableFuture<byte[]> answer = send();
            Socket accepted = gone.accept();
            accepted.setSoLinger(true, 0);
            accepted.close();

            assertThat(answer).failsWithin(LONG_ENOUGH).withThrowableThat().withCauseInstanceOf(SocketException.class);
        }

        expectAnAnswer();
    }

    @Test
    void reachesAMemberWhosePortHadAcceptedAConnectionAndSaidNothing() throws Exception {
        List<Socket> silent = new ArrayList<>();
        try (ServerSocket gone = new ServerSocket(port, 10, InetAddress.getLoopbackAddress())) {
            CompletableFuture<byte[]> answer = send();
            silent.add(gone.accept());

            assertThat(answer).failsWithin(LONG_ENOUGH);
        }
        for (Socket socket : silent) {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        expectAnAnswer();
    }

    @Test
    void doesNotWaitForTheLimitWhenTheConnectionHasEnded() throws Exception {
        ManagedMessagingService patient = messaging(FreePorts.next(), Duration.ofHours(1));
        patient.start().join();
        try (ServerSocket gone = new ServerSocket(port, 10, InetAddress.getLoopbackAddress())) {
            CompletableFuture<byte[]> answer = patient.sendAndReceive(peer, SUBJECT, new byte[0], LONG_ENOUGH);
            gone.accept().close();

            assertThat(answer).failsWithin(LONG_ENOUGH).withThrowableThat().withCauseInstanceOf(ConnectException.class);
        } finally {
            patient.stop().join();
        }
    }

    private void expectAnAnswer() throws IOException {
        ManagedMessagingService back = messaging(port);
        back.registerHandler(SUBJECT, (from, greeting) -> greeting, DIRECT);
        back.start().join();
        try {
            assertThat(send()).succeedsWithin(LONG_ENOUGH)
                    .satisfies(said -> assertThat(new String(said, StandardCharsets.UTF_8)).isEqualTo("hello"));
        } finally {
            back.stop().join();
        }
    }

    private CompletableFuture<byte[]> send() {
        return send(messaging, peer, LONG_ENOUGH);
    }

    private static CompletableFuture<byte[]> send(MessagingService by, Address to, Duration limit) {
        return by.sendAndReceive(to, SUBJECT, "hello".getBytes(StandardCharsets.UTF_8), limit);
    }

    private static ManagedMessagingService messaging(int port) {
        return messaging(port, LIMIT);
    }

    private static ManagedMessagingService messaging(int port, Duration handshakeTimeout) {
        Address address = Address.from("127.0.0.1", port);
        return new GuardedMessaging("test", address, config(port), handshakeTimeout);
    }

    private static ManagedMessagingService stock(int port) {
        return new NettyMessagingService("test", Address.from("127.0.0.1", port), config(port));
    }

    private static MessagingConfig config(int port) {
        return new MessagingConfig().setInterfaces(List.of("127.0.0.1")).setPort(port);
    }
}
