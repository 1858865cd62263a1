package dev.roster.server.config.gray;

/**
 * Tells which hundredth of all instances one is in. Written out, because every member has to compute the same, for ever; the
 * greater a percentage, the more buckets it holds, so that whoever was in stays in.
 */
final class Bucket {

    private static final int BUCKETS = 100;

    /** Offset basis and prime of FNV-1a with 64 bits (RFC 9923). */
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private Bucket() {}

    /** Returns 0 to 99. */
    static int of(String salt, String instance) {
        String text = salt + '#' + instance;
        long hash = FNV_OFFSET;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        // The last characters of FNV reach the upper bits hardly: mix as SplittableRandom does.
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return (int) Long.remainderUnsigned(hash ^ (hash >>> 31), BUCKETS);
    }
}
