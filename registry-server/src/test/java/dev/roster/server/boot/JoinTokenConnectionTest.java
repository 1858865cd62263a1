package dev.roster.server.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.roster.server.store.CommandResult;
import dev.roster.server.store.Key;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.StateMachine;
import dev.roster.server.store.StoreException;
import dev.roster.server.store.Txn;
import dev.roster.server.store.Value;
import dev.roster.server.store.codec.BatchMachine;
import dev.roster.server.store.raft.AtomixReplicator;
import dev.roster.server.store.raft.FreePorts;
import dev.roster.server.store.raft.MemberAddress;
import dev.roster.server.store.raft.MemberTls;
import dev.roster.server.store.raft.RaftConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real members that know each other by a join token: whom they connect to, and whom they answer. */
class JoinTokenConnectionTest {
    private static final String HOST = "127.0.0.1";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Before TLS 1.3 a client does not take a handshake for done before the server has looked at its certificate. */
    private static final String[] TLS = {"TLSv1.2"};

    private final SecureRandom random = new SecureRandom();
    private final ClusterAuthority authority = ClusterAuthority.of(JoinToken.random(random));
    private final ClusterAuthority other = ClusterAuthority.of(JoinToken.random(random));
    private final List<AtomixReplicator> started = new ArrayList<>();
    private List<MemberAddress> members = List.of();

    @TempDir
    private Path directory;

    @BeforeEach
    void choosePorts() {
        members = Stream.of("a", "b", "c").map(id -> new MemberAddress(id, HOST, FreePorts.next())).toList();
    }

    @AfterEach
    void closeAll() {
        started.forEach(AtomixReplicator::close);
    }

    @Test
    void membersWithTheTokenAreACluster() throws Exception {
        AtomixReplicator a = start("a", authority);
        start("b", authority);
        AtomixReplicator c = start("c", authority);

        put(a, "k").get(LIMIT.toSeconds(), TimeUnit.SECONDS);

        c.readBarrier().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(has(c, "k")).isTrue();
    }

    @Test
    void aMemberWithAnotherTokenIsKeptOut() throws Exception {
        AtomixReplicator a = start("a", authority);
        start("b", authority);
        AtomixReplicator c = start("c", authority);
        put(a, "before").get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        c.close();

        AtomixReplicator stranger = start("c", other);

        assertThat(put(stranger, "strange")).failsWithin(LIMIT).withThrowableThat().withCauseInstanceOf(
                StoreException.class);
        put(a, "meanwhile").get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(has(stranger, "meanwhile")).isFalse();
        assertThat(stranger.hasCaughtUp()).isFalse();
        stranger.close();

        AtomixReplicator back = start("c", authority);
        back.readBarrier().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(has(back, "meanwhile")).isTrue();
        assertThat(has(back, "strange")).isFalse();
    }

    @Test
    void answersNobodyWithoutTheToken() throws Exception {
        start("a", authority);

        try (SSLSocket known = connect(context(issue(authority, HOST), true))) {
            known.startHandshake();
        }

        try (SSLSocket stranger = connect(context(issue(other, HOST), true))) {
            assertThatExceptionOfType(SSLException.class).as("the client does not believe the member")
                    .isThrownBy(stranger::startHandshake).withMessageContaining("PKIX path");
        }
        try (SSLSocket stranger = connect(context(pretending(other, authority), true))) {
            assertThatExceptionOfType(IOException.class).as("the member does not believe the client")
                    .isThrownBy(stranger::startHandshake);
        }
        try (SSLSocket nobody = connect(context(issue(authority, HOST), false))) {
            assertThatExceptionOfType(IOException.class).as("the client has no certificate")
                    .isThrownBy(nobody::startHandshake);
        }
    }

