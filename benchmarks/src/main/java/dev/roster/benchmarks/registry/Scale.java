package dev.roster.benchmarks.registry;

import java.util.random.RandomGenerator;

/**
 * How many instances there are, and in which services: as many services of 1,000 instances as leave at least 10 to each of the
 * others; the last of those has what is left over. Services and instances are told by their numbers, those of large services
 * first.
 *
 * @param instances all instances
 * @param services all services
 */
record Scale(int instances, int services) {

    static final int SMALL = 10;
    static final int LARGE = 1000;

    Scale {
        if (services < 2 || instances < LARGE + SMALL * services) {
            throw new IllegalArgumentException(instances + " instances in " + services
                    + " services: expected 2 services or more, and instances for one of " + LARGE + " beside those of "
                    + SMALL);
        }
    }

    /** Returns how many services have 1,000 instances. */
    int large() {
        return Math.min(services - 1, (instances - SMALL * services) / (LARGE - SMALL));
    }

    /** Returns the number of the service of an instance. */
    int serviceOf(int instance) {
        int inLarge = large() * LARGE;
        return instance < inLarge
                ? instance / LARGE
                : Math.min(services - 1, large() + (instance - inLarge) / SMALL);
    }

    /** Draws a service of 1,000 instances. */
    int anyLarge(RandomGenerator random) {
        return random.nextInt(large());
    }

    /** Draws a service of 10 instances. */
    int anySmall(RandomGenerator random) {
        return random.nextInt(large(), Math.max(large() + 1, services - 1));
    }
}
