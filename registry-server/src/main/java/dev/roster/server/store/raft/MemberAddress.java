package dev.roster.server.store.raft;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A member and where the others reach it.
 *
 * @param id name of the member
 * @param host DNS name or IP address; an IPv6 address without brackets
 * @param port 1 to 65535
 */
public record MemberAddress(String id, String host, int port) {
    private static final Pattern FORM = Pattern
            .compile("([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)=(?:\\[([0-9a-fA-F:.]+)]|([A-Za-z0-9._-]+)):([0-9]{1,5})");

    /**
     * Reads {@code name=host:port}; an IPv6 address stands in brackets.
     *
     * @throws IllegalArgumentException if the text is of another form
     */
    public static MemberAddress valueOf(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (matcher.matches()) {
            String host = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
            int port = Integer.parseInt(matcher.group(4));
            if (port >= 1 && port <= 65535) {
                return new MemberAddress(matcher.group(1), host, port);
            }
        }
        throw new IllegalArgumentException(
                "'" + text + "' is not a member, expected name=host:port, such as member-1=10.0.0.1:7401");
    }

    /** Returns {@code host:port}. */
    public String address() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    @Override
    public String toString() {
        return id + "=" + address();
    }
}
