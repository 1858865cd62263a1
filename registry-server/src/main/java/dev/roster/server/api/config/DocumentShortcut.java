package dev.roster.server.api.config;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.roster.server.api.wire.ConfigRecords;
import dev.roster.server.config.ItemKey;
import dev.roster.server.config.Release;
import dev.roster.server.config.gray.GrayReleases;
import dev.roster.server.config.gray.SharedRelease;
import dev.roster.server.config.secret.SecretText;
import dev.roster.server.security.Caller;
import dev.roster.server.security.Role;
import dev.roster.server.web.KnownRequests;
import dev.roster.server.web.KnownRequests.Known;
import dev.roster.server.web.QuickAnswer;
import dev.roster.server.web.QuickAnswer.Header;
import dev.roster.server.web.QuickRequest;
import dev.roster.server.web.RevisionHeader;
import dev.roster.server.web.Shortcut;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers requests for the current version of an item that were asked before, word for word, from bytes that are encoded once for
 * each version. A document with secrets, which are shown to some callers only, and an item of which some callers are to have
 * another version are left to the handler.
 */
@Component
final class DocumentShortcut implements Shortcut {

    /** Most bytes of answers that are kept: sixty of the largest documents. Beyond them rarely used ones are dropped. */
    private static final long MAX_BYTES = 64L * 1024 * 1024;

    /** What an answer takes besides its bytes, about. */
    private static final int OVERHEAD_BYTES = 200;

    private static final Header JSON = new Header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE);
    private static final byte[] NOTHING = new byte[0];

    private final GrayReleases releases;
    private final JsonMapper json;
    private final KnownRequests<ItemKey> known = new KnownRequests<>();
    private final Cache<ItemKey, Prepared> answers = Caffeine.newBuilder().maximumWeight(MAX_BYTES)
            .weigher((ItemKey _, Prepared answer) -> OVERHEAD_BYTES + answer.body().length).build();
    private final Counter encoded;
    private final Counter shared;

    /**
     * The answer for one version.
     *
     * @param since the revision since which the version is the current one
     * @param tag its entity tag, null if it is not the same to all callers, which leaves it to the handler
     * @param body the record, in JSON
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Prepared(long since, @Nullable String tag, byte[] body) {}

    DocumentShortcut(GrayReleases releases, JsonMapper json, MeterRegistry meters) {
        this.releases = releases;
        this.json = json;
        this.encoded = Counter.builder("roster.config.answers.encoded")
                .description("Answers with documents that were encoded").register(meters);
        this.shared = Counter.builder("roster.config.answers.shared")
                .description("Answers with documents that were there already").register(meters);
        Gauge.builder("roster.config.answers.kept", answers,
                all -> all.policy().eviction().map(eviction -> eviction.weightedSize().orElse(0)).orElse(0L))
                .baseUnit("bytes").description("Answers with documents that are kept").register(meters);
    }

    /** Remembers that a request asks for the current version of an item, without saying who asks or how secrets are to be shown. */
    void remember(HttpServletRequest request, ItemKey item) {
        known.remember(request, item);
    }

    @Override
    public @Nullable Match match(QuickRequest request) {
        Known<ItemKey> meant = known.find(request);
        return meant == null ? null : caller -> find(caller, meant, request);
    }

    private @Nullable QuickAnswer find(Caller caller, Known<ItemKey> meant, QuickRequest request) {
        if (!caller.role().includes(Role.READER)) {
            return null;
        }
        SharedRelease release = releases.findShared(caller, meant.meaning()).orElse(null);
        if (release == null) {
            return null;
        }
        Prepared prepared = prepared(meant.meaning(), release);
        String tag = prepared.tag();
        String seen = request.header(HttpHeaders.IF_NONE_MATCH);
        // There are more ways to name a tag than one.
        if (tag == null || (seen != null && !seen.equals(tag))) {
            return null;
        }
        Header revision = new Header(RevisionHeader.NAME, Long.toString(release.revision()));
        Header version = new Header(HttpHeaders.ETAG, tag);
        return seen == null
                ? new QuickAnswer(meant.pattern(), HttpServletResponse.SC_OK, List.of(revision, version, JSON),
                        prepared.body())
                : new QuickAnswer(meant.pattern(), HttpServletResponse.SC_NOT_MODIFIED, List.of(revision, version),
                        NOTHING);
    }

    private Prepared prepared(ItemKey item, SharedRelease release) {
        Prepared present = answers.getIfPresent(item);
        if (present != null && present.since() == release.since()) {
            shared.increment();
            return present;
        }
        return Objects.requireNonNull(answers.asMap().compute(item,
                (_, other) -> other != null && other.since() == release.since() ? other : encode(release)));
    }

    /** Called for one request for an item at a time. */
    private Prepared encode(SharedRelease shown) {
        Release release = shown.read();
        if (SecretText.hasToken(release.content())) {
            return new Prepared(shown.since(), null, NOTHING);
        }
        encoded.increment();
        return new Prepared(shown.since(), VersionTag.of(release.entry().version()),
                json.writeValueAsBytes(ConfigRecords.item(release)));
    }
}