    @Test
    void doesNotAnswerPlainText() throws Exception {
        start("a", authority);

        try (Socket plain = new Socket(HOST, port("a"))) {
            plain.setSoTimeout((int) LIMIT.toMillis());
            plain.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] answer = plain.getInputStream().readAllBytes();

            assertThat(answer.length).as("at most a TLS alert: type 21, seven bytes").isIn(0, 7);
            assertThat(answer.length == 0 || answer[0] == 21).isTrue();
        }
    }

    @Test
    void talksToNobodyWithoutTheToken() throws Exception {
        assertThat(accepted("b", issue(authority, HOST))).isTrue();
        assertThat(accepted("b", pretending(other, authority))).as("another token").isFalse();
        assertThat(accepted("b", issue(authority, "192.0.2.7"))).as("the certificate of another host").isFalse();
    }

    @Test
    void doesNotTalkInPlainText() throws Exception {
        try (ServerSocket listener = new ServerSocket(port("b"), 5, InetAddress.getByName(HOST))) {
            listener.setSoTimeout((int) LIMIT.toMillis());
            start("a", authority);

            try (Socket connection = listener.accept()) {
                connection.setSoTimeout((int) LIMIT.toMillis());
                assertThat(connection.getInputStream().readNBytes(2)).as("a TLS handshake").containsExactly(22, 3);
            }
        }
    }

    /** Stands in for a member and tells whether member a, which connects to it, goes on to talk to it. */
    private boolean accepted(String standIn, MemberTls identity) throws Exception {
        try (SSLServerSocket listener = (SSLServerSocket) context(identity, true).getServerSocketFactory()
                .createServerSocket(port(standIn), 5, InetAddress.getByName(HOST))) {
            listener.setSoTimeout((int) LIMIT.toMillis());
            listener.setNeedClientAuth(true);
            listener.setEnabledProtocols(TLS);
            AtomixReplicator a = start("a", authority);
            try (SSLSocket connection = (SSLSocket) listener.accept()) {
                connection.setSoTimeout((int) LIMIT.toMillis());
                connection.startHandshake();
                return connection.getInputStream().read() >= 0;
            } catch (SSLException | SocketException e) {
                // The member may be gone before it is told how its handshake ends.
                return false;
            } finally {
                a.close();
            }
        }
    }

    private AtomixReplicator start(String member, ClusterAuthority by) {
        MemberTls tls = by.issue(member, HOST, Instant.now(), random);
        RaftConfig config = new RaftConfig(member, members, HOST, directory.resolve(member), Duration.ofMillis(500),
                Duration.ofMillis(100), Duration.ofSeconds(8), tls);
        AtomixReplicator replicator = AtomixReplicator.start(config, new BatchMachine(StateMachine.empty()),
                new SimpleMeterRegistry(), (message, cause) -> {
                    throw new AssertionError(message, cause);
                });
        started.add(replicator);
        return replicator;
    }

    private SSLSocket connect(SSLContext context) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(HOST, port("a"));
        socket.setSoTimeout((int) LIMIT.toMillis());
        socket.setEnabledProtocols(TLS);
        return socket;
    }

    private MemberTls issue(ClusterAuthority by, String host) {
        return by.issue("b", host, Instant.now(), random);
    }

    /** Believes the one authority, and has a certificate of the other. */
    private MemberTls pretending(ClusterAuthority signer, ClusterAuthority believed) {
        return new MemberTls(issue(signer, HOST).identity(), "", issue(believed, HOST).trusted());
    }

    private static SSLContext context(MemberTls tls, boolean withCertificate) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(tls.identity(), tls.password().toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(tls.trusted());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(withCertificate ? keys.getKeyManagers() : new KeyManager[0], trust.getTrustManagers(), null);
        return context;
    }

    private int port(String member) {
        return members.stream().filter(address -> address.id().equals(member)).findFirst().orElseThrow().port();
    }

    private static CompletableFuture<CommandResult> put(AtomixReplicator member, String key) {
        return member.propose(Txn.of(new PutKey(Key.of(key), Value.of("v"))));
    }

    private static boolean has(AtomixReplicator member, String key) {
        return member.stateMachine().view().find(Key.of(key)).isPresent();
    }
}
