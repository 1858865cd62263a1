package dev.roster.server.coordination;

import dev.roster.server.store.KeyValue;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Value;
import dev.roster.server.store.ValueReader;
import dev.roster.server.store.ValueWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The claims of one name at one revision.
 *
 * <p>They are in the order of the revisions that created them. Those at the head that fit into the limit hold; the first that does
 * not fit, and all behind it, wait, so that one who wants many permits is not overtaken for ever. Claims only leave in front of
 * others, so a claim that holds does so until it ends.
 *
 * @param target what is claimed
 * @param revision the store revision that this shows
 * @param limit how many permits there are in all; null says that it is a semaphore that nobody has made yet
 * @param claims in their order
 */
public record ClaimLine(ClaimTarget target, long revision, @Nullable Integer limit, List<StandingClaim> claims) {
    private static final int DEFINITION_VERSION = 1;

    public ClaimLine {
        claims = List.copyOf(claims);
    }

    static ClaimLine read(ReadView view, ClaimTarget target) {
        List<StandingClaim> claims = view.read(CoordinationKeys.claims(target), Integer.MAX_VALUE).keys().stream()
                .map(StandingClaim::read).sorted(Comparator.comparingLong(StandingClaim::created)).toList();
        return new ClaimLine(target, view.revision().value(), limit(view, target), claims);
    }

    private static @Nullable Integer limit(ReadView view, ClaimTarget target) {
        if (target.kind().isExclusive()) {
            return 1;
        }
        return view.find(CoordinationKeys.definition(target)).map(ClaimLine::readLimit).orElse(null);
    }

    static int readLimit(KeyValue definition) {
        ValueReader reader = new ValueReader(definition.value(), DEFINITION_VERSION);
        int limit = (int) reader.number("limit");
        reader.end();
        return limit;
    }

    static Value writeLimit(int limit) {
        return new ValueWriter(DEFINITION_VERSION).number(limit).toValue();
    }

    /** Returns how many claims hold: those at the head. */
    public int holding() {
        int most = limit == null ? 0 : limit;
        int taken = 0;
        for (int i = 0; i < claims.size(); i++) {
            taken += claims.get(i).permits();
            if (taken > most) {
                return i;
            }
        }
        return claims.size();
    }

    /** Returns how many permits are held. */
    public int taken() {
        return claims.stream().limit(holding()).mapToInt(StandingClaim::permits).sum();
    }

    /** Returns a claim, if it stands. */
    public Optional<StandingClaim> find(ClaimId id) {
        return claims.stream().filter(claim -> claim.id().equals(id)).findFirst();
    }

    /** Returns the place of a claim among all, from 0; -1 if it does not stand. */
    int indexOf(ClaimId id) {
        for (int i = 0; i < claims.size(); i++) {
            if (claims.get(i).id().equals(id)) {
                return i;
            }
        }
        return -1;
    }

    /** Tells whether a claim holds. */
    public boolean isHeld(ClaimId id) {
        int index = indexOf(id);
        return index >= 0 && index < holding();
    }

    /** Tells whether a claim that comes last would hold at once. */
    boolean fits(int permits, int most) {
        return holding() == claims.size() && taken() + permits <= most;
    }
}
