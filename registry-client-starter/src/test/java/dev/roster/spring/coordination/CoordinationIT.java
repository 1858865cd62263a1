package dev.roster.spring.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.roster.api.coordination.Claim;
import dev.roster.api.coordination.QueueItem;
import dev.roster.client.ClaimKind;
import dev.roster.client.ClaimLostException;
import dev.roster.client.HeldClaim;
import dev.roster.client.RosterClient;
import dev.roster.client.RosterRejectedException;
import dev.roster.client.SessionKeeper;
import dev.roster.test.RosterServerExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.integration.support.locks.LockRegistry;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

/** Applications that share locks, a leader and permits by the real server. */
class CoordinationIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @RegisterExtension
    static final RosterServerExtension ROSTER = new RosterServerExtension().withSystemProperties();

    @TempDir
    Path lastGood;

    private final List<ConfigurableApplicationContext> contexts = new ArrayList<>();

    @AfterEach
    void stop() {
        contexts.forEach(ConfigurableApplicationContext::close);
    }

    private ConfigurableApplicationContext run(String name, Class<?>... more) {
        ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class).sources(more)
                .web(WebApplicationType.NONE).properties("spring.application.name=" + name,
                        "roster.client.last-good.directory=" + lastGood.resolve(name + contexts.size()),
                        "spring.main.banner-mode=off",
                        "roster.coordination.session-ttl=3s")
                .run();
        contexts.add(context);
        return context;
    }

    @Test
    void letsOneOfTwoApplicationsHoldALock() throws Exception {
        RosterLock first = run("one").getBean(Coordination.class).lock("shared");
        RosterLock second = run("two").getBean(Coordination.class).lock("shared");

        first.lock();
        first.lock();
        long token = first.fencingToken();
        assertThat(second.tryLock()).isFalse();
        assertThat(second.tryLock(10, TimeUnit.MILLISECONDS)).isFalse();
        first.unlock();
        assertThat(first.isHeldByCurrentThread()).isTrue();
        CompletableFuture<Long> granted = CompletableFuture.supplyAsync(() -> {
            second.lock();
            try {
                return second.fencingToken();
            } finally {
                second.unlock();
            }
        });
        await().atMost(SOON).until(() -> ROSTER.client().coordination().claims(ClaimKind.LOCK, "shared").claims()
                .size() == 2);
        first.unlock();

        assertThat(granted.get(30, TimeUnit.SECONDS)).isGreaterThan(token);
        assertThat(first.isHeldByCurrentThread()).isFalse();
        assertThatThrownBy(first::unlock).isInstanceOf(IllegalMonitorStateException.class);
        assertThatThrownBy(first::fencingToken).isInstanceOf(IllegalMonitorStateException.class);
        assertThatThrownBy(first::newCondition).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void failsClosedWhenTheSessionIsLost() {
        ConfigurableApplicationContext context = run("loser");
        RosterLock lock = context.getBean(Coordination.class).lock("lost");
        lock.lock();
        CompletableFuture<String> told = new CompletableFuture<>();
        lock.onLoss(() -> told.complete("lost"));

        ROSTER.client().coordination().endSession(context.getBean(SessionKeeper.class).sessionId().orElseThrow());

        assertThat(told.orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join()).isEqualTo("lost");
        assertThat(lock.isHeldByCurrentThread()).isFalse();
        assertThatThrownBy(lock::fencingToken).isInstanceOf(ClaimLostException.class);
        assertThatThrownBy(lock::lock).isInstanceOf(ClaimLostException.class);
        assertThatThrownBy(lock::unlock).isInstanceOf(ClaimLostException.class);
        lock.lock();
        assertThat(lock.isHeldByCurrentThread()).isTrue();
        lock.unlock();
    }

    @Test
    void saysWhenALockWasBroken() {
        RosterLock lock = run("broken").getBean(Coordination.class).lock("broken");
        lock.lock();
        RosterClient admin = ROSTER.client();
        Claim claim = admin.coordination().claims(ClaimKind.LOCK, "broken").claims().get(0);
        assertThat(claim.fencingToken()).isEqualTo(lock.fencingToken());
        assertThat(claim.sessionName()).startsWith("broken ");

        admin.coordination().endClaim(ClaimKind.LOCK, "broken", claim.claim());

        assertThatThrownBy(lock::unlock).isInstanceOf(ClaimLostException.class);
    }

    @Test
    void isALockRegistryOfSpringIntegration() throws Exception {
        LockRegistry<?> registry = run("integration").getBean(LockRegistry.class);
        AtomicInteger runs = new AtomicInteger();

        registry.executeLocked("any key at all", () -> {
            runs.incrementAndGet();
        });

        assertThat(runs).hasValue(1);
    }

    @Test
    void sharesPermits() throws Exception {
        RosterSemaphore one = run("one").getBean(Coordination.class).semaphore("pool", 2);
        Coordination other = run("two").getBean(Coordination.class);
        HeldClaim first = one.acquire();

        assertThat(other.semaphore("pool", 2).tryAcquire(2, Duration.ZERO)).isEmpty();
        assertThatThrownBy(() -> other.semaphore("pool", 3).acquire()).isInstanceOfSatisfying(
                RosterRejectedException.class, e -> assertThat(e.is("limit-mismatch")).isTrue());
        first.release();

        assertThat(other.semaphore("pool", 2).tryAcquire(2, Duration.ZERO)).isPresent();
    }

    @Test
    void waitsForAllAtABarrier() throws Exception {
        RosterBarrier one = run("one").getBean(Coordination.class).barrier("load", 2);
        RosterBarrier two = run("two").getBean(Coordination.class).barrier("load", 2);
        assertThat(one.state()).isEmpty();
        CompletableFuture<Void> first = CompletableFuture.runAsync(() -> awaitAt(one));
        await().atMost(SOON).until(() -> two.state().isPresent());
        assertThatThrownBy(two::remove).isInstanceOfSatisfying(RosterRejectedException.class,
                e -> assertThat(e.is("conflict")).isTrue());

        two.await(SOON);

        first.get(30, TimeUnit.SECONDS);
        assertThat(two.parties()).isEqualTo(2);
        assertThat(two.remove()).isTrue();
        assertThat(two.remove()).isFalse();
    }

    @Test
    void doesNotWaitAtABarrierForAnApplicationThatHasStopped() {
        RosterBarrier one = run("one").getBean(Coordination.class).barrier("torn", 3);
        ConfigurableApplicationContext dying = run("two");
        RosterBarrier two = dying.getBean(Coordination.class).barrier("torn", 3);
        CompletableFuture<Void> living = CompletableFuture.runAsync(() -> awaitAt(one));
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> awaitAt(two));
        await().atMost(SOON).until(() -> one.state().filter(state -> state.arrivals().size() == 2).isPresent());

        dying.close();

        assertThatThrownBy(() -> living.get(30, TimeUnit.SECONDS)).hasRootCauseInstanceOf(BrokenBarrierException.class);
        assertThatThrownBy(() -> stopped.get(30, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        assertThatThrownBy(() -> one.await(SOON)).isInstanceOf(BrokenBarrierException.class);
    }

    private static void awaitAt(RosterBarrier barrier) {
        try {
            barrier.await(SOON);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new CompletionException(e);
        }
    }

    @Test
    void countsTogether() {
        RosterCounter one = run("one").getBean(Coordination.class).counter("hits");
        RosterCounter two = run("two").getBean(Coordination.class).counter("hits");

        assertThat(one.incrementAndGet() + two.addAndGet(4)).isEqualTo(6);
        assertThat(two.compareAndSet(1, 9)).hasValue(5);
        assertThat(one.compareAndSet(5, 9)).isEmpty();
        assertThat(two.get()).isEqualTo(9);
        one.set(0);
        assertThat(two.get()).isZero();
    }

    @Test
    void passesItemsOnAndDeliversThemAgainWhenAnApplicationStops() {
        RosterQueue one = run("one").getBean(Coordination.class).queue("mails", 2);
        ConfigurableApplicationContext dying = run("two");
        RosterQueue two = dying.getBean(Coordination.class).queue("mails", 2);
        assertThat(one.offer("a")).isTrue();
        assertThat(one.offer("b")).isTrue();
        assertThat(one.offer("c")).isFalse();
        QueueItem first = two.take(Duration.ZERO).orElseThrow();
        assertThat(first.value()).isEqualTo("a");

        dying.close();

        QueueItem again = one.take(Duration.ofSeconds(20)).orElseThrow();
        assertThat(again.id()).isEqualTo(first.id());
        assertThat(one.acknowledge(first)).isFalse();
        assertThat(one.giveBack(again)).isTrue();
        assertThat(one.acknowledge(one.take(Duration.ZERO).orElseThrow())).isTrue();
        assertThat(one.poll(Duration.ZERO).orElseThrow().value()).isEqualTo("b");
        assertThat(one.poll(Duration.ofMillis(10))).isEmpty();
        assertThat(one.state().size()).isZero();
    }

    @Test
    void runsOnTheLeaderAloneAndElectsAnotherWhenItStops() {
        ConfigurableApplicationContext one = run("cluster", Jobs.class);
        Job first = one.getBean(Job.class);
        await().atMost(SOON).until(() -> first.runs() > 2);
        ConfigurableApplicationContext two = run("cluster", Jobs.class);
        Job second = two.getBean(Job.class);
        await().atMost(SOON).until(() -> ROSTER.client().coordination().claims(ClaimKind.ELECTION, "cluster").claims()
                .size() == 2);
        assertThat(one.getBean(Coordination.class).election("cluster").isLeader()).isTrue();
        assertThat(second.runs()).isZero();

        one.close();

        await().atMost(SOON).until(() -> second.runs() > 2);
        assertThat(first.events()).hasSize(2).last().isEqualTo(new LeadershipRevokedEvent("cluster",
                ((LeadershipGrantedEvent) first.events().get(0)).fencingToken(), true));
        assertThat(((LeadershipGrantedEvent) second.events().get(0)).fencingToken())
                .isGreaterThan(((LeadershipGrantedEvent) first.events().get(0)).fencingToken());
    }

    @Test
    void leadsNoMoreWhenItIsDeposedAndStandsAgain() {
        ConfigurableApplicationContext context = run("deposed", Jobs.class);
        LeaderElection election = context.getBean(Coordination.class).election("deposed");
        await().atMost(SOON).until(election::isLeader);
        election.proclaim("here");
        Claim claim = election.leader().orElseThrow();
        assertThat(claim.value()).isEqualTo("here");

        ROSTER.client().coordination().endClaim(ClaimKind.ELECTION, "deposed", claim.claim());

        List<Object> events = context.getBean(Job.class).events();
        await().atMost(SOON).until(() -> events.size() == 3 && election.isLeader());
        assertThat(events.get(1)).isEqualTo(
                new LeadershipRevokedEvent("deposed", ((LeadershipGrantedEvent) events.get(0)).fencingToken(), false));
        long token = election.fencingToken().orElseThrow();

        election.resign();

        await().atMost(SOON).until(() -> election.fencingToken().orElse(0) > token);
        assertThat(events.get(3)).isEqualTo(new LeadershipRevokedEvent("deposed", token, true));
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({dev.roster.spring.client.RosterClientAutoConfiguration.class,
            RosterCoordinationAutoConfiguration.class, RosterLockRegistryAutoConfiguration.class})
    static class Application {}

    @Configuration(proxyBeanMethods = false)
    @EnableScheduling
    static class Jobs {
        @Bean
        Job job() {
            return new Job();
        }
    }

    static class Job {
        private final AtomicInteger runs = new AtomicInteger();
        private final List<Object> events = new CopyOnWriteArrayList<>();

        /** A proxy has no fields. */
        public int runs() {
            return runs.get();
        }

        public List<Object> events() {
            return events;
        }

        @LeaderOnly
        @Scheduled(fixedRate = 20)
        public void run() {
            runs.incrementAndGet();
        }

        @EventListener
        public void onGranted(LeadershipGrantedEvent event) {
            events.add(event);
        }

        @EventListener
        public void onRevoked(LeadershipRevokedEvent event) {
            events.add(event);
        }
    }
}
