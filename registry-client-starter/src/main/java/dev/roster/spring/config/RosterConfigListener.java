package dev.roster.spring.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.aot.hint.annotation.Reflective;

/**
 * Has a bean's method called with a configuration item as it was written, of any format: with the current one as soon as it is
 * known, and with the new one after each change. What came in between two calls may be left out.
 *
 * <p>The method has one parameter, a {@code String} for the content or a {@link dev.roster.api.config.ConfigItem}; it is
 * {@code null} when the item does not exist. All such methods are called by one thread, one after another; one that throws is logged
 * and called again with the next change.
 */
@Documented
@Reflective
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface RosterConfigListener {

    /**
     * Returns the name of the item, {@code namespace/name} for one of another namespace than the application's. Placeholders are
     * filled in.
     */
    String value();
}
