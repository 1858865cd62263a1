package dev.roster.server.config.secret;

import dev.roster.server.config.format.DocumentFlaw;
import dev.roster.server.config.format.DocumentFormat;
import dev.roster.server.config.format.DocumentText;
import dev.roster.server.config.format.DocumentTexts;
import dev.roster.server.config.format.TextQuotes;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.store.Compare;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Store;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Encrypts secrets of documents before they are stored, and decrypts them for those who may read them. Checks no access. May
 * be used by any thread; the first secret of a namespace waits for the store.
 */
public final class SecretVault {

    /** Most secrets of one document: each costs some microseconds whenever it is read. */
    public static final int MAX_SECRETS = 1000;

    /** Largest document with its secrets encrypted, in UTF-8, as {@code Publication.MAX_CONTENT_BYTES}. */
    private static final int MAX_BYTES = 1024 * 1024;

    private final DataKeys keys;
    private final SecureRandom random;
    private final Counter encrypted;
    private final Counter decrypted;
    private final Counter failed;

    /**
     * Makes the vault.
     *
     * @param wrapping keeps the master keys
     * @param clock tells when a key was made; nothing is decided by it
     */
    public SecretVault(Store store, KeyWrapping wrapping, SecureRandom random, InstantSource clock,
            MeterRegistry meters) {
        this.keys = new DataKeys(store, wrapping, random, clock);
        this.random = random;
        this.encrypted = counter(meters, "encrypted");
        this.decrypted = counter(meters, "decrypted");
        this.failed = counter(meters, "failed");
    }

    /** Returns a vault without a master key: documents without secrets pass, all others are refused. */
    public static SecretVault closed(Store store, InstantSource clock) {
        return new SecretVault(store, KeyWrapping.unavailable("there is no master key"), new SecureRandom(), clock,
                new SimpleMeterRegistry());
    }

    private static Counter counter(MeterRegistry meters, String outcome) {
        return Counter.builder("roster.config.secrets")
                .description("Secrets that this member has encrypted, decrypted, or failed to decrypt")
                .tag("outcome", outcome).register(meters);
    }

    /** Returns the keys, for those who rotate them. */
    DataKeys keys() {
        return keys;
    }

    /**
     * A document as it may be stored.
     *
     * @param content with all its secrets encrypted by the key that encrypts now
     * @param compares what must hold when it is stored: no other key encrypts meanwhile
     */
    public record Sealed(String content, List<Compare> compares) {
        public Sealed {
            compares = List.copyOf(compares);
        }
    }

