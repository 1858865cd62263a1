package dev.roster.server.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.roster.server.store.raft.MemberAddress;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class RosterPropertiesTest {

    @Test
    void isSafeWithoutSettings() {
        RosterProperties properties = bind(Map.of());

        assertThat(properties.dataDir()).isEqualTo(Path.of("data"));
        assertThat(properties.security()).isEqualTo(new RosterProperties.Security(true, null));
        assertThat(properties.cluster().member()).isEqualTo("member-1");
        assertThat(properties.cluster().isStandalone()).isTrue();
        assertThat(properties.cluster().bindAddress()).isEqualTo(InetAddress.getLoopbackAddress());
        assertThat(properties.cluster().port()).isEqualTo(7401);
        assertThat(properties.cluster().tls()).isNull();
        assertThat(properties.cluster().joinTokenFile()).isNull();
        assertThat(properties.cluster().joinToken()).isNull();
        assertThat(properties.cluster().membersFrom()).isNull();
        assertThat(properties.cluster().expectedMembers()).isNull();
    }

    @Test
    void readsEverySetting() {
        RosterProperties properties = bind(Map.of("roster.data-dir", "/var/lib/roster", "roster.security.enabled",
                "false", "roster.security.admin-password-file", "/run/secrets/admin", "roster.cluster.member", "a",
                "roster.cluster.members", "a=10.0.0.1:7401, b=[2001:db8::1]:7402", "roster.cluster.bind-address",
                "10.0.0.1", "roster.cluster.port", "7411", "roster.cluster.tls.certificate", "cert.pem",
                "roster.cluster.tls.private-key", "key.pem", "roster.cluster.tls.ca", "ca.pem"));

        assertThat(properties.dataDir()).isEqualTo(Path.of("/var/lib/roster"));
        assertThat(properties.security())
                .isEqualTo(new RosterProperties.Security(false, Path.of("/run/secrets/admin")));
        assertThat(properties.cluster().member()).isEqualTo("a");
        assertThat(properties.cluster().members())
                .isEqualTo(
                        List.of(new MemberAddress("a", "10.0.0.1", 7401), new MemberAddress("b", "2001:db8::1", 7402)));
        assertThat(properties.cluster().isStandalone()).isFalse();
        assertThat(properties.cluster().bindAddress().getHostAddress()).isEqualTo("10.0.0.1");
        assertThat(properties.cluster().port()).isEqualTo(7411);
        assertThat(properties.cluster().tls())
                .isEqualTo(new RosterProperties.Tls(Path.of("cert.pem"), Path.of("key.pem"), Path.of("ca.pem")));
    }

    @Test
    void readsWhereMembersAreFoundAndWhatTheyKnow() {
        RosterProperties.Cluster cluster = bind(Map.of("roster.cluster.members-from",
                "dns-srv:_roster._tcp.example.org", "roster.cluster.expected-members", "3",
                "roster.cluster.join-token-file", "/etc/roster/join-token", "roster.cluster.join-token",
                "confidential"))
                .cluster();

        assertThat(cluster.membersFrom()).isEqualTo(new MemberSource("_roster._tcp.example.org"))
                .hasToString("dns-srv:_roster._tcp.example.org");
        assertThat(cluster.expectedMembers()).isEqualTo(3);
        assertThat(cluster.joinTokenFile()).isEqualTo(Path.of("/etc/roster/join-token"));
        assertThat(cluster.joinToken()).isEqualTo(new Secret("confidential"));
        assertThat(cluster.isStandalone()).isFalse();
        assertThat(cluster.toString()).doesNotContain("confidential");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "_roster._tcp.example.org", "dns-srv:", "dns-srv:localhost", "dns-srv:a..b",
            "dns-srv:ldap://a.b", "dns-srv:a b.c", "dns:a.b"})
    void refusesOtherPlacesToFindMembers(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> MemberSource.valueOf(text))
                .withMessageContaining("'" + text + "'").withMessageContaining("dns-srv:_roster._tcp.example.org");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=host:7401", "a=[2001:db8::1]:7401", "member-1=roster-0.roster.svc:1"})
    void writesAMemberAsItReadsIt(String text) {
        assertThat(MemberAddress.valueOf(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "host:7401", "a=host", "a=host:0", "a=host:65536", "A=host:7401", "a=2001:db8::1:7401",
            "a=ho st:1"})
    void refusesOtherMembers(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> MemberAddress.valueOf(text))
                .withMessageContaining("'" + text + "'").withMessageContaining("name=host:port");
    }

    @Test
    void readsHowMuchTheStoreMayHold() {
        assertThat(bind(Map.of()).store().maxSize()).isEqualTo(DataSize.ofGigabytes(1));
        assertThat(bind(Map.of("roster.store.max-size", "1536MB")).store().maxSize())
                .isEqualTo(DataSize.ofMegabytes(1536));
    }

    /** A snapshot of more could not be written. */
    @ParameterizedTest
    @ValueSource(strings = {"1537MB", "2GB", "1023KB", "0"})
    void refusesAStoreThatIsTooLargeOrTooSmall(String size) {
        assertThatExceptionOfType(BindException.class)
                .isThrownBy(() -> bind(Map.of("roster.store.max-size", size))).havingRootCause()
                .isInstanceOf(IllegalArgumentException.class).withMessageContaining("expected 1MB to 1536MB");
    }

    private static RosterProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("roster", RosterProperties.class);
    }
}
