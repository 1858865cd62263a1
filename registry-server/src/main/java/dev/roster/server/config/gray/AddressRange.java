package dev.roster.server.config.gray;

import dev.roster.server.security.InvalidArgumentException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.regex.Pattern;

/**
 * IP addresses that begin with the same bits (CIDR, RFC 4632 and RFC 4291 section 2.3).
 *
 * @param bytes how long its addresses are: 4 or 16
 * @param prefix the bits that they begin with
 * @param rest how many bits are left
 */
record AddressRange(int bytes, BigInteger prefix, int rest) {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,3}");

    /**
     * Reads a range, such as {@code 10.0.0.0/8}; an address alone is a range of one.
     *
     * @throws InvalidArgumentException if it is anything else, field {@code addresses}
     */
    static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        byte[] address;
        try {
            address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash)).getAddress();
        } catch (IllegalArgumentException e) {
            throw refused(text);
        }
        int all = address.length * Byte.SIZE;
        String bits = slash < 0 ? Integer.toString(all) : text.substring(slash + 1);
        if (!NUMBER.matcher(bits).matches() || Integer.parseInt(bits) > all) {
            throw refused(text);
        }
        int left = all - Integer.parseInt(bits);
        return new AddressRange(address.length, new BigInteger(1, address).shiftRight(left), left);
    }

    boolean contains(byte[] address) {
        return address.length == bytes && new BigInteger(1, address).shiftRight(rest).equals(prefix);
    }

    private static InvalidArgumentException refused(String text) {
        return new InvalidArgumentException("addresses", text, "IP addresses or ranges of them, such as 10.0.0.0/8");
    }
}
