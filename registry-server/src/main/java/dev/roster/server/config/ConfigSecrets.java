package dev.roster.server.config;

import dev.roster.server.config.format.DocumentFormat;
import dev.roster.server.config.secret.SecretPlace;
import dev.roster.server.config.secret.SecretText;
import dev.roster.server.config.secret.SecretVault;
import dev.roster.server.security.Caller;
import dev.roster.server.security.NamespaceName;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Shows documents to callers. Everything else hands documents around with their secrets encrypted, so an edge that forgets to
 * ask here tells nothing. May be used by any thread; it waits only if a data key has to be unwrapped first.
 */
public final class ConfigSecrets {
    private final SecretVault vault;

    /** Makes it. */
    public ConfigSecrets(SecretVault vault) {
        this.vault = vault;
    }

    /**
     * Returns the form in which a caller sees the secrets of a namespace.
     *
     * @param wanted what the caller asks for; null for plain if the caller may read secrets, and masked otherwise
     * @throws dev.roster.server.security.ForbiddenException if the caller asks for plain and may not
     */
    public static SecretForm form(Caller caller, NamespaceName namespace, @Nullable SecretForm wanted) {
        if (wanted == SecretForm.PLAIN) {
            caller.requireSecrets(namespace);
        }
        return Objects.requireNonNullElse(wanted,
                caller.readsSecrets(namespace) ? SecretForm.PLAIN : SecretForm.MASKED);
    }

    /**
     * Returns a version as a caller sees it.
     *
     * @param wanted as for {@link #form}
     * @throws dev.roster.server.config.secret.SecretException if a secret cannot be decrypted
     */
    public Release show(Caller caller, Release release, @Nullable SecretForm wanted) {
        return show(release, form(caller, release.item().namespace(), wanted));
    }

    /** Returns a version in a form that the caller may see. */
    public Release show(Release release, SecretForm form) {
        String content = show(release.item(), release.entry().format(), release.content(), form);
        return content.equals(release.content()) ? release : new Release(release.item(), release.entry(), content);
    }

    /** Returns a document of an item in a form that the caller may see. */
    public String show(ItemKey item, DocumentFormat format, String content, SecretForm form) {
        return switch (form) {
            case MASKED -> SecretText.mask(content);
            case CIPHER -> content;
            case PLAIN -> vault.open(new SecretPlace(item.namespace(), item.name().value()), format, content);
        };
    }
}
