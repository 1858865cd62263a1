package dev.roster.server.registry.check;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.regex.Pattern;

/** A range of IP addresses that begin with the same bits (CIDR, RFC 4632 and RFC 4291 section 2.3). Immutable. */
final class AddressRange {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,3}");

    /** An address of it; bits behind the prefix do not count. */
    private final byte[] first;
    private final int prefixBits;

    private AddressRange(byte[] first, int prefixBits) {
        this.first = first;
        this.prefixBits = prefixBits;
    }

    /**
     * Reads a range, such as {@code 10.0.0.0/8}; an address alone is a range of one.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        byte[] address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash)).getAddress();
        int all = address.length * Byte.SIZE;
        if (slash < 0) {
            return new AddressRange(address, all);
        }
        String bits = text.substring(slash + 1);
        if (!NUMBER.matcher(bits).matches() || Integer.parseInt(bits) > all) {
            throw new IllegalArgumentException(text + " is no range of addresses, such as 10.0.0.0/8");
        }
        return new AddressRange(address, Integer.parseInt(bits));
    }

    /** Tells whether an address, as {@link InetAddress#getAddress} gives it, is in the range. */
    boolean contains(byte[] address) {
        if (address.length != first.length) {
            return false;
        }
        int whole = prefixBits / Byte.SIZE;
        int rest = prefixBits % Byte.SIZE;
        return Arrays.equals(address, 0, whole, first, 0, whole)
                && (rest == 0 || (address[whole] & 0xFF) >> (Byte.SIZE - rest) == (first[whole] & 0xFF) >> (Byte.SIZE
                        - rest));
    }
}
