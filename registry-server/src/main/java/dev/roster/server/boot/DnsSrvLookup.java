package dev.roster.server.boot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;
import org.jspecify.annotations.Nullable;

/**
 * Asks by the DNS client of the JDK (module {@code jdk.naming.dns}), which keeps no answers, so that a later look-up sees later
 * records. Names are full ones: it knows of no search domains.
 */
final class DnsSrvLookup implements SrvLookup {

    /** For the first attempt, twice as long for the next. */
    private static final String TIMEOUT_MILLIS = "1000";

    private static final String ATTEMPTS = "2";
    private static final String[] SRV = {"SRV"};

    private final @Nullable String servers;

    /**
     * Makes it.
     *
     * @param servers {@code dns://host:port} of the servers, parted by spaces; null means those of the machine
     */
    DnsSrvLookup(@Nullable String servers) {
        this.servers = servers;
    }

    @Override
    @SuppressWarnings("BanJNDI") // a name without a colon is no URL of another directory, and only text is asked for
    public List<Srv> find(String name) throws IOException {
        try {
            InitialDirContext dns = new InitialDirContext(environment());
            try {
                Attribute records = dns.getAttributes(name, SRV).get(SRV[0]);
                return records == null ? List.of() : read(records);
            } finally {
                dns.close();
            }
        } catch (NameNotFoundException e) {
            return List.of();
        } catch (NamingException | RuntimeException e) {
            // The JDK's client throws what it likes at answers that it can't read.
            throw new IOException("DNS has not answered: " + e.getMessage(), e);
        }
    }

    private Properties environment() {
        Properties environment = new Properties();
        environment.setProperty(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        environment.setProperty("com.sun.jndi.dns.timeout.initial", TIMEOUT_MILLIS);
        environment.setProperty("com.sun.jndi.dns.timeout.retries", ATTEMPTS);
        if (servers != null) {
            environment.setProperty(Context.PROVIDER_URL, servers);
        }
        return environment;
    }

    private static List<Srv> read(Attribute records) throws NamingException {
        List<Srv> found = new ArrayList<>();
        NamingEnumeration<?> values = records.getAll();
        while (values.hasMore()) {
            // Priority, weight, port, target.
            String[] parts = String.valueOf(values.next()).split(" ", -1);
            found.add(new Srv(parts[3], Integer.parseInt(parts[2])));
        }
        return found;
    }
}
