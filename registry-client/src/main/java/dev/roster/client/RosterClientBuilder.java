package dev.roster.client;

import dev.roster.api.config.ConfigClient;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Settings of a {@link RosterClient}; each has a default. Used by one thread. */
public final class RosterClientBuilder {
    private static final Pattern SUBSCRIBER = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.:_-]{0,126}[A-Za-z0-9])?");
    private static final Set<String> SCHEMES = Set.of("http", "https");

    List<URI> addresses = List.of(URI.create("http://127.0.0.1:7400"));
    Supplier<Credentials> credentials = Credentials::none;
    String namespace = "default";
    String subscriber = UUID.randomUUID().toString();
    Duration connectTimeout = Duration.ofSeconds(2);
    Duration requestTimeout = Duration.ofSeconds(5);
    Duration retryFor = Duration.ofSeconds(10);
    Duration silence = WatchStream.SILENCE;
    Duration longestWatchPause = WatchStream.LONGEST_PAUSE;
    Duration firstWatchPause = WatchStream.FIRST_PAUSE;
    @Nullable
    SSLContext sslContext;
    @Nullable
    ProxySelector proxy;
    @Nullable
    Path lastGoodFile;
    @Nullable
    ConfigClient configClient;
    InstantSource clock = InstantSource.system();
    LongSupplier nanos = System::nanoTime;
    RandomGenerator random = RandomGenerator.getDefault();
    Pause pause = Pause.sleeping();
    @Nullable
    ScheduledExecutorService scheduler;

    RosterClientBuilder() {}

    /**
     * Sets the addresses of the server: of one, several or all members.
     *
     * @param values {@code http} or {@code https} URLs, at least one, possibly with a base path; default
     *     {@code http://127.0.0.1:7400}
     */
    public RosterClientBuilder addresses(List<URI> values) {
        Set<URI> distinct = new LinkedHashSet<>();
        values.forEach(value -> distinct.add(checked(value)));
        if (distinct.isEmpty()) {
            throw new IllegalArgumentException("addresses: expected at least one");
        }
        addresses = List.copyOf(distinct);
        return this;
    }

    /** Sets the only address of the server. */
    public RosterClientBuilder address(String value) {
        return addresses(List.of(URI.create(value)));
    }

    /** Sets the credentials; default none. */
    public RosterClientBuilder credentials(Credentials value) {
        return credentials(() -> value);
    }

    /** Sets where credentials come from; asked for each request, so that they may change, and by any thread. */
    public RosterClientBuilder credentials(Supplier<Credentials> value) {
        credentials = value;
        return this;
    }

    /** Sets the namespace; default {@code default}. */
    public RosterClientBuilder namespace(String value) {
        namespace = value;
        return this;
    }

    /** Sets how long to wait for a connection; default 2 s. */
    public RosterClientBuilder connectTimeout(Duration value) {
        connectTimeout = positive("connectTimeout", value);
        return this;
    }

    /** Sets how long one attempt of a call may take, beyond the time that the caller has the server wait; default 5 s. */
    public RosterClientBuilder requestTimeout(Duration value) {
        requestTimeout = positive("requestTimeout", value);
        return this;
    }

    /**
     * Sets what the program is called among those that follow the same services, as whoever drains an instance is told. Default
     * a random name.
     *
     * @param value unique among the programs of the same user: 1 to 128 letters, digits, dots, colons, hyphens and underscores
     */
    public RosterClientBuilder subscriber(String value) {
        if (!SUBSCRIBER.matcher(value).matches()) {
            throw new IllegalArgumentException("subscriber: expected " + SUBSCRIBER + ", got '" + value + "'");
        }
        subscriber = value;
        return this;
    }

    /** Sets for how long further attempts of a call may begin; zero means that no call is repeated; default 10 s. */
    public RosterClientBuilder retryFor(Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException("retryFor: expected zero or more, got " + value);
        }
        retryFor = value;
        return this;
    }

    /** Sets which certificates are trusted, and which own one is shown; default the JDK's. */
    public RosterClientBuilder sslContext(SSLContext value) {
        sslContext = value;
        return this;
    }

    /**
     * Sets through which HTTP proxies requests and the stream go; default the JDK's choice, by the system properties
     * {@code http.proxyHost}, {@code https.proxyHost} and {@code http.nonProxyHosts}. Proxies that want credentials are not supported.
     *
     * @param value {@link java.net.http.HttpClient.Builder#NO_PROXY} for none
     */
    public RosterClientBuilder proxy(ProxySelector value) {
        proxy = value;
        return this;
    }

    /**
     * Keeps the last good answers in a file, readable by its owner only, so that the program can start while the server is
     * away. Default: in memory only. A file belongs to one program.
     */
    public RosterClientBuilder lastGoodFile(Path value) {
        lastGoodFile = value;
        return this;
    }

    /** Sets who follows configuration, by which gray releases choose; default nobody that they choose. */
    public RosterClientBuilder configClient(ConfigClient value) {
        configClient = value;
        return this;
    }

    /** Sets the clock; default the system's. */
    public RosterClientBuilder clock(InstantSource value) {
        clock = value;
        return this;
    }

    /** Sets what pauses are drawn from; default the JDK's. */
    public RosterClientBuilder random(RandomGenerator value) {
        random = value;
        return this;
    }

    /**
     * Sets what runs heartbeats and other small tasks, which may block for as long as a call does; default two threads of the
     * client's own. It is not shut down when the client is closed.
     */
    public RosterClientBuilder scheduler(ScheduledExecutorService value) {
        scheduler = value;
        return this;
    }

    /** Makes the client. It connects when it is first used. */
    public RosterClient build() {
        return RosterClient.open(this);
    }

    /** Sets what sessions measure time by, in nanoseconds from any point. */
    RosterClientBuilder nanos(LongSupplier value) {
        nanos = value;
        return this;
    }

    RosterClientBuilder pause(Pause value) {
        pause = value;
        return this;
    }

    RosterClientBuilder watchPause(Duration value) {
        firstWatchPause = value;
        longestWatchPause = value;
        return this;
    }

    RosterClientBuilder silence(Duration value) {
        silence = value;
        return this;
    }

    private static URI checked(URI value) {
        String scheme = value.getScheme();
        if (scheme == null || !SCHEMES.contains(scheme.toLowerCase(Locale.ROOT)) || value.getHost() == null
                || value.getQuery() != null || value.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    "addresses: expected URLs such as http://127.0.0.1:7400, got '" + value + "'");
        }
        String text = value.toString();
        return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : value;
    }

    private static Duration positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + ": expected more than zero, got " + value);
        }
        return value;
    }
}
