package dev.roster.benchmarks.registry;

import dev.roster.test.RosterCluster;
import dev.roster.test.RosterProcess;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Three members of Roster as users run them, without credentials as their rivals. */
final class RosterCatalog implements Catalog {

    private static final int MEMBERS = 3;
    private static final String SERVICES = "/api/v1/namespaces/default/services/";

    private final RosterCluster cluster = RosterCluster.start(MEMBERS,
            member -> member.untunedJvm().property("roster.security.enabled", "false"));

    @Override
    public byte[] register(String service, String id) {
        return HttpConnection.request("PUT", SERVICES + service + "/instances/" + id, """
                {"host":"10.0.0.1","port":8080,"ttl":"PT10M","zone":"zone-a","tags":["blue"],\
                "metadata":{"management.port":"8081"}}""");
    }

    @Override
    public byte[] renew(String service, String id) {
        return HttpConnection.request("PUT", SERVICES + service + "/instances/" + id + "/heartbeat", "");
    }

    /** Returns the request that keeps many instances alive. */
    byte[] renew(IntStream instances, Scale scale) {
        return HttpConnection.request("POST", "/api/v1/heartbeats",
                instances.mapToObj(i -> "{\"service\":\"%s\",\"id\":\"%s\"}".formatted(
                        Names.service(scale.serviceOf(i)), Names.instance(i)))
                        .collect(Collectors.joining(",", "{\"instances\":[", "]}")));
    }

    @Override
    public byte[] lookup(String service) {
        return HttpConnection.request("GET", SERVICES + service, null);
    }

    /** Returns a request that the handler answers itself, since it makes a condition, with what {@link #lookup} is answered. */
    byte[] lookupByHandler(String service) {
        return HttpConnection.request("GET", SERVICES + service, "Roster-Min-Revision: 1\r\n", null);
    }

    /** Returns the request that follows services. */
    byte[] watch(List<String> services) {
        return HttpConnection.request("POST", "/api/v1/watch", services.stream()
                .map("{\"name\":\"%s\"}"::formatted).collect(Collectors.joining(",", "{\"services\":[", "]}")));
    }

    @Override
    public List<Integer> ports() {
        return cluster.members().stream().map(member -> member.address().getPort()).toList();
    }

    @Override
    public List<ProcessHandle> servers() {
        return cluster.members().stream().map(RosterProcess::pid).map(pid -> ProcessHandle.of(pid).orElseThrow())
                .toList();
    }

    @Override
    public void close() {
        cluster.close();
    }
}
