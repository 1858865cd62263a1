package dev.roster.spring.coordination;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets a method of a bean run in the application that leads alone, usually one with {@code @Scheduled}; in all others a call does
 * nothing and returns null. The application stands for the election from its start.
 *
 * <p>A run that has begun goes on when the leadership is lost meanwhile, while the next leader may begin another one. A method for
 * which that matters asks {@link LeaderElection#isLeader} between steps, and passes {@link LeaderElection#fencingToken} on to what it
 * writes to. Like all that proxies do, it has no effect on calls from within the same object; the method returns {@code void} or an
 * object.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface LeaderOnly {

    /**
     * Returns the name of the election, in which placeholders are resolved; empty means
     * {@code roster.coordination.leader.election}.
     */
    String value() default "";
}
