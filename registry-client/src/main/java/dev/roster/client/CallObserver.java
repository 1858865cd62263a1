package dev.roster.client;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Is told of each call to the server, once, however often it is repeated. The stream of changes, and what acknowledges them, are no
 * calls. Called by the threads that call, so it must not block; what it throws is thrown at the caller.
 */
@FunctionalInterface
public interface CallObserver {

    /**
     * Says that a call begins.
     *
     * @param headers takes names and values of headers that are sent with each attempt, such as those of a trace
     * @return who is told what becomes of it
     */
    Observed begin(ObservedCall call, BiConsumer<String, String> headers);

    /**
     * A call.
     *
     * @param method HTTP method
     * @param route path below {@code /api/v1} with the names of fields in place of their values, such as
     *     {@code /namespaces/{namespace}/services}; there are some dozens of them
     */
    record ObservedCall(String method, String route) {}

    /** A call that is under way. */
    interface Observed {

        /** Says that an attempt failed and the call is tried again. */
        void repeated(String reason);

        /**
         * Says that the call is over.
         *
         * @param failure what the caller gets instead of an answer, null if that is an answer
         */
        void ended(@Nullable RuntimeException failure);
    }

    /** Returns one that does nothing. */
    static CallObserver none() {
        return (call, headers) -> Unobserved.CALL;
    }
}
