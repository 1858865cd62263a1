package dev.roster.server.api.registry;

import dev.roster.server.registry.ServiceKey;
import org.jspecify.annotations.Nullable;

/** What is asked about a service. Its hash is worked out once: whoever asks again and again does it with the same one. */
final class Question {
    private final ServiceKey service;
    private final Object how;
    private final boolean held;
    private final int hash;

    /**
     * Makes a question.
     *
     * @param service about which service
     * @param how what else the answer depends on, told apart by its equality
     * @param held whether the end of leases is held back, which answers tell
     */
    Question(ServiceKey service, Object how, boolean held) {
        this.service = service;
        this.how = how;
        this.held = held;
        this.hash = (31 * service.hashCode() + how.hashCode()) * 31 + Boolean.hashCode(held);
    }

    ServiceKey service() {
        return service;
    }

    /** Returns the same question for when the end of leases is held back, or is not. */
    Question held(boolean now) {
        return now == held ? this : new Question(service, how, now);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Question that && hash == that.hash && held == that.held
                && service.equals(that.service) && how.equals(that.how));
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
