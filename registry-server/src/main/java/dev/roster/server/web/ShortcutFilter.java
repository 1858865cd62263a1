package dev.roster.server.web;

import dev.roster.server.security.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets shortcuts answer, once it is known who calls. */
final class ShortcutFilter extends OncePerRequestFilter {
    private final List<Shortcut> shortcuts;

    ShortcutFilter(List<Shortcut> shortcuts) {
        this.shortcuts = shortcuts;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Caller> caller = CallerAuthentication.current();
        if (caller.isPresent()) {
            for (Shortcut shortcut : shortcuts) {
                if (shortcut.answer(caller.get(), request, response)) {
                    return;
                }
            }
        }
        chain.doFilter(request, response);
    }
}
