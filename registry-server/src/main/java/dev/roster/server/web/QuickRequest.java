package dev.roster.server.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request with method GET and without a body, before anything was made of it. */
public interface QuickRequest {

    /** Returns what is asked for, in {@link #words}. */
    String words();

    /** Returns the values of a header, one for each time that it was sent. */
    List<String> headers(String name);

    /** Returns the first value of a header, null if it was not sent. */
    @Nullable
    String header(String name);

    /**
     * Returns what a request asks for, in one text: host, path and query as they were sent. Requests of the same words are let
     * through, or refused, alike.
     */
    static String words(@Nullable String host, String path, @Nullable String query) {
        String asked = host + ' ' + path;
        return query == null ? asked : asked + '?' + query;
    }
}
