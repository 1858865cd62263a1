package dev.roster.server.boot;

import dev.roster.api.cluster.ClusterStatus;
import dev.roster.api.cluster.MemberRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** Shows who takes part in the cluster of a running server, and changes it. */
final class MembersCommand {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String MEMBERS = "/api/v1/cluster/members";

    private final ServerConnection server;

    MembersCommand(Map<String, String> options) {
        this.server = new ServerConnection(options);
    }

    /** Tells whether these words are an action of the command. */
    static boolean isAction(List<String> words) {
        return words.isEmpty()
                || (words.size() == 2 && List.of("add", "promote", "remove", "lead").contains(words.getFirst()));
    }

    /** Returns what the members are then. */
    String run(List<String> words) throws IOException, OperatorCommand.Refused {
        try (InputStream answer = words.isEmpty()
                ? server.get("/api/v1/cluster")
                : change(words.getFirst(), words.getLast())) {
            return table(JSON.readValue(answer.readAllBytes(), ClusterStatus.class));
        }
    }

    private InputStream change(String action, String member) throws IOException, OperatorCommand.Refused {
        return switch (action) {
            case "add" -> server.call("POST", MEMBERS, JSON.writeValueAsString(new MemberRequest(member)));
            case "promote" -> server.call("POST", MEMBERS + "/" + member + "/promote", "");
            case "remove" -> server.call("DELETE", MEMBERS + "/" + member, "");
            default ->
                server.call("PUT", "/api/v1/cluster/leader", JSON.writeValueAsString(new MemberRequest(member)));
        };
    }

    private static String table(ClusterStatus status) {
        return status.members().stream().map(member -> "%-16s %-24s %-8s %s".formatted(member.id(),
                member.address() == null ? "-" : member.address(),
                member.id().equals(status.leader()) ? "leader" : member.voter() ? "voter" : "learner",
                member.reachable() ? "" : "not reachable").stripTrailing()).collect(Collectors.joining("\n"));
    }
}
