package dev.roster.benchmarks.registry;

import java.util.List;

/** A registry of which one server is asked, while the others have nothing to do: as if each had a machine of its own. */
record FirstServer(Catalog all) implements Catalog {

    @Override
    public byte[] register(String service, String id) {
        return all.register(service, id);
    }

    @Override
    public byte[] renew(String service, String id) {
        return all.renew(service, id);
    }

    @Override
    public byte[] lookup(String service) {
        return all.lookup(service);
    }

    @Override
    public List<Integer> ports() {
        return all.ports().subList(0, 1);
    }

    @Override
    public List<ProcessHandle> servers() {
        return all.servers().subList(0, 1);
    }

    /** Leaves it to whoever has all of them. */
    @Override
    public void close() {}
}
