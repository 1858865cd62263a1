package dev.roster.console.services;

import dev.roster.api.registry.Instance;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A part of a service's instances. The API gives all of them at once; a page shows some.
 *
 * @param filter what the instances shown contain in id, address, zone or metadata; empty for all
 * @param total how many instances the service has
 * @param matching how many of them contain the filter
 * @param number 1-based number of this part
 * @param parts how many parts there are, at least 1
 * @param rows the instances of this part
 */
record InstancePage(String filter, int total, int matching, int number, int parts, List<InstanceRow> rows) {
    private static final int PAGE_SIZE = 200;

    static InstancePage of(List<Instance> all, String filter, int wanted) {
        String needle = filter.toLowerCase(Locale.ROOT);
        List<InstanceRow> matching = all.stream().map(InstanceRow::new).filter(row -> row.contains(needle)).toList();
        int parts = Math.max(1, Math.ceilDiv(matching.size(), PAGE_SIZE));
        int number = Math.clamp(wanted, 1, parts);
        List<InstanceRow> rows = matching.stream().skip((number - 1L) * PAGE_SIZE).limit(PAGE_SIZE).toList();
        return new InstancePage(filter, all.size(), matching.size(), number, parts, rows);
    }

    /**
     * An instance as the table shows it.
     *
     * @param instance the instance
     */
    record InstanceRow(Instance instance) {
        /** Scheme, host and port; an IPv6 host in brackets. */
        public String address() {
            String host = instance.host().contains(":") ? "[" + instance.host() + "]" : instance.host();
            return (instance.secure() ? "https://" : "http://") + host + ":" + instance.port();
        }

        /** The metadata by name, in order. */
        public Map<String, String> metadata() {
            return new TreeMap<>(instance.metadata());
        }

        private boolean contains(String needle) {
            return needle.isEmpty() || has(instance.id(), needle) || has(address(), needle)
                    || (instance.zone() != null && has(instance.zone(), needle))
                    || instance.metadata().entrySet().stream()
                            .anyMatch(entry -> has(entry.getKey() + "=" + entry.getValue(), needle));
        }

        private static boolean has(String text, String needle) {
            return text.toLowerCase(Locale.ROOT).contains(needle);
        }
    }
}
