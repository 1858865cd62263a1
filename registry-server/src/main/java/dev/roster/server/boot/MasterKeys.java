package dev.roster.server.boot;

import dev.roster.server.config.secret.KeyWrapping;
import dev.roster.server.config.secret.LocalKeyWrapping;
import dev.roster.server.config.secret.MasterKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Where the master key comes from: a file or a setting; else, of a member on its own, a file that it makes; else, of a cluster
 * with a join token, that token.
 */
final class MasterKeys {
    private static final String FAMILY = "roster-master-";
    private static final String PREFIX = FAMILY + "1.";

    /** In the data directory of a member on its own. */
    static final String FILE = "master-key";

    private static final byte[] SALT = "roster".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] INFO = "secrets master key, AES-256, 1".getBytes(StandardCharsets.US_ASCII);

    private MasterKeys() {}

    /**
     * Returns what wraps data keys on this member.
     *
     * @throws StartRefusedException if what is configured can't be used
     */
    static KeyWrapping of(RosterProperties properties, Path dataDirectory, SecureRandom random) {
        RosterProperties.Secrets secrets = properties.secrets();
        Path file = secrets.masterKeyFile();
        Secret given = secrets.masterKey();
        if (file != null && given != null) {
            throw new StartRefusedException(
                    "Both roster.secrets.master-key-file and roster.secrets.master-key say what the master key is.",
                    "Keep one of them, the same on all members.");
        }
        if (file != null) {
            MasterKeyFile keys = MasterKeyFile.given(file);
            return new LocalKeyWrapping(keys::keys, () -> {}, random);
        }
        if (given != null) {
            List<MasterKey> keys = read(given);
            return new LocalKeyWrapping(() -> keys, () -> {}, random);
        }
        if (properties.cluster().isStandalone()) {
            MasterKeyFile keys = MasterKeyFile.generated(dataDirectory.resolve(FILE), random);
            return new LocalKeyWrapping(keys::keys, keys::renew, random);
        }
        JoinToken token = MemberTrust.token(properties.cluster());
        if (token != null) {
            List<MasterKey> keys = new ArrayList<>(List.of(derived(token)));
            Path before = dataDirectory.resolve(FILE);
            if (Files.exists(before)) {
                // From when this member was on its own: what it has wrapped then has to be wrapped anew.
                keys.addAll(MasterKeyFile.given(before).keys());
            }
            return new LocalKeyWrapping(() -> keys, () -> {}, random);
        }
        return KeyWrapping.unavailable("the members of this cluster have no master key in common: make one with"
                + " 'bin/roster master-key', copy it to all members and name it in roster.secrets.master-key-file");
    }

    private static List<MasterKey> read(Secret given) {
        try {
            List<MasterKey> keys = new ArrayList<>();
            for (String text : given.value().split(",", -1)) {
                keys.add(valueOf(text.strip()));
            }
            return List.copyOf(keys);
        } catch (IllegalArgumentException e) {
            throw new StartRefusedException("The master key in roster.secrets.master-key " + e.getMessage() + ".",
                    "Give it as 'bin/roster master-key' wrote it, or name its file: roster.secrets.master-key-file.");
        }
    }

    /** Makes a new one, as text. */
    static String random(SecureRandom random) {
        byte[] secret = new byte[CheckedSecret.SECRET_BYTES];
        random.nextBytes(secret);
        String text = CheckedSecret.encode(PREFIX, secret);
        Arrays.fill(secret, (byte) 0);
        return text;
    }

    /**
     * Reads the text of a master key, or of a join token from which one follows.
     *
     * @throws IllegalArgumentException saying what is wrong with it, to be read after "the master key"
     */
    static MasterKey valueOf(String text) {
        return JoinToken.isMeantBy(text)
                ? derived(JoinToken.valueOf(text))
                : new MasterKey(CheckedSecret.decode(FAMILY, PREFIX, text));
    }

    /** Returns the key that follows from a join token (HKDF-SHA256, RFC 5869). What is derived here must never change. */
    static MasterKey derived(JoinToken token) {
        try {
            return new MasterKey(KDF.getInstance("HKDF-SHA256").deriveData(HKDFParameterSpec.ofExtract()
                    .addIKM(token.secret()).addSalt(SALT).thenExpand(INFO, CheckedSecret.SECRET_BYTES)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK of this version has HKDF-SHA256", e);
        }
    }
}
