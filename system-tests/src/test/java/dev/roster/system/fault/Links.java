package dev.roster.system.fault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The network between members: every pair has a {@link Gate} in each direction and a {@link Link} for the connections that each
 * opens.
 *
 * <p>Members tell each other where they are reached, so that all of them must know each by one address. That is its name, which
 * every process looks up in a file of its own ({@code jdk.net.hosts.file}): for the others it is an address of the loopback
 * network on which a link listens. Linux answers on all of them.
 */
final class Links implements AutoCloseable {

    private final Map<String, Integer> ports;
    private final Map<Direction, Gate> gates = new TreeMap<>();
    private final Map<Direction, Link> links = new TreeMap<>();

    /** What one member sends to another. */
    record Direction(String from, String to) implements Comparable<Direction> {
        @Override
        public int compareTo(Direction other) {
            int order = from.compareTo(other.from);
            return order == 0 ? to.compareTo(other.to) : order;
        }
    }

    /**
     * Opens all links.
     *
     * @param ports on which each member listens on 127.0.0.1
     */
    Links(Map<String, Integer> ports) throws IOException {
        this.ports = new TreeMap<>(ports);
        List<String> ids = List.copyOf(this.ports.keySet());
        for (Direction direction : directions()) {
            gates.put(direction, new Gate());
        }
        for (Direction direction : directions()) {
            int port = ports.getOrDefault(direction.to, 0);
            byte[] address = {127, 1, (byte) (1 + ids.indexOf(direction.from)), (byte) (1 + ids.indexOf(direction.to))};
            links.put(direction, new Link(new InetSocketAddress(InetAddress.getByAddress(address), port),
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port), gate(direction),
                    gate(new Direction(direction.to, direction.from))));
        }
    }

    private List<Direction> directions() {
        List<Direction> directions = new ArrayList<>();
        for (String from : ports.keySet()) {
            ports.keySet().stream().filter(to -> !to.equals(from))
                    .forEach(to -> directions.add(new Direction(from, to)));
        }
        return directions;
    }

    private Gate gate(Direction direction) {
        Gate gate = gates.get(direction);
        if (gate == null) {
            throw new IllegalArgumentException("no members: " + direction);
        }
        return gate;
    }

    /** Writes the file in which a member finds the others. */
    void writeHosts(String id, Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("127.0.0.1 localhost " + id);
        links.forEach((direction, link) -> {
            if (direction.from.equals(id)) {
                lines.add(link.address().getHostAddress() + " " + direction.to);
            }
        });
        Files.write(file, lines);
    }

    /** Lets nothing pass from one member to another. */
    void cut(String from, String to) {
        gate(new Direction(from, to)).shut();
    }

    /** Cuts one member off from all others, in both directions. */
    void isolate(String id) {
        gates.forEach((direction, gate) -> {
            if (direction.from.equals(id) || direction.to.equals(id)) {
                gate.shut();
            }
        });
    }

    /** Delays all that one member sends and is sent. */
    void slow(String id, Duration by) {
        gates.forEach((direction, gate) -> {
            if (direction.from.equals(id) || direction.to.equals(id)) {
                gate.slow(by);
            }
        });
    }

    /**
     * Lets all pass again.
     *
     * @param lose whether what was held back is lost with its connections; otherwise it arrives now
     */
    void heal(boolean lose) {
        if (lose) {
            links.values().forEach(Link::breakConnections);
        }
        gates.values().forEach(Gate::open);
    }

    @Override
    public void close() throws IOException {
        gates.values().forEach(Gate::open);
        for (Link link : links.values()) {
            link.close();
        }
    }
}
