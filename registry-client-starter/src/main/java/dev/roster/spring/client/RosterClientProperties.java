package dev.roster.spring.client;

import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.ConstructorBinding;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the application reaches Roster.
 *
 * @param enabled Whether the application uses Roster at all.
 * @param addresses URLs of the members of the cluster; one is enough, several are safer.
 * @param namespace Namespace of the services and the configuration of this application.
 * @param token Token to authenticate with. Excludes token-file and username.
 * @param tokenFile File that holds the token; read again when it changes. Excludes token and username.
 * @param username User to authenticate as. Excludes token and token-file.
 * @param password Password of the user.
 * @param sslBundle SSL bundle that says whom the client trusts, and with which certificate it shows who it is; by default the JDK's
 *     settings.
 * @param proxy URL of the HTTP proxy through which all requests go, such as "http://proxy.example.com:3128", or "none"; by default the
 *     JDK's settings ("http.proxyHost", "https.proxyHost", "http.nonProxyHosts").
 * @param connectTimeout Time to wait for a connection to one address.
 * @param requestTimeout Time that one attempt of a request may take.
 * @param retryFor Time during which a failed request is tried again, possibly at another address.
 * @param lastGood Copy of the last good answers on disk.
 */
@ConfigurationProperties("roster.client")
public record RosterClientProperties(@DefaultValue("true") boolean enabled,
        @DefaultValue("http://127.0.0.1:7400") List<URI> addresses, @DefaultValue("default") String namespace,
        @Nullable String token, @Nullable Path tokenFile, @Nullable String username, @Nullable String password,
        @Nullable String sslBundle, @Nullable URI proxy, @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("5s") Duration requestTimeout,
        @DefaultValue("10s") Duration retryFor, @DefaultValue LastGood lastGood) {

    private static final String NO_PROXY = "none";

    /** Binds the properties. */
    @ConstructorBinding
    public RosterClientProperties {
        addresses = List.copyOf(addresses);
        checkProxy(proxy);
    }

    /** Returns the defaults. Spring Cloud makes such an instance whenever it binds properties anew. */
    public RosterClientProperties() {
        this(true, List.of(URI.create("http://127.0.0.1:7400")), "default", null, null, null, null, null, null,
                Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(10), new LastGood(true, null));
    }

    private static void checkProxy(@Nullable URI proxy) {
        if (proxy != null && !proxy.toString().equals(NO_PROXY) && (!"http".equalsIgnoreCase(proxy.getScheme())
                || proxy.getHost() == null || proxy.getPort() < 0 || proxy.getUserInfo() != null)) {
            throw new IllegalArgumentException(
                    "roster.client.proxy: expected a URL such as http://proxy.example.com:3128, or none, got "
                            + (proxy.getUserInfo() == null ? proxy : "one with credentials"));
        }
    }

    /** Returns through which proxy requests go; null if the JDK decides. */
    @Nullable
    ProxySelector proxySelector() {
        if (proxy == null) {
            return null;
        }
        return proxy.toString().equals(NO_PROXY)
                ? HttpClient.Builder.NO_PROXY
                : ProxySelector.of(InetSocketAddress.createUnresolved(proxy.getHost(), proxy.getPort()));
    }

    /**
     * A copy of the last good answers on disk.
     *
     * @param enabled Whether to keep the last good answers on disk, so that the application starts while Roster is away.
     * @param directory Directory of the file; by default ".roster/last-good" in the home directory of the user.
     */
    public record LastGood(@DefaultValue("true") boolean enabled, @Nullable Path directory) {}

    @Override
    public String toString() {
        return "RosterClientProperties[addresses=" + addresses + ", namespace=" + namespace + ", tokenFile=" + tokenFile
                + ", username=" + username + ", sslBundle=" + sslBundle + ", proxy=" + proxy + ", lastGood=" + lastGood
                + "]";
    }
}
