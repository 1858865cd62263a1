package dev.roster.console.session;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets links from elsewhere (a chat, a ticket) reach a signed-in user's page. The session cookie is {@code SameSite=Strict}, so a browser
 * that follows such a link does not send it and the user would be asked to sign in again. Therefore the first answer to a
 * navigation that the browser itself calls cross-site (Fetch Metadata, {@code Sec-Fetch-Site}) is an empty page that asks
 * for the same address once more, now from this site. It reads and changes nothing.
 */
final class CrossSiteArrivalFilter extends OncePerRequestFilter {
    /** Empty, and without an icon, so that the browser asks for nothing else. */
    private static final String PAGE = """
            <!doctype html>
            <html lang="en"><head><title>Roster</title><link rel="icon" href="data:,"></head><body></body></html>
            """;

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !("GET".equals(request.getMethod()) && "cross-site".equals(request.getHeader("Sec-Fetch-Site"))
                && "navigate".equals(request.getHeader("Sec-Fetch-Mode"))
                && "document".equals(request.getHeader("Sec-Fetch-Dest")));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader("Refresh", "0");
        response.setContentType(MediaType.TEXT_HTML_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getWriter().write(PAGE);
    }
}
