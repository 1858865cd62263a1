package dev.roster.server.web;

import dev.roster.server.security.Role;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The least role that may call a handler. Every handler below {@code /api} carries it: one without is refused at start,
 * so that nothing is open by oversight.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface RequiresRole {

    /** The least role. */
    Role value();
}
