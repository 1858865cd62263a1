package dev.roster.server.web;

import dev.roster.server.security.Authenticator;
import dev.roster.server.security.Caller;
import dev.roster.server.security.UnauthenticatedException;
import dev.roster.server.web.QuickAnswer.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Lets {@link Shortcut}s answer, once it is known who calls. May be used by any thread. */
@Component
public final class Shortcuts {
    private static final String AUTHORIZATION = "Authorization";
    private static final List<Header> PLAIN = list(ApiSecurity.ANSWER_HEADERS);
    private static final List<Header> SECURE = list(ApiSecurity.SECURE_ANSWER_HEADERS);

    private final List<Shortcut> shortcuts;
    private final Authenticator authenticator;
    private final RequestIdFilter ids;

    Shortcuts(List<Shortcut> shortcuts, Authenticator authenticator, RequestIdFilter ids) {
        this.shortcuts = List.copyOf(shortcuts);
        this.authenticator = authenticator;
        this.ids = ids;
    }

    /**
     * Returns the whole answer to a request, null to leave the request to filters and handlers.
     *
     * @param address IP address that the request came from
     * @param secure whether it came by TLS
     */
    public @Nullable QuickAnswer find(QuickRequest request, String address, boolean secure) {
        for (Shortcut shortcut : shortcuts) {
            Shortcut.Match match = shortcut.match(request);
            if (match != null) {
                Caller caller = caller(request, address).orElse(null);
                QuickAnswer answer = caller == null ? null : match.find(caller);
                return answer == null ? null : whole(answer, request, secure);
            }
        }
        return null;
    }

    private Optional<Caller> caller(QuickRequest request, String address) {
        List<String> shown = request.headers(AUTHORIZATION);
        try {
            return switch (shown.size()) {
                case 0 -> authenticator.withoutCredentials(address);
                case 1 -> authenticator.known(CallerAuthenticationFilter.parse(shown.getFirst()), address);
                default -> Optional.empty();
            };
        } catch (UnauthenticatedException e) {
            // The filter tells the caller why.
            return Optional.empty();
        }
    }

    private QuickAnswer whole(QuickAnswer answer, QuickRequest request, boolean secure) {
        List<Header> usual = secure ? SECURE : PLAIN;
        List<Header> headers = new ArrayList<>(1 + answer.headers().size() + usual.size());
        headers.add(new Header(RequestIdFilter.HEADER, ids.choose(request.header(RequestIdFilter.HEADER))));
        headers.addAll(answer.headers());
        headers.addAll(usual);
        return new QuickAnswer(answer.pattern(), answer.status(), headers, answer.body());
    }

    private static List<Header> list(Map<String, String> headers) {
        return headers.entrySet().stream().map(header -> new Header(header.getKey(), header.getValue())).toList();
    }
}
