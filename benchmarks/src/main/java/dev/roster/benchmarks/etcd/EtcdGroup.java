package dev.roster.benchmarks.etcd;

import dev.roster.benchmarks.measure.Ports;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Members of etcd as Debian has it ({@code etcd-server}), with its own defaults: each write is synced. */
public final class EtcdGroup implements AutoCloseable {

    private final List<ProcessBuilder> commands = new ArrayList<>();
    private final List<Process> members = new ArrayList<>();
    private final Path directory;
    private final List<Integer> clientPorts;

    private EtcdGroup(Path directory, List<Integer> clientPorts) {
        this.directory = directory;
        this.clientPorts = clientPorts;
    }

    /** Starts members with fresh data below a directory, and waits until they listen. */
    public static EtcdGroup start(Path directory, int size) throws IOException {
        List<Integer> clients = IntStream.range(0, size).map(i -> Ports.free()).boxed().toList();
        List<Integer> peers = IntStream.range(0, size).map(i -> Ports.free()).boxed().toList();
        String cluster = IntStream.range(0, size).mapToObj(i -> "e" + i + "=http://127.0.0.1:" + peers.get(i))
                .collect(Collectors.joining(","));
        EtcdGroup group = new EtcdGroup(directory, clients);
        for (int i = 0; i < size; i++) {
            String client = "http://127.0.0.1:" + clients.get(i);
            String peer = "http://127.0.0.1:" + peers.get(i);
            Path home = Files.createDirectories(directory.resolve("etcd-" + size + "-" + i));
            group.commands.add(new ProcessBuilder("etcd", "--name", "e" + i, "--data-dir", home.toString(),
                    "--listen-client-urls", client, "--advertise-client-urls", client, "--listen-peer-urls", peer,
                    "--initial-advertise-peer-urls", peer, "--initial-cluster", cluster, "--log-level", "error")
                    .redirectErrorStream(true).redirectOutput(Redirect.to(home.resolve("log").toFile())));
        }
        group.start();
        return group;
    }

    private void start() throws IOException {
        for (ProcessBuilder command : commands) {
            members.add(command.start());
        }
        clientPorts.forEach(Ports::awaitListener);
    }

    /** Kills all members and starts them again, with their data and ports. */
    public void restart() throws IOException {
        close();
        start();
    }

    /** Returns where the first member keeps its data. */
    public Path directory() {
        return directory.resolve("etcd-" + commands.size() + "-0");
    }

    /** Returns the first member. */
    public ProcessHandle process() {
        return members.getFirst().toHandle();
    }

    /** Returns all members. */
    public List<ProcessHandle> processes() {
        return members.stream().map(Process::toHandle).toList();
    }

    /** Returns where clients reach the members. */
    public List<Integer> clientPorts() {
        return clientPorts;
    }

    @Override
    public void close() {
        members.forEach(member -> member.destroyForcibly().onExit().join());
        members.clear();
    }
}
