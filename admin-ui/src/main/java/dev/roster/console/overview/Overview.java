package dev.roster.console.overview;

import dev.roster.api.Page;
import dev.roster.api.cluster.ClusterStatus;
import dev.roster.api.config.ConfigSummary;
import dev.roster.api.registry.ServiceSummary;
import dev.roster.console.gateway.Roster;
import dev.roster.console.gateway.Roster.ListQuery;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the page shows.
 *
 * @param services how many services there are
 * @param instances how many instances those services have
 * @param configs how many configuration items there are
 * @param complete false when there are more than counted here
 * @param latest the items published last, newest first
 * @param cluster the cluster as the answering member sees it
 */
record Overview(int services, int instances, int configs, boolean complete, List<ConfigSummary> latest,
        ClusterStatus cluster) {
    /** Pages of {@link ListQuery#MAX_LIMIT} entries that are counted, so that the page stays quick in a namespace of any size. */
    private static final int MAX_PAGES = 10;
    private static final int LATEST = 5;

    static Overview of(Roster roster, String namespace) {
        Walk<ServiceSummary> services = Walk.through(query -> roster.listServices(namespace, query));
        Walk<ConfigSummary> configs = Walk.through(query -> roster.listConfigs(namespace, query));
        List<ConfigSummary> latest = configs.items.stream()
                .sorted(Comparator.comparing(ConfigSummary::publishedAt).reversed()).limit(LATEST).toList();
        return new Overview(services.items.size(), services.items.stream().mapToInt(ServiceSummary::instances).sum(),
                configs.items.size(), services.complete && configs.complete, latest, roster.cluster());
    }

    /** Members that the answering one does not hear from. */
    public long unreachable() {
        return cluster.members().stream().filter(member -> !member.reachable()).count();
    }

    private record Walk<T>(List<T> items, boolean complete) {
        static <T> Walk<T> through(Function<ListQuery, Page<T>> list) {
            List<T> items = new ArrayList<>();
            @Nullable
            String cursor = null;
            for (int i = 0; i < MAX_PAGES; i++) {
                Page<T> page = list.apply(new ListQuery("", ListQuery.MAX_LIMIT, cursor));
                items.addAll(page.items());
                cursor = page.nextCursor();
                if (cursor == null) {
                    return new Walk<>(items, true);
                }
            }
            return new Walk<>(items, false);
        }
    }
}
