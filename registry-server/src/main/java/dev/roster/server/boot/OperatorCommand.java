package dev.roster.server.boot;

import dev.roster.server.cluster.UnusableBackupException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the server's jar does besides serving, for {@code bin/roster} and for machines without it:
 *
 * <pre>
 * backup FILE [--url=…] [--user=… --password-file=… | --token-file=…] [--overwrite=true]
 * restore FILE [--roster.data-dir=…]
 * config export|import FOLDER|FILE [--url=…] [--namespace=…] [--conflict=…] [--preview=true] …
 * members [add NAME | promote NAME | remove NAME | lead NAME] [--url=…] [--user=… --password-file=… | --token-file=…]
 * join-token [FILE]
 * master-key [FILE]
 * secrets keys NAMESPACE | secrets rotate NAMESPACE | secrets rotate-master [--url=…] [--user=… …]
 * audit verify [FILE | --url=… --user=… …]
 * </pre>
 *
 * Exit code 0 when it is done, 1 when it can't be, 2 when it is not understood; why, and what to do, is on the error stream.
 */
final class OperatorCommand {
    private static final String BACKUP = "backup";
    private static final String RESTORE = "restore";
    private static final String MEMBERS = "members";
    private static final String JOIN_TOKEN = "join-token";
    private static final String MASTER_KEY = "master-key";
    private static final String SECRETS = "secrets";
    private static final String AUDIT = "audit";
    private static final String CONFIG = "config";
    private static final Map<String, List<String>> OPTIONS = Map.of(BACKUP,
            List.of("url", "user", "password-file", "token-file", "overwrite"), RESTORE, List.of("roster.data-dir"),
            MEMBERS, ServerConnection.OPTIONS, JOIN_TOKEN, List.of(), MASTER_KEY, List.of(), SECRETS,
            ServerConnection.OPTIONS, AUDIT, ServerConnection.OPTIONS, CONFIG, ConfigCommand.OPTIONS);

    private final PrintStream out;
    private final PrintStream err;

    /** Something that can't be done, with what to do about it. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    OperatorCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Tells whether these arguments name a command, and are not settings of the server. */
    static boolean isNamedBy(String[] args) {
        return args.length > 0 && OPTIONS.containsKey(args[0]);
    }

    /** Runs the command; returns the exit code. */
    int run(String[] args) {
        String command = args[0];
        Map<String, String> options = new HashMap<>();
        List<String> words = new ArrayList<>();
        for (int i = 1; i < args.length; i++) {
            int equals = args[i].indexOf('=');
            if (!args[i].startsWith("--")) {
                words.add(args[i]);
            } else if (equals > 0 && OPTIONS.getOrDefault(command, List.of()).contains(args[i].substring(2, equals))) {
                options.put(args[i].substring(2, equals), args[i].substring(equals + 1));
            } else {
                return misunderstood(command, "does not know '" + args[i] + "'");
            }
        }
        if (words.isEmpty() && command.equals(JOIN_TOKEN)) {
            words.add(JoinTokenCommand.DEFAULT_FILE);
        }
        if (words.isEmpty() && command.equals(MASTER_KEY)) {
            words.add(MasterKeyCommand.DEFAULT_FILE);
        }
        String wanted = wanted(command, words);
        if (wanted != null) {
            return misunderstood(command, "wants " + wanted);
        }
        try {
            out.println(switch (command) {
                case BACKUP -> new BackupCommand(options).run(Path.of(words.getFirst()));
                case RESTORE -> new RestoreCommand(Path.of(options.getOrDefault("roster.data-dir", "data")))
                        .run(Path.of(words.getFirst()));
                case JOIN_TOKEN -> new JoinTokenCommand(new SecureRandom()).run(Path.of(words.getFirst()));
                case MASTER_KEY -> new MasterKeyCommand(new SecureRandom()).run(Path.of(words.getFirst()));
                case SECRETS -> new SecretsCommand(options).run(words);
                case AUDIT -> new AuditCommand(options).run(words);
                case CONFIG -> new ConfigCommand(options, err).run(words);
                default -> new MembersCommand(options).run(words);
            });
            return 0;
        } catch (Refused e) {
            err.println("roster: " + e.getMessage());
        } catch (UnusableBackupException e) {
            err.println("roster: " + e.getMessage() + " " + e.action());
        } catch (IOException e) {
            err.println("roster: " + e.getClass().getSimpleName() + ": " + e.getMessage());
        }
        return 1;
    }

    /** Returns what a command wants beside its options, null if it has that. */
    private static @Nullable String wanted(String command, List<String> words) {
        return switch (command) {
            case MEMBERS -> MembersCommand.isAction(words)
                    ? null
                    : "nothing, or add, promote, remove or lead with the name of a member";
            case SECRETS -> SecretsCommand.isAction(words)
                    ? null
                    : "keys or rotate with a namespace, or rotate-master";
            case CONFIG -> ConfigCommand.isAction(words) ? null : "export or import, and a folder or a file";
            case AUDIT -> AuditCommand.isAction(words) ? null : "verify, or verify with the file of a backup";
            default -> words.size() == 1 ? null : "one file";
        };
    }

    private int misunderstood(String command, String why) {
        err.println("roster: " + command + " " + why + "; its options are "
                + OPTIONS.getOrDefault(command, List.of()).stream().map(option -> "--" + option + "=…").toList());
        return 2;
    }
}
