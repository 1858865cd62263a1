package dev.roster.server.config.secret;

import dev.roster.server.store.Value;

/**
 * Keeps master keys, which encrypt (wrap) the data keys of namespaces; such as a file on each member, or a key management
 * service that never lets its keys out. All members of a cluster must be able to unwrap what any of them has wrapped. Methods
 * are called by any thread and may wait; a data key that was unwrapped is kept in memory, so this is called seldom.
 */
public interface KeyWrapping {

    /**
     * A data key as it is stored.
     *
     * @param masterKey id of the master key that wrapped it, 1 to 200 characters; no secret
     * @param bytes what came of it, at most 4,096 bytes
     */
    record Wrapped(String masterKey, Value bytes) {}

    /**
     * Returns the id of the master key that wraps.
     *
     * @throws MasterKeyUnavailableException if there is none
     */
    String current();

    /**
     * Wraps a data key.
     *
     * @param key 32 bytes
     * @param context what the key is for: must be given again to unwrap it, and protects it from being exchanged for another
     * @throws MasterKeyUnavailableException if that cannot be done now
     */
    Wrapped wrap(byte[] key, byte[] context);

    /**
     * Unwraps a data key.
     *
     * @throws MasterKeyUnavailableException if that cannot be done: the master key is unknown, cannot be reached, or is not the
     *     one that wrapped it
     */
    byte[] unwrap(Wrapped wrapped, byte[] context);

    /**
     * Makes a new master key and has it wrap from now on, where that is up to this member. Others leave it to whoever keeps
     * the keys, and do nothing.
     */
    default void renew() {}

    /** Returns a wrapping without a master key: nothing can be encrypted or decrypted, for the reason given. */
    static KeyWrapping unavailable(String reason) {
        return new NoKeyWrapping(reason);
    }
}
