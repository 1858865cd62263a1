package dev.roster.server.api.watch;

import dev.roster.api.config.ConfigClient;
import dev.roster.api.watch.WatchRequest;
import dev.roster.server.api.wire.ClientReader;
import dev.roster.server.config.ItemKey;
import dev.roster.server.config.ItemName;
import dev.roster.server.config.ItemStatus;
import dev.roster.server.config.Release;
import dev.roster.server.config.gray.GrayClient;
import dev.roster.server.feed.Interest;
import dev.roster.server.feed.Snapshot;
import dev.roster.server.registry.RegisteredService;
import dev.roster.server.registry.ServiceKey;
import dev.roster.server.registry.ServiceName;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.subscriber.SubscriberName;
import dev.roster.server.web.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Makes an interest of what was sent, and names what is wrong with it by its path. */
final class WatchRequestReader {

    /** What an instance takes in a snapshot, about, beside its metadata. */
    private static final int BYTES_PER_INSTANCE = 300;

    private WatchRequestReader() {}

    /**
     * Reads what is wanted.
     *
     * @param address where the request comes from
     */
    static Interest interest(WatchRequest sent, String address) {
        return new Interest(
                read("services", sent.services(),
                        (namespace, name) -> new ServiceKey(namespace, new ServiceName(name))),
                read("configs", sent.configs(), (namespace, name) -> new ItemKey(namespace, new ItemName(name))),
                client(sent.client(), address));
    }

    private static GrayClient client(@Nullable ConfigClient sent, String address) {
        try {
            return ClientReader.client(sent, address);
        } catch (InvalidArgumentException e) {
            throw ProblemException.invalidArgument("client." + e.field(), e.value(), e.expected());
        }
    }

    static @Nullable Long since(WatchRequest sent) {
        Long since = sent.since();
        if (since != null && since < 0) {
            throw ProblemException.invalidArgument("since", since, "a revision, 0 or more");
        }
        return since;
    }

    static @Nullable SubscriberName subscriber(WatchRequest sent) {
        String name = sent.subscriber();
        return name == null ? null : new SubscriberName(name);
    }

    /** Refuses a snapshot that would take too much memory at once. */
    static void checkSize(Snapshot snapshot, long maxBytes) {
        long bytes = 0;
        for (ItemStatus status : snapshot.items()) {
            Release release = status.release();
            bytes += release == null ? 0 : release.content().length();
        }
        for (RegisteredService service : snapshot.services()) {
            bytes += (long) service.instances().size() * BYTES_PER_INSTANCE;
        }
        if (bytes > maxBytes) {
            throw ProblemException.invalidArgument("configs", bytes + " bytes",
                    "services and items of at most " + maxBytes + " bytes together; watch them by several streams");
        }
    }

    private static <T> List<T> read(String field, @Nullable List<WatchRequest.Target> targets,
            BiFunction<NamespaceName, String, T> maker) {
        List<T> made = new ArrayList<>();
        if (targets == null) {
            return made;
        }
        if (targets.size() > Interest.MAX_TARGETS) {
            throw ProblemException.invalidArgument(field, targets.size() + " entries",
                    "at most " + Interest.MAX_TARGETS + " entries");
        }
        for (WatchRequest.Target target : targets) {
            made.add(read(field + "[" + made.size() + "]", target, maker));
        }
        return made;
    }

    private static <T> T read(String path, WatchRequest.@Nullable Target target,
            BiFunction<NamespaceName, String, T> maker) {
        if (target == null || target.name() == null) {
            throw ProblemException.invalidArgument(path + ".name", null, "a name");
        }
        String namespace = target.namespace();
        NamespaceName where = namespace == null ? NamespaceName.DEFAULT : namespace(path, namespace);
        try {
            return maker.apply(where, target.name());
        } catch (InvalidArgumentException e) {
            throw ProblemException.invalidArgument(path + ".name", e.value(), e.expected());
        }
    }

    private static NamespaceName namespace(String path, String name) {
        try {
            return new NamespaceName(name);
        } catch (InvalidArgumentException e) {
            throw ProblemException.invalidArgument(path + ".namespace", e.value(), e.expected());
        }
    }
}
