package dev.roster.server.boot;

import java.io.IOException;
import java.util.List;

/** Asks DNS for SRV records (RFC 2782). */
@FunctionalInterface
interface SrvLookup {

    /**
     * A record, without priority and weight, which say nothing of members.
     *
     * @param target host, with a dot at its end or without
     * @param port 0 to 65535
     */
    record Srv(String target, int port) {}

    /**
     * Asks once.
     *
     * @return the records in no order; none if the name has none
     * @throws IOException if no server has answered, or not in a usable way
     */
    List<Srv> find(String name) throws IOException;
}
