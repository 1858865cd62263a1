package dev.roster.server.boot;

import java.util.regex.Pattern;

/**
 * Where the members are looked up.
 *
 * @param name full name of the SRV records (RFC 2782), one for each member, such as {@code _roster._tcp.example.org}
 */
public record MemberSource(String name) {
    private static final String SCHEME = "dns-srv:";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63})+\\.?");

    /**
     * Reads {@code dns-srv:NAME}.
     *
     * @throws IllegalArgumentException if the text is of another form
     */
    public static MemberSource valueOf(String text) {
        String stripped = text.strip();
        if (stripped.startsWith(SCHEME) && NAME.matcher(stripped.substring(SCHEME.length())).matches()) {
            return new MemberSource(stripped.substring(SCHEME.length()));
        }
        throw new IllegalArgumentException("'" + text + "' names no place where members are looked up, expected"
                + " dns-srv: and the full name of SRV records, such as dns-srv:_roster._tcp.example.org");
    }

    @Override
    public String toString() {
        return SCHEME + name;
    }
}
