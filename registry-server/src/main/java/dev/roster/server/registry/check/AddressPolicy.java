package dev.roster.server.registry.check;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses members may call for checks. What is denied in itself is where a member must not be made to call for a
 * stranger: the machine itself, link-local addresses, among which clouds hand out credentials (169.254.169.254), and
 * addresses that are no single host. An IPv6 address that stands for an IPv4 address is judged as that one.
 */
public final class AddressPolicy {

    /** Sources: RFC 6890 for the special ranges; the documentation of AWS and Alibaba Cloud for their metadata. */
    private static final List<AddressRange> DENIED = Stream
            .of("0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4", "100.100.100.200",
                    "::/128", "::1/128", "fe80::/10", "ff00::/8", "fd00:ec2::254")
            .map(AddressRange::parse).toList();

    /** NAT64 (RFC 6052), whose last four bytes are an IPv4 address, and 6to4 (RFC 3056), which has it from the third on. */
    private static final AddressRange NAT64 = AddressRange.parse("64:ff9b::/96");
    private static final AddressRange SIX_TO_FOUR = AddressRange.parse("2002::/16");
    private static final AddressRange COMPATIBLE = AddressRange.parse("::/96");

    private final List<AddressRange> denied;
    private final List<AddressRange> allowed;

    /**
     * Makes a policy.
     *
     * @param denied ranges that are denied besides
     * @param allowed ranges that may be called although they are denied in themselves; what {@code denied} names stays so
     * @throws IllegalArgumentException if one is no range
     */
    public AddressPolicy(List<String> denied, List<String> allowed) {
        this.denied = denied.stream().map(AddressRange::parse).toList();
        this.allowed = allowed.stream().map(AddressRange::parse).toList();
    }

    /** Tells whether an address may be called. */
    public boolean permits(InetAddress address) {
        byte[] bytes = address.getAddress();
        return permits(bytes) && (bytes.length == 4 || permitsWhatIsWithin(bytes));
    }

    private boolean permits(byte[] address) {
        return !contains(denied, address) && (contains(allowed, address) || !contains(DENIED, address));
    }

    private boolean permitsWhatIsWithin(byte[] address) {
        if (contains(allowed, address)) {
            return true;
        }
        if (NAT64.contains(address) || COMPATIBLE.contains(address)) {
            return permits(Arrays.copyOfRange(address, 12, 16));
        }
        return !SIX_TO_FOUR.contains(address) || permits(Arrays.copyOfRange(address, 2, 6));
    }

    private static boolean contains(List<AddressRange> ranges, byte[] address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }
}
