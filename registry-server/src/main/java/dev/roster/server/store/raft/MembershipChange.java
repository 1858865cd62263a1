package dev.roster.server.store.raft;

import java.util.regex.Pattern;

/** One change of who takes part; one at a time (Raft dissertation §4.1). */
public sealed interface MembershipChange {

    /** Returns the member that it is about. */
    String member();

    /** Makes a member known that has no vote and takes the state from the leader. It may be started before or after. */
    record AddLearner(String member) implements MembershipChange {
        public AddLearner {
            checkName(member);
        }
    }

    /** Gives a vote to a learner that has caught up. */
    record Promote(String member) implements MembershipChange {
        public Promote {
            checkName(member);
        }
    }

    /** Takes a member out, with its vote. One that leads hands over first. */
    record Remove(String member) implements MembershipChange {
        public Remove {
            checkName(member);
        }
    }

    /** Makes a voter the leader. */
    record TransferLeadership(String member) implements MembershipChange {
        public TransferLeadership {
            checkName(member);
        }
    }

    private static void checkName(String member) {
        if (!Names.FORM.matcher(member).matches()) {
            throw new IllegalArgumentException(
                    "'" + member + "' is not the name of a member, expected 1 to 63 lower-case "
                            + "letters, digits and hyphens, beginning and ending with a letter or a digit");
        }
    }

    /** What names look like. */
    final class Names {
        private static final Pattern FORM = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

        private Names() {}
    }
}
