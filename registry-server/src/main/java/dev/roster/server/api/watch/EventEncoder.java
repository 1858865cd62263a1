package dev.roster.server.api.watch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.roster.api.registry.Instance;
import dev.roster.api.watch.ConfigState;
import dev.roster.api.watch.WatchChange;
import dev.roster.api.watch.WatchProgress;
import dev.roster.api.watch.WatchSnapshot;
import dev.roster.server.api.wire.ConfigRecords;
import dev.roster.server.api.wire.RegistryRecords;
import dev.roster.server.config.ItemKey;
import dev.roster.server.config.ItemStatus;
import dev.roster.server.config.Release;
import dev.roster.server.feed.Change;
import dev.roster.server.feed.Snapshot;
import dev.roster.server.registry.InstanceEvent;
import dev.roster.server.registry.InstanceKey;
import dev.roster.server.registry.RegisteredInstance;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes events of a stream (HTML Living Standard, section 9.2: server-sent events) in UTF-8. When thousands follow the same
 * service or item its change is written once and the bytes are shared: each part of a change is kept for as long as the
 * others may ask for it. May be used by any thread.
 */
@Component
final class EventEncoder {

    /** Most bytes of parts that are kept: the changes of a second or two in a large cluster. */
    private static final long MAX_KEPT_BYTES = 16L * 1024 * 1024;

    private final JsonMapper json;
    private final Cache<Object, byte[]> parts = Caffeine.newBuilder().maximumWeight(MAX_KEPT_BYTES)
            .weigher((Object _, byte[] part) -> part.length).build();

    EventEncoder(JsonMapper json) {
        this.json = json;
    }

    byte[] snapshot(Snapshot snapshot) {
        WatchSnapshot wire = new WatchSnapshot(snapshot.revision(),
                snapshot.services().stream().map(RegistryRecords::service).toList(),
                snapshot.items().stream().map(EventEncoder::state).toList());
        return event("snapshot", snapshot.revision(), json.writeValueAsBytes(wire));
    }

    byte[] progress(long revision) {
        return event("progress", revision, json.writeValueAsBytes(new WatchProgress(revision)));
    }

    /** Writes a {@link WatchChange}; its parts come from others who had the same one, if there are any. */
    byte[] change(Change change) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        long revision = change.revision();
        data.writeBytes(utf8("{\"revision\":" + revision + ",\"instances\":["));
        list(data, change.instances(), event -> instancePart(event, revision));
        data.writeBytes(utf8("],\"configs\":["));
        list(data, change.items(), status -> itemPart(status, revision));
        data.writeBytes(utf8("]}"));
        return event("change", revision, data.toByteArray());
    }

    private record InstanceAt(InstanceKey key, long revision) {}

    private record ItemAt(ItemKey key, long revision) {}

    private byte[] instancePart(InstanceEvent event, long revision) {
        return parts.get(new InstanceAt(event.key(), revision), _ -> json.writeValueAsBytes(change(event)));
    }

    private byte[] itemPart(ItemStatus status, long revision) {
        return parts.get(new ItemAt(status.item(), revision), _ -> json.writeValueAsBytes(state(status)));
    }

    private static WatchChange.InstanceChange change(InstanceEvent event) {
        InstanceKey key = event.key();
        RegisteredInstance registered = event.instance();
        Instance instance = registered == null ? null : RegistryRecords.instance(registered);
        return new WatchChange.InstanceChange(key.service().namespace().value(), key.service().name().value(),
                key.id().value(), instance);
    }

    private static ConfigState state(ItemStatus status) {
        ItemKey item = status.item();
        Release release = status.release();
        return new ConfigState(item.namespace().value(), item.name().value(),
                release == null ? null : ConfigRecords.item(release));
    }

    private static <T> void list(ByteArrayOutputStream data, List<T> elements, Function<T, byte[]> part) {
        String separator = "";
        for (T element : elements) {
            data.writeBytes(utf8(separator));
            data.writeBytes(part.apply(element));
            separator = ",";
        }
    }

    /** JSON has no line ends within it, so its one line is the data of the event. */
    private static byte[] event(String name, long revision, byte[] data) {
        byte[] head = utf8("id: " + revision + "\nevent: " + name + "\ndata: ");
        byte[] event = new byte[head.length + data.length + 2];
        System.arraycopy(head, 0, event, 0, head.length);
        System.arraycopy(data, 0, event, head.length, data.length);
        event[event.length - 2] = '\n';
        event[event.length - 1] = '\n';
        return event;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
