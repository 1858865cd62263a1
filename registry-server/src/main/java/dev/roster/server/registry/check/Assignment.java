package dev.roster.server.registry.check;

import dev.roster.server.registry.InstanceKey;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/**
 * Who judges which instance, by rendezvous hashing: of all members the one whose hash together with the instance is the
 * greatest. The hash is written out because every member has to compute the same.
 *
 * @param members names of those who judge
 */
record Assignment(Set<String> members) {

    /** Offset basis and prime of FNV-1a with 64 bits (RFC 9923). */
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    Assignment {
        members = Set.copyOf(members);
    }

    /** Tells whether a member judges an instance. */
    boolean isOf(String member, InstanceKey instance) {
        return judge(instance).filter(member::equals).isPresent();
    }

    /** Returns who judges an instance, empty if there is nobody. */
    Optional<String> judge(InstanceKey instance) {
        String text = instance.toString();
        return members.stream()
                .max(Comparator.comparingLong((String member) -> hash(member, text)).thenComparing(member -> member));
    }

    private static long hash(String member, String instance) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < member.length(); i++) {
            hash = (hash ^ member.charAt(i)) * FNV_PRIME;
        }
        hash *= FNV_PRIME;
        for (int i = 0; i < instance.length(); i++) {
            hash = (hash ^ instance.charAt(i)) * FNV_PRIME;
        }
        // The last characters of FNV reach the upper bits hardly: mix as SplittableRandom does.
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return hash ^ (hash >>> 31);
    }
}
