package dev.roster.server.store.raft;

import dev.roster.server.store.InvalidCommandException;

/**
 * A member of the cluster and where the others reach it.
 *
 * @param id name of the member, the same for its whole life, whatever its address
 * @param host DNS name or IP address
 * @param port TCP port, 1 to 65535
 */
public record MemberAddress(String id, String host, int port) {

    private static final String FORM = "id=host:port, such as m1=10.0.0.1:7401";

    public MemberAddress {
        if (!id.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
            throw new InvalidCommandException("member", id, "1 to 63 lower-case letters, digits and inner hyphens");
        }
        if (host.isBlank()) {
            throw new InvalidCommandException("member", id + "=" + host + ":" + port, FORM);
        }
        if (port < 1 || port > 65_535) {
            throw new InvalidCommandException("member port", port, "1 to 65535");
        }
    }

    /**
     * Reads {@code id=host:port}; an IPv6 address stands in brackets.
     *
     * @throws InvalidCommandException if the text has another form
     */
    public static MemberAddress valueOf(String text) {
        int equals = text.indexOf('=');
        int colon = text.lastIndexOf(':');
        if (equals < 1 || colon < equals) {
            throw new InvalidCommandException("member", text, FORM);
        }
        String host = text.substring(equals + 1, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        try {
            return new MemberAddress(text.substring(0, equals), host, Integer.parseInt(text.substring(colon + 1)));
        } catch (NumberFormatException e) {
            throw new InvalidCommandException("member", text, FORM);
        }
    }

    /** Returns {@code host:port}. */
    public String hostAndPort() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
