package dev.roster.server.web;

import dev.roster.server.security.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Answers some requests before they reach Spring MVC, which costs several times what bytes cost that are there already. It is
 * asked after the caller has shown who it is, and leaves whatever it is not sure of to the handlers: every request that it
 * answers is one that they would answer in the same way. May be used by any thread.
 */
public interface Shortcut {

    /**
     * Answers a request, or leaves it and its answer as they are.
     *
     * @return whether it was answered
     */
    boolean answer(Caller caller, HttpServletRequest request, HttpServletResponse response) throws IOException;
}
