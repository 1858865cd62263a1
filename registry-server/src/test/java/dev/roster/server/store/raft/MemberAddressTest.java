package dev.roster.server.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemberAddressTest {

    @Test
    void readsNameHostAndPort() {
        assertThat(MemberAddress.valueOf("m1=db.example.org:7401"))
                .isEqualTo(new MemberAddress("m1", "db.example.org", 7401));
    }

    @Test
    void readsAnIpv6AddressInBrackets() {
        MemberAddress address = MemberAddress.valueOf("m1=[::1]:7401");

        assertThat(address.host()).isEqualTo("::1");
        assertThat(address.address()).isEqualTo("[::1]:7401");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "m1", "m1=host", "=host:1", "m1=:1", "m1=host:", "m1=host:0", "m1=host:70000",
            "M1=host:1",
            "m_1=host:1", "m1=host:x"})
    void refusesAnythingElse(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> MemberAddress.valueOf(text));
    }
}
