package dev.roster.server.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.atomix.cluster.AtomixCluster;
import io.atomix.cluster.ClusterConfig;
import io.atomix.cluster.MemberId;
import io.atomix.cluster.messaging.ManagedMessagingService;
import io.atomix.cluster.messaging.MessagingConfig;
import io.atomix.cluster.messaging.impl.NettyMessagingService;
import io.atomix.protocols.raft.partition.impl.RaftNamespaces;
import io.atomix.protocols.raft.protocol.TransferRequest;
import io.atomix.utils.net.Address;
import io.atomix.utils.serializer.Namespace;
import io.atomix.utils.serializer.Serializer;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who can reach a member, and by what. All members here are told that their address is 127.0.0.1. */
class MemberTransportTest {

    private static final String OWN_INTERFACE = "127.0.0.1";
    private static final String ANOTHER_INTERFACE = "127.0.0.2";
    private static final String DEFECT = "the defect that is guarded against";

    @TempDir
    Path directory;

    private final int port = FreePorts.next();
    private AtomixCluster cluster;

    @AfterEach
    void stop() {
        cluster.stop().join();
    }

    @Test
    void stockAtomixListensOnAllInterfaces() {
        startStock();

        assertThatCode(() -> connect(ANOTHER_INTERFACE)).as(DEFECT).doesNotThrowAnyException();
    }

    @Test
    void listensOnItsInterfaceOnly() {
        startOurs(2);

        assertThatCode(() -> connect(OWN_INTERFACE)).doesNotThrowAnyException();
        assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> connect(ANOTHER_INTERFACE));
    }

    @Test
    void listensNowhereWhenItIsAlone() {
        startOurs(1);

        assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> connect(OWN_INTERFACE));
    }

    @Test
    void stockAtomixTakesDatagramsOnAllInterfaces() {
        startStock();

        assertThatExceptionOfType(BindException.class).as(DEFECT).isThrownBy(() -> bind(ANOTHER_INTERFACE));
    }

    @Test
    void takesNoDatagrams() {
        startOurs(2);

        assertThatCode(() -> bind(OWN_INTERFACE)).doesNotThrowAnyException();
    }

    /** Raft is one of those who listen. Our members answer those only who are authenticated by TLS. */
    @Test
    void stockAtomixAnswersAStrangerInPlainText() {
        startStock();
        cluster.getMessagingService().registerHandler("subject", (from, said) -> said, Runnable::run);
        Address address = Address.from(OWN_INTERFACE, FreePorts.next());
        ManagedMessagingService stranger = new NettyMessagingService(new ClusterConfig().getClusterId(), address,
                new MessagingConfig().setInterfaces(List.of(OWN_INTERFACE)).setPort(address.port()));
        stranger.start().join();
        try {
            byte[] hello = "hello".getBytes(StandardCharsets.UTF_8);

            assertThat(stranger.sendAndReceive(Address.from(OWN_INTERFACE, port), "subject", hello,
                    Duration.ofSeconds(10))).as(DEFECT).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(hello);
        } finally {
            stranger.stop().join();
        }
    }

    @Test
    void stockAtomixCannotSendWhatHandsLeadershipOver() {
        startOurs(1);
        TransferRequest request = TransferRequest.builder().withMember(MemberId.from("m2")).build();

        assertThatExceptionOfType(IllegalArgumentException.class).as(DEFECT)
                .isThrownBy(() -> Serializer.using(RaftNamespaces.RAFT_PROTOCOL).encode(request));
        assertThat(Serializer.using(RaftNode.PROTOCOL).encode(request)).isNotEmpty();
    }

    /** Atomix has the same rule for Raft's messages; what is not registered here can't be read, whoever sends it. */
    @Test
    void refusesClassesThatAreNotRegistered() {
        startOurs(1);
        Serializer anything = Serializer.using(Namespace.builder().setRegistrationRequired(false)
                .register(RaftNamespaces.RAFT_PROTOCOL).build());
        byte[] sent = anything.encode(new StringBuilder("unknown"));
        assertThat(anything.<Object>decode(sent)).isInstanceOf(StringBuilder.class);

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Serializer.using(RaftNode.PROTOCOL).decode(sent))
                .withMessageContaining("not registered");
    }

    private void startStock() {
        cluster = AtomixCluster.builder(new ClusterConfig()).withMemberId("m1").withHost(OWN_INTERFACE)
                .withPort(port)
                .build();
        cluster.start().join();
    }

    private void startOurs(int members) {
        List<MemberAddress> addresses = List.of(new MemberAddress("m1", OWN_INTERFACE, port),
                new MemberAddress("m2", OWN_INTERFACE, FreePorts.next())).subList(0, members);
        cluster = MemberTransport.create(RaftConfig.of("m1", addresses, OWN_INTERFACE, directory), directory,
                MemberNetwork.TCP);
        cluster.start().join();
    }

    private void connect(String interfaceAddress) throws IOException {
        new Socket(interfaceAddress, port).close();
    }

    private void bind(String interfaceAddress) throws IOException {
        new DatagramSocket(new InetSocketAddress(interfaceAddress, port)).close();
    }
}
