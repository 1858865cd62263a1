package dev.roster.server.config.transfer;

import dev.roster.server.config.transfer.ImportRun.Phase;
import dev.roster.server.security.Caller;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.Role;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The imports of this member: one at a time, because each may hold {@value ImportLimits#MAX_UNPACKED_BYTES} bytes, and how far the
 * last {@value #MAX_RUNS} have come. In memory, by whoever makes them known by a name. May be used by any thread.
 */
public final class ImportRuns {

    /** How many are remembered. */
    static final int MAX_RUNS = 100;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final InstantSource clock;
    private final Semaphore turn = new Semaphore(1);
    private final Map<String, ImportRun> runs = new LinkedHashMap<>();

    /**
     * Begins with none.
     *
     * @param clock tells when something was so
     */
    public ImportRuns(InstantSource clock) {
        this.clock = clock;
    }

    /** Told how far an import has come. */
    public interface Progress {
        /** Notes what is being done. */
        void reached(Phase phase, int done, int total);
    }

    /**
     * Makes an import, unless one is under way.
     *
     * @param name what to call it, null if nobody will ask
     * @param work makes it
     * @throws ImportBusyException if one is under way
     */
    public ImportReport run(@Nullable String name, Function<Progress, ImportReport> work) {
        if (name != null && !NAME.matcher(name).matches()) {
            throw new InvalidArgumentException("id", name,
                    "1 to 64 letters, digits, dots, hyphens and underscores, beginning with a letter or a digit");
        }
        if (!turn.tryAcquire()) {
            throw new ImportBusyException();
        }
        Progress progress = (phase, done, total) -> note(name, phase, done, total, null);
        try {
            progress.reached(Phase.READING, 0, 0);
            ImportReport report = work.apply(progress);
            progress.reached(Phase.DONE, report.items().size(), report.items().size());
            return report;
        } catch (RuntimeException e) {
            // Whatever it is goes on to the caller; here it is only told to whoever asks meanwhile.
            note(name, Phase.FAILED, 0, 0, e.getMessage());
            throw e;
        } finally {
            turn.release();
        }
    }

    /**
     * Tells how far an import has come.
     *
     * @throws ImportNotFoundException if this member knows none of that name
     */
    public ImportRun get(Caller caller, String name) {
        caller.require(Role.READER);
        synchronized (runs) {
            ImportRun run = runs.get(name);
            if (run == null) {
                throw new ImportNotFoundException(name);
            }
            return run;
        }
    }

    private void note(@Nullable String name, Phase phase, int done, int total, @Nullable String problem) {
        if (name == null) {
            return;
        }
        synchronized (runs) {
            runs.remove(name);
            runs.put(name, new ImportRun(name, phase, done, total, clock.instant(), problem));
            if (runs.size() > MAX_RUNS) {
                runs.remove(runs.keySet().iterator().next());
            }
        }
    }
}
