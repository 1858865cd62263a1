package dev.roster.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A state machine with an empty state, and words for what tests do to it. */
abstract class KeySpaceFixture {

    static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    static final LeaseId LEASE = new LeaseId(7);

    final KeySpace space = new KeySpace();

    final CommandResult apply(Command command) {
        return space.apply(NOW, command);
    }

    final TxnResult commit(Operation... operations) {
        return (TxnResult) apply(Txn.of(operations));
    }

    static PutKey put(String key, String value) {
        return new PutKey(Key.of(key), Value.of(value));
    }

    static PutKey put(String key, String value, LeaseId lease) {
        return new PutKey(Key.of(key), Value.of(value), lease);
    }

    static DeleteKeys delete(String key) {
        return new DeleteKeys(Key.of(key));
    }

    final @Nullable String valueOf(String key) {
        return valueOf(space.view(), key);
    }

    static @Nullable String valueOf(ReadView view, String key) {
        return view.find(Key.of(key)).map(found -> found.value().utf8()).orElse(null);
    }

    static KeyRange range(String from, String to) {
        return new KeyRange(Key.of(from), Key.of(to));
    }

    final List<String> keys(KeyRange range) {
        return space.view().read(range, 100).keys().stream().map(found -> found.key().utf8()).toList();
    }

    final long revision() {
        return space.view().revision().value();
    }

    final void grant(LeaseId id) {
        apply(new GrantLease(id, Duration.ofSeconds(10)));
    }

    /** Runs something that must be refused, and checks that it left nothing behind. */
    final void refused(Class<? extends StoreException> how, Command command) {
        List<KeyValue> before = space.view().read(KeyRange.ALL, 1000).keys();
        long revision = revision();

        assertThatThrownBy(() -> apply(command)).isExactlyInstanceOf(how);

        assertThat(space.view().read(KeyRange.ALL, 1000).keys()).isEqualTo(before);
        assertThat(revision()).isEqualTo(revision);
    }
}
