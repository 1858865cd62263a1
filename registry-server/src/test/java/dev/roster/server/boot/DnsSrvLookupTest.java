package dev.roster.server.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.roster.server.boot.SrvLookup.Srv;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JDK's DNS client against a server of the test's own. */
class DnsSrvLookupTest {
    private static final String NAME = "_roster._tcp.example.org";

    private FakeDns dns;

    @BeforeEach
    void open() throws IOException {
        dns = new FakeDns();
    }

    @AfterEach
    void close() {
        dns.close();
    }

    private SrvLookup lookup() {
        return new DnsSrvLookup(dns.url());
    }

    @Test
    void findsHostsAndPorts() throws IOException {
        dns.put(NAME, new Srv("a.example.org", 7401), new Srv("b.example.org", 65535));

        assertThat(lookup().find(NAME)).containsExactlyInAnyOrder(new Srv("a.example.org.", 7401),
                new Srv("b.example.org.", 65535));
        assertThat(lookup().find(NAME + ".")).as("with a dot at its end").hasSize(2);
    }

    @Test
    void seesARecordAsSoonAsItIsThere() throws IOException {
        SrvLookup lookup = lookup();
        assertThat(lookup.find(NAME)).as("no such name").isEmpty();
        dns.put(NAME);
        assertThat(lookup.find(NAME)).as("no such record").isEmpty();

        dns.put(NAME, new Srv("a.example.org", 7401));

        assertThat(lookup.find(NAME)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5})
    void saysThatAServerHasFailedOrRefused(int code) {
        dns.refuse(code);

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> lookup().find(NAME))
                .withMessageStartingWith("DNS has not answered: ");
    }

    @Test
    void saysThatNobodyAnswers() {
        dns.close();

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> lookup().find(NAME))
                .withMessageStartingWith("DNS has not answered: ");
    }
}
