package dev.roster.client;

import org.jspecify.annotations.Nullable;

/** Calls that nobody observes. */
enum Unobserved implements CallObserver.Observed {
    CALL;

    @Override
    public void repeated(String reason) {}

    @Override
    public void ended(@Nullable RuntimeException failure) {}
}
