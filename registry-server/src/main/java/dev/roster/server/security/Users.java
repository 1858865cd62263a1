package dev.roster.server.security;

import dev.roster.server.store.Compare;
import dev.roster.server.store.DeleteKeys;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.KeysRead;
import dev.roster.server.store.Operation;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Revision;
import dev.roster.server.store.Store;
import dev.roster.server.store.Txn;
import dev.roster.server.store.TxnResult;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The users. Changes are decided on a linearizable view and made only if what they were decided on still holds. There is
 * always an admin: a change that takes one away names another one as a witness, which must be unchanged when it is made. May
 * be used by any thread; methods wait for the store.
 */
public final class Users {

    /** How often a change is decided anew when others were faster; each time somebody else has made progress. */
    private static final int ATTEMPTS = 20;

    private static final KeyRange ALL = KeyRange.prefix(StoredUser.PREFIX);
    private static final int ADMINS_READ_AT_ONCE = 500;

    private final Store store;
    private final PasswordHasher hasher;
    private final InstantSource clock;

    public Users(Store store, PasswordHasher hasher, InstantSource clock) {
        this.store = store;
        this.hasher = hasher;
        this.clock = clock;
    }

    /**
     * A user that was made or changed.
     *
     * @param user as it is now
     * @param created whether it is new
     * @param revision store revision of the change
     */
    public record Change(User user, boolean created, long revision) {}

    /**
     * Lists users by name.
     *
     * @param limit most users wanted, 1 or more
     * @param from where to begin, null for the first part
     */
    public Slice<User> list(Caller caller, int limit, @Nullable Position from) {
        caller.require(Role.ADMIN);
        ReadView view = from == null ? store.view() : store.viewAt(new Revision(from.revision()));
        KeyRange range = from == null ? ALL : new KeyRange(Key.of(StoredUser.PREFIX + from.after() + '\0'), ALL.to());
        KeysRead read = view.read(range, limit);
        List<User> users = read.keys().stream().map(entry -> StoredUser.of(entry).user()).toList();
        return new Slice<>(view.revision().value(), users, read.more() ? users.getLast().name().value() : null);
    }

    /**
     * Makes or changes a user. Admins may do so with any; everybody may change the own password, unless by a token that may
     * do less than the user.
     *
     * @param role null keeps the present one; needed for a new user
     * @param password null keeps the present one; needed for a new user
     */
    public Change put(Caller caller, UserName name, @Nullable Role role, @Nullable String password) {
        return put(caller, name, role, password, null);
    }

    /**
     * Makes or changes a user, and says of which namespaces they may read the secrets of configuration.
     *
     * @param secrets null keeps what is; only admins may say so
     */
    public Change put(Caller caller, UserName name, @Nullable Role role, @Nullable String password,
            @Nullable SecretsRight secrets) {
        PasswordHash hash = password == null ? null : hasher.hash(password);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            ReadView view = Outcome.await(store.linearizableView());
            Optional<StoredUser> present = StoredUser.find(view, name);
            checkAccess(caller, name, role != null || secrets != null, present);
            AuditContext.note("user " + name, present.map(user -> state(user.user())).orElse("none"),
                    "role " + (role == null ? "as before" : role.label()) + ", secrets "
                            + (secrets == null ? "as before" : secrets) + (hash == null ? "" : ", new password"));
            Optional<Change> change = present.isPresent()
                    ? change(view, present.get(), role, hash, secrets)
                    : create(name, role, hash, Objects.requireNonNullElse(secrets, SecretsRight.NONE));
            if (change.isPresent()) {
                return change.get();
            }
        }
        throw overtaken(name);
    }

    /**
     * Deletes a user, whose tokens are worth nothing from then on.
     *
     * @return store revision of the change
     */
    public long delete(Caller caller, UserName name) {
        caller.require(Role.ADMIN);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            ReadView view = Outcome.await(store.linearizableView());
            StoredUser present = StoredUser.find(view, name).orElseThrow(() -> new UserNotFoundException(name));
            AuditContext.note("user " + name, state(present.user()), "none");
            List<Compare> compares = new ArrayList<>();
            compares.add(Compare.modifiedAt(StoredUser.key(name), present.modified()));
            if (present.user().role() == Role.ADMIN) {
                compares.add(witness(view, name));
            }
            List<Operation> operations = new ArrayList<>();
            operations.add(new DeleteKeys(StoredUser.key(name)));
            operations.addAll(Tokens.deletionsOf(view, name, Txn.MAX_OPERATIONS - 1));
            TxnResult result = Outcome.await(store.commit(new Txn(compares, operations, List.of())));
            if (result.succeeded()) {
                return result.revision().value();
            }
        }
        throw overtaken(name);
    }

    private static String state(User user) {
        return "role " + user.role().label() + ", secrets " + user.secrets();
    }

    private static void checkAccess(Caller caller, UserName name, boolean rights, Optional<StoredUser> present) {
        boolean own = !rights && present.isPresent() && caller.name().equals(name.value());
        caller.require(own ? present.get().user().role() : Role.ADMIN);
    }

    private Optional<Change> create(UserName name, @Nullable Role role, @Nullable PasswordHash hash,
            SecretsRight secrets) {
        if (role == null) {
            throw new InvalidArgumentException("role", null, "a role, since the user is new");
        }
        if (hash == null) {
            throw new InvalidArgumentException("password", null, "a password, since the user is new");
        }
        User user = new User(name, role, clock.instant(), secrets);
        return commit(List.of(Compare.absent(StoredUser.key(name))), user, hash, true);
    }

    private Optional<Change> change(ReadView view, StoredUser present, @Nullable Role role,
            @Nullable PasswordHash hash, @Nullable SecretsRight secrets) {
        UserName name = present.user().name();
        User user = new User(name, Objects.requireNonNullElse(role, present.user().role()), present.user().createdAt(),
                Objects.requireNonNullElse(secrets, present.user().secrets()));
        List<Compare> compares = new ArrayList<>();
        compares.add(Compare.modifiedAt(StoredUser.key(name), present.modified()));
        if (present.user().role() == Role.ADMIN && user.role() != Role.ADMIN) {
            compares.add(witness(view, name));
        }
        return commit(compares, user, Objects.requireNonNullElse(hash, present.password()), false);
    }

    private Optional<Change> commit(List<Compare> compares, User user, PasswordHash hash, boolean created) {
        TxnResult result = Outcome.await(store.commit(Txn.when(compares, StoredUser.put(user, hash))));
        return result.succeeded()
                ? Optional.of(new Change(user, created, result.revision().value()))
                : Optional.empty();
    }

    /** Returns the condition that another admin is there, unchanged. */
    private static Compare witness(ReadView view, UserName leaving) {
        KeyRange range = ALL;
        while (true) {
            KeysRead read = view.read(range, ADMINS_READ_AT_ONCE);
            Optional<StoredUser> other = read.keys().stream().map(StoredUser::of)
                    .filter(user -> user.user().role() == Role.ADMIN && !user.user().name().equals(leaving))
                    .findFirst();
            if (other.isPresent()) {
                return Compare.modifiedAt(StoredUser.key(other.get().user().name()), other.get().modified());
            }
            if (!read.more()) {
                throw new LastAdminException(leaving);
            }
            range = new KeyRange(Key.of(read.keys().getLast().key().utf8() + '\0'), ALL.to());
        }
    }

    private static AccessConflictException overtaken(UserName name) {
        return new AccessConflictException("user " + name + " is being changed by others, try again");
    }
}
