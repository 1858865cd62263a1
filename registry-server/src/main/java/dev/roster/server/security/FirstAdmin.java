package dev.roster.server.security;

import dev.roster.server.store.Compare;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Store;
import dev.roster.server.store.Txn;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Makes the user {@code admin} in a store that has no users. Its password is always in a file before it is in the store, and
 * the file is the one source of it: a member that was interrupted proposes the password in its file again, whatever has
 * become of its earlier proposal. So there is no moment in which an admin exists whose password nobody can read.
 *
 * <p>When several members start at once each has a password in a file of its own; the store takes the first one, and the
 * others delete their files, as they are of no use.
 */
public final class FirstAdmin {

    /** Name of the first user. */
    public static final UserName NAME = new UserName("admin");

    private static final Compare NO_USERS = new Compare(KeyRange.prefix(StoredUser.PREFIX), Compare.Field.VERSION,
            Compare.Relation.EQUAL, 0, null);

    private final Store store;
    private final PasswordHasher hasher;
    private final PasswordFile file;
    private final InstantSource clock;

    public FirstAdmin(Store store, PasswordHasher hasher, PasswordFile file, InstantSource clock) {
        this.store = store;
        this.hasher = hasher;
        this.file = file;
        this.clock = clock;
    }

    /** What {@link #ensure} has found or done. */
    public sealed interface Settled {

        /**
         * This member has made the first admin.
         *
         * @param password the password, to be shown this once
         * @param file where it is, too
         */
        record Created(String password, Path file) implements Settled {
            @Override
            public String toString() {
                return "Created[file=" + file + "]";
            }
        }

        /**
         * There are users already.
         *
         * @param file the file with the password of the first admin, if it is here and still right
         */
        record Present(Optional<Path> file) implements Settled {}
    }

    /**
     * Makes the first admin unless there are users. It may be called again after any failure.
     *
     * @throws dev.roster.server.store.StoreException if the store does not answer now
     * @throws IOException if the file cannot be read or written; then nothing was proposed
     */
    public Settled ensure() throws IOException {
        if (hasUsers(Outcome.await(store.linearizableView()))) {
            return present();
        }
        String password = file.readOrCreate();
        User admin = new User(NAME, Role.ADMIN, clock.instant());
        Txn txn = Txn.when(List.of(NO_USERS), StoredUser.put(admin, hasher.hash(password)));
        return Outcome.await(store.commit(txn)).succeeded()
                ? new Settled.Created(password, file.path())
                : present();
    }

    private Settled present() throws IOException {
        Optional<String> password = file.read();
        if (password.isEmpty()) {
            return new Settled.Present(Optional.empty());
        }
        Optional<StoredUser> admin = StoredUser.find(Outcome.await(store.linearizableView()), NAME);
        if (admin.isPresent() && hasher.matches(password.get(), admin.get().password())) {
            return new Settled.Present(Optional.of(file.path()));
        }
        file.discard();
        return new Settled.Present(Optional.empty());
    }

    private static boolean hasUsers(ReadView view) {
        return view.count(KeyRange.prefix(StoredUser.PREFIX)) > 0;
    }
}
