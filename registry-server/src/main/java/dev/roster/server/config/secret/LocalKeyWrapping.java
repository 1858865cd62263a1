package dev.roster.server.config.secret;

import dev.roster.server.store.Value;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.Supplier;
import javax.crypto.AEADBadTagException;

/** Wraps with master keys that this member has itself. They may change while it runs. May be used by any thread. */
public final class LocalKeyWrapping implements KeyWrapping {
    private final Supplier<List<MasterKey>> keys;
    private final Runnable renewal;
    private final SecureRandom random;

    /**
     * Makes it.
     *
     * @param keys the key that wraps, then others that only unwrap; at least one
     * @param renewal makes another key the first, if that is up to this member
     */
    public LocalKeyWrapping(Supplier<List<MasterKey>> keys, Runnable renewal, SecureRandom random) {
        this.keys = keys;
        this.renewal = renewal;
        this.random = random;
    }

    @Override
    public String current() {
        return keys.get().getFirst().id();
    }

    @Override
    public Wrapped wrap(byte[] key, byte[] context) {
        MasterKey master = keys.get().getFirst();
        return new Wrapped(master.id(), Value.of(AesGcm.encrypt(master.bytes(), key, context, random)));
    }

    @Override
    public byte[] unwrap(Wrapped wrapped, byte[] context) {
        MasterKey master = keys.get().stream().filter(key -> key.id().equals(wrapped.masterKey())).findFirst()
                .orElseThrow(() -> new MasterKeyUnavailableException("master key " + wrapped.masterKey()
                        + " is needed, this member has " + keys.get().stream().map(MasterKey::id).toList(), null));
        try {
            return AesGcm.decrypt(master.bytes(), wrapped.bytes().toBytes(), context);
        } catch (AEADBadTagException e) {
            throw new MasterKeyUnavailableException(
                    "a data key does not unwrap with master key " + master.id() + ": it was damaged or exchanged", e);
        }
    }

    @Override
    public void renew() {
        renewal.run();
    }
}
