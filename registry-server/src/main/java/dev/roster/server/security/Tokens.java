package dev.roster.server.security;

import dev.roster.server.store.Compare;
import dev.roster.server.store.DeleteKeys;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.KeysRead;
import dev.roster.server.store.Operation;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Revision;
import dev.roster.server.store.Store;
import dev.roster.server.store.Txn;
import dev.roster.server.store.TxnResult;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The tokens. One is valid until it expires, is revoked, or its user is deleted; a user of the same name made later does
 * not bring it back. Since every member looks a token up in its own replica each time, a revocation holds on a member as
 * soon as the member has applied it. May be used by any thread; methods that change something wait for the store.
 */
public final class Tokens {

    /** Longest time to live. */
    static final Duration MAX_TTL = Duration.ofDays(366);

    /** Shortest time to live. */
    static final Duration MIN_TTL = Duration.ofMinutes(1);

    /** Time to live of a token for which none is asked: a working day. */
    static final Duration DEFAULT_TTL = Duration.ofHours(12);

    /** Most tokens of one user, so that a program that makes one for every request is noticed. */
    static final int MAX_PER_USER = 1000;

    private static final int MAX_DESCRIPTION_CHARACTERS = 200;
    private static final int READ_AT_ONCE = 500;

    /** Expired tokens that the making of a new one clears away: more than one, so that they become fewer. */
    private static final int SWEPT_AT_ONCE = 16;

    private final Store store;
    private final SecureRandom random;
    private final InstantSource clock;

    public Tokens(Store store, SecureRandom random, InstantSource clock) {
        this.store = store;
        this.random = random;
        this.clock = clock;
    }

    /**
     * A new token with its secret, which is nowhere else.
     *
     * @param secret what its holder shows
     * @param token everything else
     * @param revision store revision of the change
     */
    public record Issued(String secret, Token token, long revision) {
        @Override
        public String toString() {
            return "Issued[secret=***, token=" + token + "]";
        }
    }

    /**
     * Makes a token of the caller.
     *
     * @param description what it is for, 1 to 200 characters without control characters
     * @param role at most the caller's; null means the caller's
     * @param ttl 1 min to 366 days; null means 12 hours
     */
    public Issued issue(Caller caller, @Nullable String description, @Nullable Role role, @Nullable Duration ttl) {
        return issue(caller, description, role, ttl, SecretsRight.NONE);
    }

    /**
     * Makes a token of the caller that may read secrets.
     *
     * @param secrets of which namespaces; the caller must have that right, or be an admin
     */
    public Issued issue(Caller caller, @Nullable String description, @Nullable Role role, @Nullable Duration ttl,
            SecretsRight secrets) {
        if (!caller.secrets().includes(secrets) && caller.role() != Role.ADMIN) {
            throw ForbiddenException.ofSecrets(caller.role(),
                    secrets.everywhere() ? "all namespaces" : secrets.namespaces().size() + " namespaces");
        }
        if (caller.means() == Caller.Means.NONE) {
            throw new AccessConflictException("security is switched off, so nobody needs a token");
        }
        Role granted = Objects.requireNonNullElse(role, caller.role());
        caller.require(granted);
        String checked = checkDescription(description);
        Instant now = clock.instant();
        Instant end = now.plus(checkTtl(ttl));
        UserName user = new UserName(caller.name());
        TokenSecret secret = TokenSecret.random(random);
        Token token = new Token(secret.id(), user, granted, checked, now, end, secrets);
        List<Operation> operations = new ArrayList<>(sweep(user, now));
        operations.add(StoredToken.put(secret, token));
        TxnResult result = Outcome.await(store.commit(
                new Txn(List.of(Compare.exists(StoredUser.key(user)), notYetThere(secret)), operations, List.of())));
        if (!result.succeeded()) {
            throw new AccessConflictException("user " + user + " has been deleted");
        }
        return new Issued(secret.text(), token, result.revision().value());
    }

    /**
     * Lists tokens in the order of their ids: all of them for an admin, the caller's own for others.
     *
     * @param limit most tokens wanted, 1 or more
     * @param from where to begin, null for the first part
     */
    public Slice<Token> list(Caller caller, int limit, @Nullable Position from) {
        ReadView view = from == null ? store.view() : store.viewAt(new Revision(from.revision()));
        KeyRange range = from == null ? StoredToken.ALL : StoredToken.after(new TokenId(from.after()));
        Instant now = clock.instant();
        List<Token> found = new ArrayList<>();
        scan(view, range, stored -> {
            if (!stored.isExpired(now) && isFor(caller, stored.token())) {
                found.add(stored.token());
            }
            return found.size() <= limit;
        });
        boolean more = found.size() > limit;
        List<Token> items = more ? found.subList(0, limit) : found;
        return new Slice<>(view.revision().value(), items, more ? items.getLast().id().value() : null);
    }

