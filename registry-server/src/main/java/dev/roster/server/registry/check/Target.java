package dev.roster.server.registry.check;

import java.net.InetAddress;

/**
 * Where an instance is called.
 *
 * @param host as the instance names it
 * @param address the very address that may be called
 * @param port which port
 */
record Target(String host, InetAddress address, int port) {

    /** Returns host and port as a URI has them (RFC 3986 section 3.2). */
    String authority() {
        return authority(host);
    }

    /** Returns another name for the host, and the port, as a URI has them. */
    String authority(String name) {
        return (name.indexOf(':') >= 0 ? "[" + name + "]" : name) + ":" + port;
    }
}
