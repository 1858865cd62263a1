package dev.roster.server.api.registry;

import dev.roster.server.registry.InstanceFilter;
import dev.roster.server.registry.InstanceFilter.Equal;
import dev.roster.server.registry.InstanceFilter.Named;
import dev.roster.server.registry.InstanceFilter.Tagged;
import dev.roster.server.registry.InstanceOrder;
import dev.roster.server.registry.InstanceStatus;
import dev.roster.server.registry.Selection;
import dev.roster.server.web.ProblemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * Makes a selection of the query parameters of those who look for instances: healthy, status, zone, cluster, version, tag (which
 * may be given several times), filter, selector, sort.
 */
final class InstanceQuery {

    /** Most tags that may be asked for. */
    private static final int MAX_TAGS = 32;

    private final MultiValueMap<String, String> parameters;

    private InstanceQuery(MultiValueMap<String, String> parameters) {
        this.parameters = parameters;
    }

    static Selection read(MultiValueMap<String, String> parameters) {
        return new InstanceQuery(parameters).selection();
    }

    private Selection selection() {
        List<InstanceFilter> filters = new ArrayList<>();
        String status = single("status");
        if (status != null) {
            filters.add(new Equal(Named.STATUS, checked(status)));
        }
        equal("zone", Named.ZONE, filters);
        equal("cluster", Named.CLUSTER, filters);
        equal("version", Named.VERSION, filters);
        List<String> tags = parameters.getOrDefault("tag", List.of());
        if (tags.size() > MAX_TAGS) {
            throw ProblemException.invalidArgument("tag", tags.size() + " tags", "at most " + MAX_TAGS + " tags");
        }
        tags.forEach(tag -> filters.add(new Tagged(tag)));
        String filter = single("filter");
        if (filter != null) {
            filters.add(InstanceFilter.parse("filter", filter));
        }
        String sort = single("sort");
        return new Selection(isTrue("healthy"), new InstanceFilter.All(filters), single("selector"),
                sort == null ? InstanceOrder.BY_ID : InstanceOrder.parse(sort));
    }

    private void equal(String name, Named attribute, List<InstanceFilter> filters) {
        String value = single(name);
        if (value != null) {
            filters.add(new Equal(attribute, value));
        }
    }

    private @Nullable String single(String name) {
        List<String> values = parameters.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw ProblemException.invalidArgument(name, values.size() + " values", "one value");
        }
        return values.isEmpty() ? null : values.getFirst();
    }

    private boolean isTrue(String name) {
        return switch (single(name)) {
            case "true" -> true;
            case "false" -> false;
            case null -> false;
            default -> throw ProblemException.invalidArgument(name, single(name), "true or false");
        };
    }

    private static String checked(String status) {
        List<String> labels = Arrays.stream(InstanceStatus.values()).map(InstanceStatus::label).toList();
        if (!labels.contains(status)) {
            throw ProblemException.invalidArgument("status", status,
                    labels.stream().collect(Collectors.joining(", ", "one of ", "")));
        }
        return status;
    }
}
