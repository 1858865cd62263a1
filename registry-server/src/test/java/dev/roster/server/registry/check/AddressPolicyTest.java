package dev.roster.server.registry.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {
    private static final AddressPolicy DEFAULT = new AddressPolicy(List.of(), List.of());

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "169.254.169.254", "169.254.0.1",
            "224.0.0.1", "239.255.255.255", "255.255.255.255", "240.0.0.1", "100.100.100.200", "::", "::1", "fe80::1",
            "febf::1", "ff02::1", "fd00:ec2::254", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1",
            "::a9fe:a9fe", "64:ff9b::a9fe:a9fe", "64:ff9b::7f00:1", "2002:a9fe:a9fe::1", "2002:7f00:1::"})
    void deniesWhatAMemberMustNotBeMadeToCall(String address) {
        assertThat(DEFAULT.permits(InetAddress.ofLiteral(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.7", "192.168.1.1", "172.16.0.1", "100.64.0.1", "203.0.113.5", "126.255.255.255",
            "128.0.0.1", "169.253.255.255", "169.255.0.0", "2001:db8::1", "fd00::1", "fec0::1", "64:ff9b::a00:1",
            "2002:a00:1::1"})
    void permitsOthers(String address) {
        assertThat(DEFAULT.permits(InetAddress.ofLiteral(address))).isTrue();
    }

    @Test
    void isChangedByRangesOfWhichTheDeniedOnesCountMost() {
        AddressPolicy policy = new AddressPolicy(List.of("10.0.0.0/8", "127.0.0.2"), List.of("127.0.0.0/8", "::1"));

        assertThat(policy.permits(InetAddress.ofLiteral("127.0.0.1"))).isTrue();
        assertThat(policy.permits(InetAddress.ofLiteral("::1"))).isTrue();
        assertThat(policy.permits(InetAddress.ofLiteral("127.0.0.2"))).isFalse();
        assertThat(policy.permits(InetAddress.ofLiteral("10.1.2.3"))).isFalse();
        assertThat(policy.permits(InetAddress.ofLiteral("11.1.2.3"))).isTrue();
        assertThat(policy.permits(InetAddress.ofLiteral("64:ff9b::a01:203"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "host", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0.0/8/8", "::/129", "10.0/8x"})
    void refusesWhatIsNoRange(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new AddressPolicy(List.of(text), List.of()));
    }

    @Test
    void readsRangesThatEndWithinAByte() {
        AddressRange range = AddressRange.parse("172.16.0.0/12");

        assertThat(range.contains(new byte[]{(byte) 172, 31, (byte) 255, (byte) 255})).isTrue();
        assertThat(range.contains(new byte[]{(byte) 172, 32, 0, 0})).isFalse();
        assertThat(AddressRange.parse("0.0.0.0/0").contains(new byte[]{1, 2, 3, 4})).isTrue();
        assertThat(AddressRange.parse("0.0.0.0/0").contains(new byte[16])).isFalse();
    }
}
