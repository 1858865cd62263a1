package dev.roster.server.store.raft;

import io.atomix.cluster.messaging.TlsConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.HexFormat;

/**
 * Key stores as files for the moment in which Atomix reads them: it takes paths and nothing else. They are owner-only,
 * encrypted with a password that exists in this process only, and removed on close.
 */
final class KeyStoreFiles implements AutoCloseable {

    private final Path identity;
    private final Path trusted;
    private final String password;

    private KeyStoreFiles(Path identity, Path trusted, String password) {
        this.identity = identity;
        this.trusted = trusted;
        this.password = password;
    }

    static KeyStoreFiles write(MemberTls tls, Path directory) throws IOException, GeneralSecurityException {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        String password = HexFormat.of().formatHex(random);
        // createTempFile makes owner-only files where the file system knows owners.
        KeyStoreFiles files = new KeyStoreFiles(Files.createTempFile(directory, "identity", ".p12"),
                Files.createTempFile(directory, "trusted", ".p12"), password);
        store(copy(tls.identity(), tls.password(), password), files.identity, password);
        store(copy(tls.trusted(), tls.password(), password), files.trusted, password);
        return files;
    }

    TlsConfig tlsConfig() {
        return new TlsConfig().setEnabled(true)
                .setKeyStore(identity.toString()).setKeyStorePassword(password)
                .setTrustStore(trusted.toString()).setTrustStorePassword(password);
    }

    private static KeyStore copy(KeyStore from, String fromPassword, String toPassword)
            throws IOException, GeneralSecurityException {
        KeyStore to = KeyStore.getInstance(KeyStore.getDefaultType());
        to.load(null, null);
        for (String alias : Collections.list(from.aliases())) {
            if (from.isKeyEntry(alias)) {
                Key key = from.getKey(alias, fromPassword.toCharArray());
                to.setKeyEntry(alias, key, toPassword.toCharArray(), from.getCertificateChain(alias));
            } else {
                to.setCertificateEntry(alias, from.getCertificate(alias));
            }
        }
        return to;
    }

    private static void store(KeyStore keys, Path file, String password) throws IOException, GeneralSecurityException {
        try (OutputStream out = Files.newOutputStream(file)) {
            keys.store(out, password.toCharArray());
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(identity);
        Files.deleteIfExists(trusted);
    }
}