    /**
     * Revokes a token of the caller, or any if the caller is an admin. A caller that uses a token can revoke that one, and no
     * other that may do more.
     *
     * @return store revision of the change
     */
    public long revoke(Caller caller, TokenId id) {
        StoredToken stored = findById(Outcome.await(store.linearizableView()), id)
                .filter(found -> isFor(caller, found.token())).orElseThrow(() -> new TokenNotFoundException(id));
        if (caller.means() == Caller.Means.TOKEN && !id.equals(caller.token())) {
            caller.require(stored.token().role());
        }
        TxnResult result = Outcome.await(store
                .commit(Txn.when(List.of(Compare.exists(stored.key())), new DeleteKeys(stored.key()))));
        if (!result.succeeded()) {
            throw new TokenNotFoundException(id);
        }
        return result.revision().value();
    }

    /** Returns the caller that a token stands for in a view, empty if it is not valid in it. */
    Optional<Caller> findCaller(ReadView view, TokenSecret secret, String address) {
        Optional<StoredToken> stored = view.find(secret.key()).map(StoredToken::of)
                .filter(found -> !found.isExpired(clock.instant()));
        return stored.flatMap(found -> StoredUser.find(view, found.token().user())
                .filter(user -> found.created().isAfter(user.created()))
                .map(user -> caller(found.token(), user.user(), address)));
    }

    /** Returns operations that delete the tokens of a user. */
    static List<Operation> deletionsOf(ReadView view, UserName user, int limit) {
        List<Operation> deletions = new ArrayList<>();
        scan(view, StoredToken.ALL, stored -> {
            if (stored.token().user().equals(user)) {
                deletions.add(new DeleteKeys(stored.key()));
            }
            return deletions.size() < limit;
        });
        return deletions;
    }

    private static Caller caller(Token token, User user, String address) {
        Role role = user.role().includes(token.role()) ? token.role() : user.role();
        return new Caller(user.name().value(), role, Caller.Means.TOKEN, address, token.id(),
                token.secrets().within(user.givesSecrets()));
    }

    private static boolean isFor(Caller caller, Token token) {
        return caller.role() == Role.ADMIN || token.user().value().equals(caller.name());
    }

    private static Optional<StoredToken> findById(ReadView view, TokenId id) {
        return view.read(StoredToken.withId(id), 1).keys().stream().map(StoredToken::of).findFirst();
    }

    /** An id has 64 bits, of which the key is the beginning: that two are equal is unlikely, but would confuse revocation. */
    private static Compare notYetThere(TokenSecret secret) {
        return new Compare(StoredToken.withId(secret.id()), Compare.Field.VERSION, Compare.Relation.EQUAL, 0, null);
    }

    /** Returns deletions of some expired tokens, and refuses when the user has too many that are not. */
    private List<Operation> sweep(UserName user, Instant now) {
        List<Operation> deletions = new ArrayList<>();
        int[] own = {0};
        scan(store.view(), StoredToken.ALL, stored -> {
            if (stored.isExpired(now)) {
                if (deletions.size() < SWEPT_AT_ONCE) {
                    deletions.add(new DeleteKeys(stored.key()));
                }
            } else if (stored.token().user().equals(user)) {
                own[0]++;
            }
            return true;
        });
        if (own[0] >= MAX_PER_USER) {
            throw new AccessConflictException(
                    "user " + user + " has " + own[0] + " tokens; revoke some, the most is " + MAX_PER_USER);
        }
        return deletions;
    }

    private static void scan(ReadView view, KeyRange all, Predicate<StoredToken> goOn) {
        KeyRange range = all;
        while (true) {
            KeysRead read = view.read(range, READ_AT_ONCE);
            for (KeyValue entry : read.keys()) {
                if (!goOn.test(StoredToken.of(entry))) {
                    return;
                }
            }
            if (!read.more()) {
                return;
            }
            range = StoredToken.after(StoredToken.of(read.keys().getLast()).token().id());
        }
    }

    private static String checkDescription(@Nullable String description) {
        if (description == null || description.isBlank() || description.length() > MAX_DESCRIPTION_CHARACTERS
                || description.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidArgumentException("description", description,
                    "1 to " + MAX_DESCRIPTION_CHARACTERS + " characters, none of them control characters");
        }
        return description;
    }

    private static Duration checkTtl(@Nullable Duration ttl) {
        Duration checked = Objects.requireNonNullElse(ttl, DEFAULT_TTL);
        if (checked.compareTo(MIN_TTL) < 0 || checked.compareTo(MAX_TTL) > 0) {
            throw new InvalidArgumentException("ttl", ttl, "1 min (PT1M) to 366 days (P366D)");
        }
        return checked;
    }
}
