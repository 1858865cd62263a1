package dev.roster.client;

import java.util.function.Consumer;

/**
 * A claim or an arrival that nobody wants any more, and whose end could not be told yet.
 *
 * @param what what people are told of it
 * @param end tells its end; a problem says that it has ended
 */
record Abandoned(String what, Consumer<CoordinationOperations> end) {}
