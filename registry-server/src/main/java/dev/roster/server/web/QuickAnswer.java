package dev.roster.server.web;

import java.util.List;

/**
 * An answer whose bytes are there already.
 *
 * @param pattern of the path, as the handler has it, by which requests are counted
 * @param status 200 or 304
 * @param headers those that are its own, each once
 * @param body as it goes out; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record QuickAnswer(String pattern, int status, List<Header> headers, byte[] body) {

    /** A header of an answer. */
    public record Header(String name, String value) {}
}
