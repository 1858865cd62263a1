package dev.roster.server.web;

import dev.roster.server.security.AccessException;
import dev.roster.server.security.Authenticator;
import dev.roster.server.security.Caller;
import dev.roster.server.security.Credentials;
import dev.roster.server.security.UnauthenticatedException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Finds out who calls, from the header {@code Authorization} (Bearer of RFC 6750, Basic of RFC 7617 in UTF-8). Wrong
 * credentials are refused at once, even where none are needed; a request without any goes on without a caller.
 */
final class CallerAuthenticationFilter extends OncePerRequestFilter {
    private static final String ACCEPTED = "Send a token (Authorization: Bearer …) or name and password (Basic)";

    private final Authenticator authenticator;
    private final SecurityContextRepository contexts;
    private final ProblemTable problems;
    private final ProblemWriter writer;

    CallerAuthenticationFilter(Authenticator authenticator, SecurityContextRepository contexts, ProblemTable problems,
            ProblemWriter writer) {
        this.authenticator = authenticator;
        this.contexts = contexts;
        this.problems = problems;
        this.writer = writer;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            findCaller(request).ifPresent(caller -> keep(caller, request, response));
        } catch (AccessException e) {
            writer.write(request, response, problems.find(e).orElseThrow(() -> e));
            return;
        }
        chain.doFilter(request, response);
    }

    private Optional<Caller> findCaller(HttpServletRequest request) {
        List<String> headers = Collections.list(request.getHeaders("Authorization"));
        return switch (headers.size()) {
            case 0 -> authenticator.withoutCredentials(request.getRemoteAddr());
            case 1 -> Optional.of(authenticator.authenticate(parse(headers.getFirst()), request.getRemoteAddr()));
            default -> throw new UnauthenticatedException("There is more than one header Authorization");
        };
    }

    private void keep(Caller caller, HttpServletRequest request, HttpServletResponse response) {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(new CallerAuthentication(caller));
        SecurityContextHolder.setContext(context);
        contexts.saveContext(context, request, response);
    }

    static Credentials parse(String header) {
        int space = header.indexOf(' ');
        String scheme = space < 0 ? header : header.substring(0, space);
        String rest = space < 0 ? "" : header.substring(space + 1).strip();
        if (scheme.equalsIgnoreCase("Bearer") && !rest.isEmpty()) {
            return new Credentials.Bearer(rest);
        }
        if (scheme.equalsIgnoreCase("Basic")) {
            return basic(rest);
        }
        throw new UnauthenticatedException(ACCEPTED);
    }

    private static Credentials basic(String encoded) {
        try {
            String text = StandardCharsets.UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getDecoder().decode(encoded))).toString();
            int colon = text.indexOf(':');
            if (colon >= 0) {
                return new Credentials.Password(text.substring(0, colon), text.substring(colon + 1));
            }
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw new UnauthenticatedException("The header Authorization is not valid Basic (RFC 7617) in UTF-8");
        }
        throw new UnauthenticatedException("The header Authorization has no colon between name and password");
    }
}
