package dev.roster.benchmarks.registry;

import java.util.List;

/** A registry that is asked by HTTP, in processes of its own. Requests are those that its Spring client makes. */
interface Catalog extends AutoCloseable {

    /** Returns the request that registers an instance for ten minutes. */
    byte[] register(String service, String id);

    /** Returns the request that keeps an instance alive. */
    byte[] renew(String service, String id);

    /** Returns the request for a service with its instances, in JSON. */
    byte[] lookup(String service);

    /** Returns where the servers listen, on this machine. */
    List<Integer> ports();

    /** Returns the processes of the servers. */
    List<ProcessHandle> servers();

    @Override
    void close();
}
