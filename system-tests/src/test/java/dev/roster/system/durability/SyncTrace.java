package dev.roster.system.durability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The syncs of one process, as strace writes them: thread, time in seconds, call with the path of its file, result. */
final class SyncTrace {

    private static final Pattern LINE = Pattern.compile("(?<thread>\\d+) +(?<time>\\d+\\.\\d+) (?<call>.*)");
    private static final Pattern LOG_FILE = Pattern.compile("f(data)?sync\\(\\d+<[^>]*/raft/[^>/]*\\.log>.*");

    private final Path file;

    SyncTrace(Path file) {
        this.file = file;
    }

    /** Returns the program that traces, to be put before the command that is traced. */
    String[] command() {
        return new String[]{"strace", "-f", "-qq", "--seccomp-bpf", "-ttt", "-y", "-e", "trace=fsync,fdatasync", "-o",
                file.toString()};
    }

    /** Returns when syncs of the Raft log ended (or, when strace saw beginning and end in one go, began). */
    List<Instant> logSyncs() throws IOException {
        List<Instant> ends = new ArrayList<>();
        Set<String> underWay = new HashSet<>();
        for (String line : Files.readAllLines(file)) {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                continue;
            }
            String call = matcher.group("call");
            String thread = matcher.group("thread");
            boolean log = LOG_FILE.matcher(call).matches();
            if (log && call.endsWith("<unfinished ...>")) {
                underWay.add(thread);
            } else if (call.endsWith("= 0") && (log || (call.contains("resumed>") && underWay.remove(thread)))) {
                ends.add(time(matcher.group("time")));
            }
        }
        return ends;
    }

    private static Instant time(String seconds) {
        int dot = seconds.indexOf('.');
        return Instant.ofEpochSecond(Long.parseLong(seconds.substring(0, dot)),
                Long.parseLong((seconds.substring(dot + 1) + "000000000").substring(0, 9)));
    }
}
