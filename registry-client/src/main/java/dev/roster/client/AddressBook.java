package dev.roster.client;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The addresses of the server and how they are doing. One address is used as long as it works; one that fails rests, longer
 * each time, while others are there to ask. The order is drawn at random once, so that clients spread over the members.
 * Safe for use by several threads.
 */
final class AddressBook {
    private static final Duration FIRST_REST = Duration.ofSeconds(1);
    private static final Duration LONGEST_REST = Duration.ofSeconds(30);
    private static final double SHARE_AT_RANDOM = 0.3;

    private final InstantSource clock;
    private final RandomGenerator random;
    private final List<Entry> entries = new ArrayList<>();
    private Entry current;
    private volatile Runnable onRecovery = () -> {};

    AddressBook(List<URI> addresses, InstantSource clock, RandomGenerator random) {
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("addresses: expected at least one");
        }
        this.clock = clock;
        this.random = random;
        addresses.forEach(address -> entries.add(new Entry(address)));
        Collections.shuffle(entries, new Random(random.nextLong()));
        current = entries.get(0);
    }

    int size() {
        return entries.size();
    }

    /**
     * Returns the address to ask next: the current one unless it rests or was tried, else the next that doesn't, else the one
     * whose rest ends first.
     *
     * @param tried addresses that the caller would rather not ask again
     */
    synchronized URI choose(Set<URI> tried) {
        Instant now = clock.instant();
        int start = entries.indexOf(current);
        Entry best = null;
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get((start + i) % entries.size());
            if (!entry.restsAt(now) && !tried.contains(entry.address)) {
                best = entry;
                break;
            }
            if (best == null || preferred(entry, best, tried)) {
                best = entry;
            }
        }
        current = best == null ? current : best;
        return current.address;
    }

    /** Tells whether there is an address that neither rests nor was tried. */
    synchronized boolean hasFresh(Set<URI> tried) {
        Instant now = clock.instant();
        return entries.stream().anyMatch(entry -> !entry.restsAt(now) && !tried.contains(entry.address));
    }

    /** Sets what is told when an address that has failed works again, without a lock held. */
    void onRecovery(Runnable listener) {
        onRecovery = listener;
    }

    void succeeded(URI address) {
        boolean recovered;
        synchronized (this) {
            Entry entry = find(address);
            recovered = entry.failures > 0;
            entry.failures = 0;
            entry.restUntil = Instant.MIN;
        }
        if (recovered) {
            onRecovery.run();
        }
    }

    synchronized void failed(URI address) {
        Entry entry = find(address);
        Duration rest = FIRST_REST.multipliedBy(1L << Math.min(entry.failures, 10));
        entry.failures++;
        rest = rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest;
        entry.restUntil = clock.instant().plus(Backoff.shorten(rest, SHARE_AT_RANDOM, random));
    }

    /** Returns how each address is doing, in the order in which they are tried. */
    synchronized List<AddressStatus> statuses() {
        Instant now = clock.instant();
        return entries.stream().map(entry -> new AddressStatus(entry.address, entry == current, entry.failures,
                entry.restsAt(now) ? entry.restUntil : null)).toList();
    }

    private static boolean preferred(Entry entry, Entry best, Set<URI> tried) {
        boolean entryTried = tried.contains(entry.address);
        boolean bestTried = tried.contains(best.address);
        return entryTried == bestTried ? entry.restUntil.isBefore(best.restUntil) : bestTried;
    }

    private Entry find(URI address) {
        return entries.stream().filter(entry -> entry.address.equals(address)).findFirst().orElseThrow();
    }

    private static final class Entry {
        private final URI address;
        private int failures;
        private Instant restUntil = Instant.MIN;

        Entry(URI address) {
            this.address = address;
        }

        boolean restsAt(Instant now) {
            return now.isBefore(restUntil);
        }
    }
}
