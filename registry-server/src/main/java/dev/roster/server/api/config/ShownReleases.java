package dev.roster.server.api.config;

import dev.roster.api.config.ConfigItem;
import dev.roster.server.api.wire.ConfigRecords;
import dev.roster.server.config.ConfigSecrets;
import dev.roster.server.config.ItemKey;
import dev.roster.server.config.Release;
import dev.roster.server.config.SecretForm;
import dev.roster.server.config.format.DocumentFormat;
import dev.roster.server.config.secret.SecretText;
import dev.roster.server.security.Caller;
import dev.roster.server.web.RevisionHeader;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Answers with versions of items, as their callers may see them. */
@Component
final class ShownReleases {
    private final ConfigSecrets secrets;

    ShownReleases(ConfigSecrets secrets) {
        this.secrets = secrets;
    }

    /**
     * Answers with a version.
     *
     * @param revision what the answer shows
     * @param wanted how secrets are asked for, null if that is not said
     */
    ResponseEntity<ConfigItem> answer(HttpStatus status, long revision, Caller caller, Release release,
            @Nullable SecretForm wanted) {
        boolean secret = SecretText.hasToken(release.content());
        SecretForm form = ConfigSecrets.form(caller, release.item().namespace(), wanted);
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status)
                .header(RevisionHeader.NAME, Long.toString(revision))
                .eTag(secret
                        ? VersionTag.of(release.entry().version(), form)
                        : VersionTag.of(release.entry().version()));
        if (secret) {
            answer.header(HttpHeaders.CACHE_CONTROL, "no-store").header(HttpHeaders.VARY, HttpHeaders.AUTHORIZATION);
        }
        return answer.body(ConfigRecords.item(secrets.show(release, form)));
    }

    /** Returns the document of a draft, as its caller may see it. */
    String draft(ItemKey item, DocumentFormat format,
            String content, Caller caller, @Nullable SecretForm wanted) {
        return secrets.show(item, format, content, ConfigSecrets.form(caller, item.namespace(), wanted));
    }
}
