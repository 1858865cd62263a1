package dev.roster.console.gateway;

import java.net.InetAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;

/**
 * Where the server is: a configured address, or the web server that serves the console itself. The latter is known only when it
 * has started, since its port may be chosen then.
 */
public final class ServerAddress {
    private final @Nullable URI configured;
    private final ServerProperties server;
    private volatile @Nullable URI started;

    /** @param configured null for the server that the console is embedded in */
    public ServerAddress(@Nullable URI configured, ServerProperties server) {
        this.configured = configured;
        this.server = server;
    }

    /** The configured address, null when the console is embedded. */
    public @Nullable URI configured() {
        return configured;
    }

    /**
     * The address to send requests to, without a path unless the server has a context path.
     *
     * @throws ServerAwayException before the embedding server has started
     */
    public URI get() {
        URI address = configured == null ? started : configured;
        if (address == null) {
            throw new ServerAwayException("the server that the console is embedded in has not started", false, null);
        }
        return address;
    }

    @EventListener
    void onStarted(WebServerInitializedEvent event) {
        // The Actuator may have a web server of its own, with a namespace.
        if (event.getApplicationContext().getServerNamespace() == null) {
            started = URI.create("%s://%s:%d%s".formatted(scheme(), host(), event.getWebServer().getPort(), path()));
        }
    }

    private String scheme() {
        return server.getSsl() != null && server.getSsl().isEnabled() ? "https" : "http";
    }

    private String host() {
        InetAddress address = server.getAddress();
        if (address == null || address.isAnyLocalAddress()) {
            return "127.0.0.1";
        }
        String host = address.getHostAddress();
        return host.contains(":") ? "[" + host + "]" : host;
    }

    private String path() {
        String path = server.getServlet().getContextPath();
        return path == null ? "" : path;
    }
}
