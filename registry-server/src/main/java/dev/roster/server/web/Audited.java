package dev.roster.server.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Writes every call of a handler to the audit log, with the caller, the path variables as the target, and the outcome.
 * Every handler that changes something carries it, save for what happens all the time and by itself (heartbeats).
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Audited {

    /** What the log calls it: object and verb, such as {@code config.publish}. */
    String value();
}
