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
import dev.roster.server.config.ConfigSecrets;
import dev.roster.server.config.ItemKey;
import dev.roster.server.config.ItemStatus;
import dev.roster.server.config.Release;
import dev.roster.server.config.SecretForm;
import dev.roster.server.config.secret.SecretException;
import dev.roster.server.feed.Change;
import dev.roster.server.feed.Snapshot;
import dev.roster.server.registry.InstanceEvent;
import dev.roster.server.registry.InstanceKey;
import dev.roster.server.registry.RegisteredInstance;
import dev.roster.server.registry.ServiceEvent;
import dev.roster.server.registry.ServiceKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes events of a stream (HTML Living Standard, section 9.2: server-sent events) in UTF-8. When thousands follow the same
 * service or item, its change is written once and they share the bytes, also while they wait to be sent. May be used by any
 * thread.
 */
@Component
final class EventEncoder {

    /** Most bytes of changes that are kept for others who have the same: those of a second or two in a large cluster. */
    private static final long MAX_KEPT_BYTES = 16L * 1024 * 1024;

    private static final Logger log = LoggerFactory.getLogger(EventEncoder.class);

    private final JsonMapper json;
    private final Cache<Content, byte[]> changes = Caffeine.newBuilder().maximumWeight(MAX_KEPT_BYTES)
            .weigher((Content _, byte[] event) -> event.length).build();

    private record ItemVersion(ItemKey item, long version) {
        static ItemVersion of(ItemStatus status) {
            Release release = status.release();
            return new ItemVersion(status.item(), release == null ? 0 : release.entry().version());
        }
    }

    private final ConfigSecrets secrets;

    /**
     * Tells changes apart: what was changed, when, and how secrets are shown says how it is then, but for whom gray releases
     * choose.
     */
    private record Content(long revision, List<ServiceKey> services, List<InstanceKey> instances,
            List<ItemVersion> items, List<SecretForm> forms) {}

    EventEncoder(JsonMapper json, ConfigSecrets secrets) {
        this.json = json;
        this.secrets = secrets;
    }

    /**
     * Writes a snapshot.
     *
     * @throws dev.roster.server.config.secret.SecretException if a secret cannot be decrypted
     */
    byte[] snapshot(Snapshot snapshot, Sight sight) {
        WatchSnapshot wire = new WatchSnapshot(snapshot.revision(),
                snapshot.services().stream().map(RegistryRecords::service).toList(),
                snapshot.items().stream()
                        .map(status -> state(status, release -> secrets.show(release, sight.form(release)))).toList());
        return event("snapshot", snapshot.revision(), wire);
    }

    byte[] progress(long revision) {
        return event("progress", revision, new WatchProgress(revision));
    }

    byte[] change(Change change, Sight sight) {
        Content content = new Content(change.revision(), change.services().stream().map(ServiceEvent::key).toList(),
                change.instances().stream().map(InstanceEvent::key).toList(),
                change.items().stream().map(ItemVersion::of).toList(),
                change.items().stream().map(ItemStatus::release).filter(Objects::nonNull).map(sight::form).toList());
        return changes.get(content, _ -> event("change", change.revision(),
                new WatchChange(change.revision(), change.services().stream().map(EventEncoder::change).toList(),
                        change.instances().stream().map(EventEncoder::change).toList(),
                        change.items().stream().map(status -> state(status, release -> shown(release, sight)))
                                .toList())));
    }

    private static WatchChange.ServiceChange change(ServiceEvent event) {
        ServiceKey key = event.key();
        return new WatchChange.ServiceChange(key.namespace().value(), key.name().value(),
                RegistryRecords.definition(event.defined()));
    }

    private static WatchChange.InstanceChange change(InstanceEvent event) {
        InstanceKey key = event.key();
        RegisteredInstance registered = event.instance();
        Instance instance = registered == null ? null : RegistryRecords.instance(registered);
        return new WatchChange.InstanceChange(key.service().namespace().value(), key.service().name().value(),
                key.id().value(), instance);
    }

    /** A stream that has begun cannot say that a secret does not decrypt: its reader gets a mask, and the log says why. */
    private Release shown(Release release, Sight sight) {
        try {
            return secrets.show(release, sight.form(release));
        } catch (SecretException e) {
            log.error("A watch is told of a change with its secrets masked: {}", e.getMessage());
            return secrets.show(release, SecretForm.MASKED);
        }
    }

    private static ConfigState state(ItemStatus status, UnaryOperator<Release> shown) {
        ItemKey item = status.item();
        Release release = status.release();
        return new ConfigState(item.namespace().value(), item.name().value(),
                release == null ? null : ConfigRecords.item(shown.apply(release)));
    }

    /** JSON has no line ends within it, so its one line is the data of the event. */
    private byte[] event(String name, long revision, Object record) {
        byte[] data = json.writeValueAsBytes(record);
        byte[] head = ("id: " + revision + "\nevent: " + name + "\ndata: ").getBytes(StandardCharsets.UTF_8);
        byte[] event = new byte[head.length + data.length + 2];
        System.arraycopy(head, 0, event, 0, head.length);
        System.arraycopy(data, 0, event, head.length, data.length);
        event[event.length - 2] = '\n';
        event[event.length - 1] = '\n';
        return event;
    }
}
