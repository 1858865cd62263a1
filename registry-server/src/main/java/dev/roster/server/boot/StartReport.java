package dev.roster.server.boot;

import dev.roster.server.security.FirstAdmin.Settled;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says, in one block and once, where the server listens, where its data is, and how to sign in: as soon as it listens and
 * it is known who the first admin is. May be used by any thread.
 */
final class StartReport {
    private static final Logger log = LoggerFactory.getLogger("roster.start");

    private final DataDirectory data;
    private @Nullable String url;
    private @Nullable String signIn;
    private boolean printed;

    StartReport(DataDirectory data) {
        this.data = data;
    }

    /** Notes that the server listens. */
    synchronized void listening(String atUrl) {
        url = atUrl;
        if (signIn == null) {
            log.info("Listening on {}, not ready yet: waiting for the store and its first admin", atUrl);
        }
        print();
    }

    /** Notes who the first admin is. */
    synchronized void settled(Settled settled) {
        signIn = switch (settled) {
            case Settled.Created created -> "admin, password " + created.password()
                    + " (shown this once; also in " + created.file() + ", for its owner only)";
            case Settled.Present present -> present.file()
                    .map(file -> "admin, password in " + file + " (change it, then delete the file)")
                    .orElse("with a user or token of this cluster");
        };
        print();
    }

    /** Notes that security is switched off. */
    synchronized void open() {
        signIn = "not needed: security is off, everybody on this machine is an admin";
        print();
    }

    private void print() {
        if (printed || url == null || signIn == null) {
            return;
        }
        printed = true;
        log.info("""
                Roster is ready

                    URL      {}
                    Data     {}
                    Sign in  {}
                """, url, data.path(), signIn);
    }
}
