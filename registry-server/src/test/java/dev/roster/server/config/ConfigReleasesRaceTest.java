package dev.roster.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.config.format.DocumentFormat;
import dev.roster.server.fixture.Callers;
import dev.roster.server.fixture.LocalStore;
import dev.roster.server.security.Caller;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.store.ForwardingStore;
import dev.roster.server.store.OutcomeUnknownException;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Store;
import dev.roster.server.store.Txn;
import dev.roster.server.store.TxnResult;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of an item when authors race, when an answer is lost and when a replica is behind. */
class ConfigReleasesRaceTest {
    private static final Caller EDITOR = Callers.of(Role.EDITOR);
    private static final ItemKey ITEM = new ItemKey(NamespaceName.DEFAULT, new ItemName("orders"));
    private static final Expectation NONE = new Expectation.Unstated();

    private final LocalStore local = new LocalStore();
    private final ConfigReleases releases = new ConfigReleases(local.store, local.clock, new SimpleMeterRegistry());

    @AfterEach
    void close() {
        local.close();
    }

    @Test
    void refusesTheSecondOfTwoFirstPublications() {
        ConfigReleases second = releases(before(() -> publish(releases, "a: 1", NONE)));

        assertThatThrownBy(() -> publish(second, "a: 2", NONE)).isInstanceOfSatisfying(VersionRequiredException.class,
                e -> assertThat(e.currentVersion()).isEqualTo(1));
        assertThat(releases.getRelease(EDITOR, ITEM).content()).isEqualTo("a: 1");
    }

    @Test
    void refusesTheSecondOfTwoChangesOfAVersion() {
        publish(releases, "a: 1", NONE);
        ConfigReleases second = releases(before(() -> publish(releases, "a: 2", new Expectation.Version(1))));

        assertThatThrownBy(() -> publish(second, "a: 3", new Expectation.Version(1)))
                .isInstanceOfSatisfying(VersionMismatchException.class,
                        e -> assertThat(e.currentVersion()).isEqualTo(2));
        assertThat(releases.getRelease(EDITOR, ITEM).content()).isEqualTo("a: 2");
    }

    @Test
    void doesNotPublishIntoADeletion() {
        publish(releases, "a: 1", NONE);
        ConfigReleases second = releases(before(() -> releases.delete(EDITOR, ITEM, 1L)));

        assertThatThrownBy(() -> publish(second, "a: 2", new Expectation.Version(1)))
                .isInstanceOfSatisfying(VersionMismatchException.class, e -> assertThat(e.currentVersion()).isNull());
    }

    @Test
    void goesOnCountingWhenTheItemIsMadeAndDeletedMeanwhile() {
        ConfigReleases second = releases(before(() -> {
            publish(releases, "a: 1", NONE);
            releases.delete(EDITOR, ITEM, 1L);
        }));

        assertThat(publish(second, "a: 3", new Expectation.Absent()).release().entry().version()).isEqualTo(3);
    }

    @Test
    void doesNotLetALateTransactionUndoAnAcknowledgedOne() {
        publish(releases, "a: 1", NONE);
        List<Txn> held = new ArrayList<>();
        ConfigReleases slow = releases(new ForwardingStore(local.store) {
            @Override
            public CompletableFuture<TxnResult> commit(Txn txn) {
                held.add(txn);
                return CompletableFuture.failedFuture(new OutcomeUnknownException("no answer came in time"));
            }
        });
        assertThatThrownBy(() -> publish(slow, "a: 2", new Expectation.Version(1)))
                .isInstanceOf(OutcomeUnknownException.class);
        Release acknowledged = publish(releases, "a: 3", new Expectation.Version(1)).release();

        assertThat(local.store.commit(held.getFirst()).join().succeeded()).isFalse();
        assertThat(releases.getRelease(EDITOR, ITEM)).isEqualTo(acknowledged);
    }

    @Test
    void decidesFromWhatWasAcknowledgedEvenWhenThisReplicaIsBehind() {
        publish(releases, "a: 1", NONE);
        ReadView old = local.store.view();
        publish(releases, "a: 2", new Expectation.Version(1));
        ConfigReleases behind = releases(new ForwardingStore(local.store) {
            @Override
            public ReadView view() {
                return old;
            }
        });

        assertThat(publish(behind, "a: 3", new Expectation.Version(2)).release().entry().version()).isEqualTo(3);
    }

    @Test
    void givesEveryVersionToOneOfManyRacingAuthors() throws Exception {
        publish(releases, "a: 1", NONE);
        Collection<Callable<Integer>> authors = new ArrayList<>();
        for (int author = 0; author < 8; author++) {
            String content = "author: " + author;
            authors.add(() -> publishSome(content));
        }

        int published = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Integer> one : threads.invokeAll(authors)) {
                published += one.get();
            }
        }

        long last = releases.getRelease(EDITOR, ITEM).entry().version();
        assertThat(last).isEqualTo(published + 1L);
        assertThat(releases.listVersions(EDITOR, ITEM, 1000, null).versions()).hasSize((int) Math.min(100, last));
    }

    private int publishSome(String content) {
        int published = 0;
        for (int i = 0; i < 100; i++) {
            long seen = releases.getRelease(EDITOR, ITEM).entry().version();
            try {
                publish(releases, content, new Expectation.Version(seen));
                published++;
            } catch (VersionMismatchException e) {
                // Another author was faster: that is what the race is for.
                assertThat(e.currentVersion()).isGreaterThan(seen);
            }
        }
        return published;
    }

    private static Published publish(ConfigReleases releases, String content, Expectation expected) {
        return releases.publish(EDITOR, ITEM, new Publication(DocumentFormat.YAML, content, null), expected);
    }

    private ConfigReleases releases(Store store) {
        return new ConfigReleases(store, local.clock, new SimpleMeterRegistry());
    }

    /** Does something right before the first transaction. */
    private Store before(Runnable something) {
        return new ForwardingStore(local.store) {
            private boolean done;

            @Override
            public CompletableFuture<TxnResult> commit(Txn txn) {
                if (!done) {
                    done = true;
                    something.run();
                }
                return super.commit(txn);
            }
        };
    }
}