    /**
     * Encrypts what is marked, and what is encrypted by an older key.
     *
     * @param content a document that its format allows
     * @throws MisplacedSecretException if a mark is not in front of a value, an encrypted value belongs to another place, or a
     *     mask was given back
     * @throws InvalidArgumentException if there are too many, or the document is too large then
     * @throws MasterKeyUnavailableException if there is no master key
     */
    public Sealed seal(ReadView view, SecretPlace place, DocumentFormat format, String content) {
        if (!SecretText.concerns(content)) {
            return new Sealed(content, List.of());
        }
        int mask = content.indexOf(SecretText.MASK);
        if (mask >= 0) {
            throw flaw(place, content, mask, "found the mask of a secret");
        }
        List<DocumentText> texts = texts(format, content, true);
        refuseStrays(place, content, texts);
        if (texts.isEmpty()) {
            return new Sealed(content, List.of());
        }
        DataKeys.Current current = keys.current(view, place.namespace());
        String sealed = replace(content, texts, text -> {
            if (!text.hasPlace()) {
                throw flaw(place, content, content.indexOf(SecretText.MARK),
                        "found a secret with an anchor or a tag in front");
            }
            return sealed(place, format, content, text, current);
        });
        int bytes = sealed.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_BYTES) {
            throw new InvalidArgumentException("content", bytes + " bytes with secrets encrypted",
                    "at most " + MAX_BYTES + " bytes");
        }
        return new Sealed(sealed, List.of(current.unchanged()));
    }

    private String sealed(SecretPlace place, DocumentFormat format, String content, DocumentText text,
            DataKeys.Current current) {
        String value = inner(text);
        String secret;
        if (value.startsWith(SecretText.MARK)) {
            secret = value.substring(SecretText.MARK.length());
            if (secret.isEmpty()) {
                throw flaw(place, content, text.start(), "found " + SecretText.MARK + " without a secret");
            }
        } else {
            SecretToken token = SecretToken.parse(value)
                    .orElseThrow(() -> flaw(place, content, text.start(), "found an encrypted secret that is damaged"));
            secret = readBack(place, content, text, token);
            if (token.key().equals(current.id())) {
                return content.substring(text.start(), text.end());
            }
        }
        encrypted.increment();
        String token = SecretToken.encrypt(current.id(), current.bytes().toBytes(), place, text.path(), secret, random)
                .text();
        return isMarkedUp(format) ? token + SecretText.TOKEN_END : TextQuotes.quote(format, token);
    }

    private String readBack(SecretPlace place, String content, DocumentText text, SecretToken token) {
        try {
            return token.decrypt(keys.bytes(place.namespace(), token.key()), place, text.path());
        } catch (SecretUnreadableException | MasterKeyUnavailableException e) {
            MisplacedSecretException refused = flaw(place, content, text.start(),
                    "found an encrypted secret that was not encrypted for this property, or by a key that is gone");
            refused.initCause(e);
            throw refused;
        }
    }

    /** Refuses marks and encrypted values that nobody would find: in comments, in keys, within other texts. */
    private static void refuseStrays(SecretPlace place, String content, List<DocumentText> texts) {
        for (String sign : List.of(SecretText.MARK, SecretToken.PREFIX)) {
            int next = 0;
            for (int at = content.indexOf(sign); at >= 0; at = content.indexOf(sign, at + 1)) {
                while (next < texts.size() && texts.get(next).end() <= at && texts.get(next).hasPlace()) {
                    next++;
                }
                boolean found = next < texts.size()
                        && (!texts.get(next).hasPlace() || texts.get(next).start() <= at);
                if (!found) {
                    throw flaw(place, content, at, "found " + (sign.equals(SecretText.MARK)
                            ? SecretText.MARK
                            : "an encrypted secret") + " that is not at the beginning of a value");
                }
            }
        }
    }

    /**
     * Decrypts the secrets of a document.
     *
     * @throws SecretUnreadableException if one was damaged or moved
     * @throws MasterKeyUnavailableException if a data key cannot be unwrapped here
     */
    public String open(SecretPlace place, DocumentFormat format, String content) {
        if (!SecretText.hasToken(content)) {
            return content;
        }
        try {
            return replace(content, texts(format, content, false),
                    text -> TextQuotes.quote(format, opened(place, text)));
        } catch (SecretException e) {
            failed.increment();
            throw e;
        }
    }

    /**
     * Decrypts the secrets of a document and marks each, as its author would write it: so it can be sealed at another place.
     * Nobody is to see what this returns.
     *
     * @throws SecretUnreadableException if one was damaged or moved
     * @throws MasterKeyUnavailableException if a data key cannot be unwrapped here
     */
    public String mark(SecretPlace place, DocumentFormat format, String content) {
        if (!SecretText.hasToken(content)) {
            return content;
        }
        try {
            return replace(content, texts(format, content, false), text -> {
                String marked = SecretText.MARK + opened(place, text);
                return isMarkedUp(format) ? marked + SecretText.MARK_END : TextQuotes.quote(format, marked);
            });
        } catch (SecretException e) {
            failed.increment();
            throw e;
        }
    }

    private String opened(SecretPlace place, DocumentText text) {
        SecretToken token = SecretToken.parse(inner(text))
                .orElseThrow(() -> new SecretUnreadableException(place, text.path(), "it is damaged"));
        String secret = token.decrypt(keys.bytes(place.namespace(), token.key()), place, text.path());
        decrypted.increment();
        return secret;
    }

    /**
     * Encrypts by the present key what is encrypted by older ones, for those who rotate.
     *
     * @return the same content if there is nothing to do
     * @throws SecretException if a secret cannot be decrypted
     */
    public Sealed reseal(ReadView view, SecretPlace place, DocumentFormat format, String content) {
        if (!isOutdated(view, place.namespace(), format, content)) {
            return new Sealed(content, List.of());
        }
        DataKeys.Current current = keys.current(view, place.namespace());
        String sealed = replace(content, texts(format, content, false), text -> {
            SecretToken token = SecretToken.parse(inner(text))
                    .orElseThrow(() -> new SecretUnreadableException(place, text.path(), "it is damaged"));
            if (token.key().equals(current.id())) {
                return content.substring(text.start(), text.end());
            }
            encrypted.increment();
            String secret = token.decrypt(keys.bytes(place.namespace(), token.key()), place, text.path());
            String next = SecretToken
                    .encrypt(current.id(), current.bytes().toBytes(), place, text.path(), secret, random).text();
            return isMarkedUp(format) ? next + SecretText.TOKEN_END : TextQuotes.quote(format, next);
        });
        return new Sealed(sealed, List.of(current.unchanged()));
    }

    /** Tells whether a document has a secret that is not encrypted by the present key. */
    private boolean isOutdated(ReadView view, NamespaceName namespace, DocumentFormat format, String content) {
        if (!SecretText.hasToken(content)) {
            return false;
        }
        String current = keys.currentId(view, namespace).orElse("");
        return texts(format, content, false).stream()
                .anyMatch(
                        text -> SecretToken.parse(inner(text)).filter(token -> token.key().equals(current)).isEmpty());
    }

    private static List<DocumentText> texts(DocumentFormat format, String content, boolean marked) {
        if (isMarkedUp(format)) {
            List<DocumentText> found = new ArrayList<>(
                    DocumentTexts.between(content, SecretToken.PREFIX, SecretText.TOKEN_END).texts());
            if (marked) {
                found.addAll(DocumentTexts.between(content, SecretText.MARK, SecretText.MARK_END).texts());
                found.sort((a, b) -> Integer.compare(a.start(), b.start()));
            }
            return bounded(found);
        }
        DocumentTexts found = DocumentTexts.find(format, content,
                value -> value.startsWith(SecretToken.PREFIX) || (marked && value.startsWith(SecretText.MARK)));
        if (!found.complete()) {
            throw new InvalidArgumentException("content", "too many properties",
                    "fewer properties in a document with secrets");
        }
        return bounded(found.texts());
    }

    private static List<DocumentText> bounded(List<DocumentText> texts) {
        if (texts.size() > MAX_SECRETS) {
            throw new InvalidArgumentException("content", texts.size() + " secrets", "at most " + MAX_SECRETS);
        }
        return texts;
    }

    /** XML and plain text have no values to begin and end: a secret has a mark at either side. */
    private static boolean isMarkedUp(DocumentFormat format) {
        return format == DocumentFormat.XML || format == DocumentFormat.TEXT;
    }

    private static String inner(DocumentText text) {
        String value = text.value();
        for (String end : List.of(SecretText.MARK_END, SecretText.TOKEN_END)) {
            if (text.path().isEmpty() && value.endsWith(end)) {
                return value.substring(0, value.length() - end.length());
            }
        }
        return value;
    }

    private static String replace(String content, List<DocumentText> texts,
            Function<DocumentText, String> replacement) {
        StringBuilder out = new StringBuilder(content.length() + texts.size() * 128);
        int at = 0;
        for (DocumentText text : texts) {
            String next = replacement.apply(text);
            out.append(content, at, text.start()).append(next);
            at = text.end();
        }
        return out.append(content, at, content.length()).toString();
    }

    private static MisplacedSecretException flaw(SecretPlace place, String content, int offset, String problem) {
        DocumentFlaw at = DocumentFlaw.at(content, Math.max(0, offset), problem,
                "secrets as " + SecretText.MARK
                        + " and the value, at the beginning of a string, without anchor or tag; in"
                        + " XML and plain text with " + SecretText.MARK_END
                        + " behind; or encrypted ones at the property"
                        + " that they were read from (secrets=cipher)");
        return new MisplacedSecretException(place, at);
    }
}
