package dev.roster.server.boot;

import dev.roster.server.store.raft.MemberAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the members of a cluster in DNS. Each SRV record is a member: its target and port are where the others reach it, the
 * first label of the target is its name. While a cluster is being set up the records may come one by one; so it waits until
 * this member and as many as are expected are among them, and two look-ups in a row have found the same.
 */
final class MemberDiscovery {
    private static final Logger log = LoggerFactory.getLogger(MemberDiscovery.class);

    /** Between look-ups. */
    static final Duration PAUSE = Duration.ofSeconds(1);

    /** After which the start is refused; whoever supervises the process will try again. */
    static final Duration LIMIT = Duration.ofSeconds(60);

    /** More members than anybody runs: a list that is longer belongs to something else. */
    private static final int MAX_MEMBERS = 99;

    private final SrvLookup dns;
    private final LongSupplier nanoTime;
    private final Pause pause;

    /** Lets time pass. */
    @FunctionalInterface
    interface Pause {
        void sleep(Duration duration) throws InterruptedException;
    }

    /** Records that are no cluster, or not yet. */
    private static final class NotThere extends Exception {
        private static final long serialVersionUID = 1L;

        NotThere(String message) {
            super(message);
        }
    }

    MemberDiscovery(SrvLookup dns, LongSupplier nanoTime, Pause pause) {
        this.dns = dns;
        this.nanoTime = nanoTime;
        this.pause = pause;
    }

    /**
     * Waits for the members, at most {@link #LIMIT} and the time of one look-up.
     *
     * @param self name of this member
     * @param expected number of members, if it is known
     * @return all members, ordered by name
     * @throws StartRefusedException if they have not been found in time, or the thread is interrupted
     */
    List<MemberAddress> await(MemberSource source, String self, @Nullable Integer expected) {
        long deadline = nanoTime.getAsLong() + LIMIT.toNanos();
        List<MemberAddress> before = List.of();
        String problem = "";
        while (true) {
            String missing;
            try {
                List<MemberAddress> found = find(source, self, expected);
                if (found.equals(before)) {
                    return found;
                }
                before = found;
                missing = "the records still change, the last were " + found;
            } catch (IOException | NotThere e) {
                before = List.of();
                missing = String.valueOf(e.getMessage());
                if (!missing.equals(problem)) {
                    log.info("Waiting for the members in {}: {}", source, missing);
                }
            }
            problem = missing;
            if (nanoTime.getAsLong() - deadline >= 0) {
                throw refused(source, problem);
            }
            sleep(source, problem);
        }
    }

    private void sleep(MemberSource source, String problem) {
        try {
            pause.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused(source, problem);
        }
    }

    private static StartRefusedException refused(MemberSource source, String problem) {
        return new StartRefusedException(
                "The members could not be found in " + source + " (roster.cluster.members-from): " + problem + ".",
                "Make one SRV record for each member, whose target begins with the member's name"
                        + " (docs/operating/cluster.md), or list them in roster.cluster.members.");
    }

    private List<MemberAddress> find(MemberSource source, String self, @Nullable Integer expected)
            throws IOException, NotThere {
        List<SrvLookup.Srv> records = dns.find(source.name());
        if (records.size() > MAX_MEMBERS) {
            throw new NotThere("there are " + records.size() + " records, more than a cluster has members");
        }
        Map<String, MemberAddress> members = new TreeMap<>();
        for (SrvLookup.Srv one : records) {
            MemberAddress member = member(one);
            MemberAddress other = members.putIfAbsent(member.id(), member);
            if (other != null && !other.equals(member)) {
                throw new NotThere("two records are for a member " + member.id() + ": " + other + " and " + member);
            }
        }
        List<MemberAddress> found = new ArrayList<>(members.values());
        if (!members.containsKey(self)) {
            throw new NotThere("there is none for this member, " + self + " (roster.cluster.member), only " + found);
        }
        if (found.size() == 1) {
            throw new NotThere("there is none for any other member");
        }
        if (expected != null && found.size() != expected) {
            throw new NotThere("there are " + found.size() + " members, not the " + expected
                    + " of roster.cluster.expected-members: " + found);
        }
        return found;
    }

    private static MemberAddress member(SrvLookup.Srv found) throws NotThere {
        String target = found.target();
        String host = target.endsWith(".") ? target.substring(0, target.length() - 1) : target;
        try {
            return MemberAddress.valueOf(host.split("\\.", 2)[0] + "=" + host + ":" + found.port());
        } catch (IllegalArgumentException e) {
            throw new NotThere("the record with target " + target + " and port " + found.port()
                    + " names no member, whose name has 1 to 63 lower-case letters, digits and hyphens");
        }
    }
}
