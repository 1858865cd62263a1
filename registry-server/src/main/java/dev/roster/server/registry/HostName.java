package dev.roster.server.registry;

import java.net.InetAddress;
import java.util.regex.Pattern;

/** Tells what can be the host of an instance, without asking a name server. */
final class HostName {

    /** RFC 1035 section 2.3.4, as text without the final dot. */
    private static final int MAX_CHARACTERS = 253;

    /** Labels of RFC 1123, and underscores, which container networks use in names. */
    private static final String LABEL = "[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?";

    private static final Pattern DNS_NAME = Pattern.compile(LABEL + "(\\." + LABEL + ")*");

    /** A name whose last label is a number would be taken for an IPv4 address by URL parsers. */
    private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(.*\\.)?[0-9]+");

    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

    private HostName() {}

    static boolean isValid(String text) {
        if (text.isEmpty() || text.length() > MAX_CHARACTERS) {
            return false;
        }
        if (text.indexOf(':') >= 0 || IPV4.matcher(text).matches()) {
            return isAddress(text);
        }
        return DNS_NAME.matcher(text).matches() && !ENDS_IN_NUMBER.matcher(text).matches();
    }

    private static boolean isAddress(String text) {
        // Brackets belong to URLs, a scope means something on one machine only.
        if (text.indexOf('[') >= 0 || text.indexOf('%') >= 0) {
            return false;
        }
        try {
            InetAddress.ofLiteral(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
