package dev.roster.server.registry;

import dev.roster.server.security.InvalidArgumentException;

/**
 * What the operators of the cluster allow instances.
 *
 * @param maxInstances most instances of a namespace, 1 or more
 * @param unverifiedTls whether a check may have members speak TLS without verifying who answers
 */
public record RegistryRules(int maxInstances, boolean unverifiedTls) {

    /** Most instances of a namespace when the operators say nothing: twice those that the largest clusters were seen to have. */
    public static final int DEFAULT_MAX_INSTANCES = 200_000;

    /** What holds when the operators say nothing. */
    public static final RegistryRules DEFAULT = new RegistryRules(DEFAULT_MAX_INSTANCES, false);

    /** Refuses what an instance may not ask for with {@link InvalidArgumentException}. */
    void check(Registration registration) {
        for (Check check : registration.checks()) {
            CheckTls tls = check.method() instanceof CheckMethod.Call call ? call.tls() : null;
            if (!unverifiedTls && tls != null && !tls.isVerified()) {
                throw new InvalidArgumentException("checks.tls.verify", false,
                        "true: the operators of this cluster do not allow checks that verify nothing");
            }
        }
    }
}
