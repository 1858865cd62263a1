package dev.roster.server.boot;

import dev.roster.api.config.MasterKeyRotation;
import dev.roster.api.config.SecretKeys;
import dev.roster.api.config.SecretRotation;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** Shows and replaces the keys that protect secrets of a running server. */
final class SecretsCommand {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String ROTATE_MASTER = "rotate-master";

    private final ServerConnection server;

    SecretsCommand(Map<String, String> options) {
        this.server = new ServerConnection(options);
    }

    /** Tells whether these words are an action of the command. */
    static boolean isAction(List<String> words) {
        return words.equals(List.of(ROTATE_MASTER))
                || (words.size() == 2 && List.of("keys", "rotate").contains(words.getFirst()));
    }

    /** Returns what to say when it is done. */
    String run(List<String> words) throws IOException, OperatorCommand.Refused {
        if (words.getFirst().equals(ROTATE_MASTER)) {
            return rotateMaster();
        }
        String path = "/api/v1/namespaces/" + URLEncoder.encode(words.getLast(), StandardCharsets.UTF_8)
                + "/secret-keys";
        try (InputStream answer = words.getFirst().equals("rotate")
                ? server.call("POST", path + "/rotation", "")
                : server.get(path)) {
            return describe(JSON.readValue(answer.readAllBytes(), SecretKeys.class));
        }
    }

    private String rotateMaster() throws IOException, OperatorCommand.Refused {
        int rewrapped = 0;
        MasterKeyRotation last;
        do {
            try (InputStream answer = server.call("POST", "/api/v1/secret-master-key/rotation", "")) {
                last = JSON.readValue(answer.readAllBytes(), MasterKeyRotation.class);
            }
            rewrapped += last.rewrapped();
        } while (last.remaining() > 0 && last.rewrapped() > 0);
        if (last.remaining() > 0) {
            throw new OperatorCommand.Refused(last.remaining()
                    + " data keys are still wrapped by another master key: others change them at the same time. Try again.");
        }
        return "Master key %s wraps all data keys; %d were wrapped anew.".formatted(last.masterKey(), rewrapped);
    }

    private static String describe(SecretKeys keys) {
        String current = keys.current();
        if (current == null) {
            return "Namespace " + keys.namespace() + " has no secret, and so no data key.";
        }
        String table = keys.keys().stream()
                .map(key -> "%-18s %-9s by %-16s master key %-18s %s".formatted(key.id(),
                        key.id().equals(current) ? "encrypts" : "decrypts", key.createdBy(), key.masterKey(),
                        key.usable() ? "" : "cannot be unwrapped on this member").stripTrailing())
                .collect(Collectors.joining("\n"));
        SecretRotation rotation = keys.rotation();
        if (rotation == null) {
            return table;
        }
        return table + "\n"
                + "Re-encryption by %s: %d documents checked, %d encrypted anew, %d unreadable; %s".formatted(
                        rotation.key(), rotation.checked(), rotation.reencrypted(), rotation.unreadable(),
                        rotation.finishedAt() == null ? "goes on" : "finished at " + rotation.finishedAt());
    }
}
