package dev.roster.benchmarks.registry;

/** Names of services and instances by their numbers. */
final class Names {

    private Names() {}

    static String service(int number) {
        return "s" + number;
    }

    static String instance(long number) {
        return "i" + number;
    }
}
