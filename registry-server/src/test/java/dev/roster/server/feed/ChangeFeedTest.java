package dev.roster.server.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.config.ConfigReleases;
import dev.roster.server.config.Expectation;
import dev.roster.server.config.ItemKey;
import dev.roster.server.config.ItemName;
import dev.roster.server.config.Publication;
import dev.roster.server.config.changeset.ChangeSetPublisher;
import dev.roster.server.config.delivery.DeliveryReports;
import dev.roster.server.config.format.DocumentFormat;
import dev.roster.server.config.gray.GrayClient;
import dev.roster.server.config.gray.GrayPlan;
import dev.roster.server.config.gray.GrayReleases;
import dev.roster.server.config.gray.GrayStep;
import dev.roster.server.fixture.Callers;
import dev.roster.server.fixture.LocalStore;
import dev.roster.server.registry.InstanceId;
import dev.roster.server.registry.InstanceKey;
import dev.roster.server.registry.Registration;
import dev.roster.server.registry.ServiceCatalog;
import dev.roster.server.registry.ServiceKey;
import dev.roster.server.registry.ServiceName;
import dev.roster.server.security.Caller;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.store.Compact;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.Revision;
import dev.roster.server.store.RevisionAheadException;
import dev.roster.server.store.RevisionCompactedException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChangeFeedTest {
    private static final Caller READER = Callers.of(Role.READER);
    private static final Caller EDITOR = Callers.of(Role.EDITOR);
    private static final Duration TTL = Duration.ofSeconds(10);

    private final LocalStore local = new LocalStore();
    private final ServiceCatalog catalog = new ServiceCatalog(local.store, local.clock, new Random(1));
    private final ConfigReleases releases = new ConfigReleases(local.store, local.clock, new SimpleMeterRegistry());
    private final ChangeFeed feed = new ChangeFeed(local.store);
    private final Heard heard = new Heard();

    /** Keeps what it is told. */
    private static final class Heard implements ChangeListener {
        private final Queue<Change> changes = new ConcurrentLinkedQueue<>();
        private final Queue<Long> progress = new ConcurrentLinkedQueue<>();
        private final Queue<Long> compacted = new ConcurrentLinkedQueue<>();

        @Override
        public void onChange(Change change) {
            changes.add(change);
        }

        @Override
        public void onProgress(long revision) {
            progress.add(revision);
        }

        @Override
        public void onCompacted(long oldestRevision) {
            compacted.add(oldestRevision);
        }
    }

    @AfterEach
    void close() {
        local.close();
    }

    @Test
    void showsServicesAndItemsAtOneRevisionAndInTheOrderAskedFor() {
        register("b", "i1");
        publish("x", "1", 0);

        Snapshot snapshot = feed.snapshot(READER, new Interest(List.of(service("b"), service("a"), service("b")),
                List.of(item("y"), item("x"))));

        assertThat(snapshot.revision()).isEqualTo(local.revision());
        assertThat(snapshot.services()).extracting(s -> s.key().name().value() + " " + s.instances().size())
                .containsExactly("b 1", "a 0");
        assertThat(snapshot.items()).extracting(i -> i.item().name().value() + " " + (i.release() != null))
                .containsExactly("y false", "x true");
    }

    @Test
    void tellsEveryChangeAfterARevisionAndNoOther() {
        register("a", "i1");
        long seen = local.revision();
        publish("x", "1", 0);
        register("other", "i1");
        register("a", "i1");

        try (Subscription subscription = feed.follow(READER, new Interest(List.of(service("a")), List.of(item("x"))),
                seen,
                heard)) {
            catalog.deregister(EDITOR, key("a", "i1"));
            releases.delete(EDITOR, item("x"), 1L);
            subscription.requestProgress();

            awaitChanges(4);
            Awaitility.await("progress was asked for").until(() -> heard.progress.contains(local.revision()));
        }
        List<Change> changes = List.copyOf(heard.changes);
        assertThat(changes).extracting(Change::revision).isSorted().doesNotHaveDuplicates();
        assertThat(changes.get(0).items().getFirst().release().content()).isEqualTo("1");
        assertThat(changes.get(1).instances().getFirst().instance()).isNotNull();
        assertThat(changes.get(2).instances().getFirst().instance()).isNull();
        assertThat(changes.get(3).items().getFirst().release()).isNull();
    }

    @Test
    void tellsOfInstancesWhoseTimeIsOver() {
        register("a", "i1");
        register("a", "i2");

        try (Subscription _ = feed.follow(READER, new Interest(List.of(service("a")), List.of()), local.revision(),
                heard)) {
            local.pass(TTL);

            awaitChanges(1);
        }
        assertThat(heard.changes.element().instances()).as("one revision, one change").hasSize(2)
                .allSatisfy(event -> assertThat(event.instance()).isNull());
    }

    @Test
    void doesNotTellOfVersionsThatAreNoLongerKept() {
        publish("x", "0", 0);
        for (int version = 1; version < 100; version++) {
            publish("x", Integer.toString(version), version);
        }

        try (Subscription _ = feed.follow(READER, new Interest(List.of(), List.of(item("x"))), local.revision(),
                heard)) {
            publish("x", "last", 100);

            awaitChanges(1);
        }
        assertThat(heard.changes.element().items()).singleElement()
                .satisfies(status -> assertThat(status.release().content()).isEqualTo("last"));
    }

    @Test
    void tellsStepsOfAGrayReleaseToThoseWhoAreChosen() {
        publish("x", "old", 0);
        GrayReleases grays = grays();
        Heard second = new Heard();
        Heard other = new Heard();
        long seen = local.revision();

        try (Subscription _ = feed.follow(READER, interest("x", "i1"), seen, heard);
                Subscription _ = feed.follow(READER, interest("x", "i2"), seen, second);
                Subscription _ = feed.follow(READER, new Interest(List.of(), List.of(item("x"))), seen, other)) {
            grays.start(EDITOR, item("x"), 1L, new Publication(DocumentFormat.TEXT, "new", null),
                    new GrayPlan(List.of(step("i1"), step("i2")), false, 0, 0, 0));
            assertThat(feed.snapshot(READER, interest("x", "i1")).items().getFirst().release().content())
                    .isEqualTo("new");
            assertThat(feed.snapshot(READER, interest("x", "i2")).items().getFirst().release().content())
                    .isEqualTo("old");
            grays.advance(EDITOR, item("x"), 2, 1, null);
            grays.abort(EDITOR, item("x"), 2, 2, null);
            publish("x", "next", 1);

            awaitChanges(3);
            Awaitility.await("as above").until(() -> second.changes.size() >= 3 && !other.changes.isEmpty());
        }
        assertThat(contents(heard)).containsExactly("new", "old", "next");
        assertThat(contents(second)).containsExactly("new", "old", "next");
        assertThat(contents(other)).containsExactly("next");
    }

    @Test
    void tellsTheEndOfAGrayReleaseOnce() {
        publish("x", "old", 0);
        GrayReleases grays = grays();
        grays.start(EDITOR, item("x"), 1L, new Publication(DocumentFormat.TEXT, "new", null),
                new GrayPlan(List.of(step("i1")), false, 0, 0, 0));

        try (Subscription _ = feed.follow(READER, interest("x", "i1"), local.revision(), heard)) {
            grays.promote(EDITOR, item("x"), 2, 1, null);
            publish("x", "next", 3);

            awaitChanges(2);
        }
        assertThat(contents(heard)).containsExactly("new", "next");
        assertThat(heard.changes.element().items().getFirst().release().entry().version()).isEqualTo(3);
    }

    private GrayReleases grays() {
        return new GrayReleases(local.store, releases, new ChangeSetPublisher(local.store, releases, local.clock),
                new DeliveryReports(local.store, "a", local.clock, new SimpleMeterRegistry()), local.clock);
    }

    private static List<String> contents(Heard listener) {
        return listener.changes.stream().map(change -> change.items().getFirst().release().content()).toList();
    }

    private static Interest interest(String item, String instance) {
        return new Interest(List.of(), List.of(item(item)), new GrayClient(instance, null, Map.of()));
    }

    private static GrayStep step(String instance) {
        return new GrayStep(Set.of(instance), List.of(), Map.of(), null, Duration.ofMinutes(1));
    }

    @Test
    void refusesToFollowFromWhereItCannot() {
        register("a", "i1");
        long early = local.revision();
        register("a", "i2");
        Outcome.await(local.store.compact(new Compact(new Revision(local.revision()))));
        Interest interest = new Interest(List.of(service("a")), List.of());

        assertThatThrownBy(() -> feed.follow(READER, interest, early, heard))
                .isInstanceOf(RevisionCompactedException.class);
        assertThatThrownBy(() -> feed.follow(READER, interest, local.revision() + 1, heard))
                .isInstanceOf(RevisionAheadException.class);
    }

    @Test
    void refusesAnInterestInNothingAndInTooMuch() {
        List<ServiceKey> many = IntStream.rangeClosed(0, Interest.MAX_TARGETS).mapToObj(i -> service("s" + i)).toList();

        assertThatThrownBy(() -> new Interest(List.of(), List.of())).isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> new Interest(many, List.of())).isInstanceOf(InvalidArgumentException.class);
    }

    @Test
    void listsNamespacesOfBothFeatures() {
        catalog.register(EDITOR,
                new InstanceKey(new ServiceKey(new NamespaceName("a-b"), new ServiceName("s")), new InstanceId("i")),
                registration());
        releases.publish(EDITOR, new ItemKey(new NamespaceName("a"), new ItemName("x")),
                new Publication(DocumentFormat.TEXT, "", null), new Expectation.Unstated());

        Namespaces.Listing listing = new Namespaces(local.store).list(READER);

        assertThat(listing.names()).extracting(NamespaceName::value).containsExactly("a", "a-b", "default");
        assertThat(listing.revision()).isEqualTo(local.revision());
    }

    @Test
    void waitsForFreshReads() {
        register("a", "i1");
        ReadFence fence = new ReadFence(local.store);

        assertThat(fence.await(false, 0)).isEqualTo(fence.current()).isEqualTo(local.revision());
        assertThat(fence.await(true, local.revision())).isEqualTo(local.revision());
        assertThatThrownBy(() -> fence.await(false, local.revision() + 1)).isInstanceOf(RevisionAheadException.class);
    }

    private void awaitChanges(int count) {
        Awaitility.await("listeners are called by threads of their own").until(() -> heard.changes.size() >= count);
        assertThat(heard.changes).hasSize(count);
    }

    private void register(String service, String id) {
        catalog.register(EDITOR, key(service, id), registration());
    }

    private void publish(String item, String content, long version) {
        releases.publish(EDITOR, item(item), new Publication(DocumentFormat.TEXT, content, null),
                version == 0 ? new Expectation.Unstated() : new Expectation.Version(version));
    }

    private static Registration registration() {
        return new Registration("h", 1, false, TTL, null, Map.of());
    }

    private static InstanceKey key(String service, String id) {
        return new InstanceKey(service(service), new InstanceId(id));
    }

    private static ServiceKey service(String name) {
        return new ServiceKey(NamespaceName.DEFAULT, new ServiceName(name));
    }

    private static ItemKey item(String name) {
        return new ItemKey(NamespaceName.DEFAULT, new ItemName(name));
    }
}
