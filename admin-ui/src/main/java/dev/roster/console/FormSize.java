package dev.roster.console;

import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.springframework.boot.jetty.JettyServerCustomizer;

/**
 * Lets forms be as large as the largest configuration item needs (Jetty takes 200 kB). Forms alone: bodies of the API are
 * limited by the API.
 *
 * @param bytes the least size that a form may have
 */
record FormSize(int bytes) implements JettyServerCustomizer {
    @Override
    public void customize(Server server) {
        for (ServletContextHandler context : server.getDescendants(ServletContextHandler.class)) {
            context.setMaxFormContentSize(Math.max(bytes, context.getMaxFormContentSize()));
        }
    }
}
