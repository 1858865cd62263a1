package dev.roster.server.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets a handler below {@code /api} be called by anybody. It stands where {@link RequiresRole} would, and its path must be
 * among those that {@link ApiSecurity} lets pass.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface OpenToAll {

    /** Why nothing needs protection. */
    String because();
}
