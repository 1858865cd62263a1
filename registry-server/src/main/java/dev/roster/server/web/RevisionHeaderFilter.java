package dev.roster.server.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Sets the default of {@link RevisionHeader} on every answer of the API. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 20)
final class RevisionHeaderFilter extends OncePerRequestFilter {
    private final RevisionSource revisions;

    RevisionHeaderFilter(RevisionSource revisions) {
        this.revisions = revisions;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !ApiPaths.isApi(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        RevisionHeader.set(response, revisions.current());
        chain.doFilter(request, new OneRevision(response));
    }

    /** Spring adds the headers of a {@code ResponseEntity} to those there are; this header must not appear twice. */
    private static final class OneRevision extends HttpServletResponseWrapper {
        OneRevision(HttpServletResponse response) {
            super(response);
        }

        @Override
        public void addHeader(String name, String value) {
            if (name.equalsIgnoreCase(RevisionHeader.NAME)) {
                super.setHeader(name, value);
            } else {
                super.addHeader(name, value);
            }
        }
    }
}
