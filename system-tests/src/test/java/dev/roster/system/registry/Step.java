package dev.roster.system.registry;

import org.jspecify.annotations.Nullable;

/**
 * A state that an instance came to.
 *
 * @param revision at which it did, 0 if that is not known
 * @param registration number of the registration that it is by, 0 when it is gone
 * @param status as the API writes it, null when it is gone
 * @param weight that counts, 0 when it is gone
 */
record Step(long revision, int registration, @Nullable String status, int weight) {

    static Step gone(long revision) {
        return new Step(revision, 0, null, 0);
    }

    Step at(long known) {
        return new Step(known, registration, status, weight);
    }

    @Override
    public String toString() {
        String what = status == null
                ? "gone"
                : "registration %d %s of weight %d".formatted(registration, status, weight);
        return what + " at revision " + revision;
    }
}
