package dev.roster.system.fault;

import dev.roster.server.store.raft.MembershipChange.AddLearner;
import dev.roster.server.store.raft.MembershipChange.Promote;
import dev.roster.server.store.raft.MembershipChange.Remove;
import dev.roster.server.store.raft.MembershipChange.TransferLeadership;
import dev.roster.server.store.raft.MembershipRefusedException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Brings one fault after the other upon a group, as a seed has it, and takes each back. */
final class Nemesis {

    private static final int KILLED_MILLIS = 4_000;

    /** Elections take a second or two: some of these are over before, most are not. */
    private static final int CUT_MILLIS = 6_000;

    /** Below and above what a leader waits for its followers. */
    private static final int SLOW_MILLIS = 400;

    private final StoreGroup group;
    private final List<Fault> faults;
    private final Random random;
    private final Map<Fault, Integer> done = new TreeMap<>();

    /** What goes wrong. */
    enum Fault {
        KILL_ONE, KILL_LEADER, KILL_TWO, KILL_ALL,
        /** The process stands still; its connections stay. */
        STOP_LEADER, STOP_ONE, STOP_TWO,
        /** One member and the two others don't hear each other. */
        CUT_LEADER, CUT_FOLLOWER,
        /** Two members don't hear each other, and the third hears both. */
        CUT_PAIR,
        /** No member hears another. */
        CUT_ALL,
        /** The leader is heard and hears nobody, or hears and isn't heard. */
        DEAF_LEADER, MUTE_LEADER,
        /** One member does not hear another, which hears it. */
        CUT_ONE_WAY,
        /** All that the leader sends and is sent takes a while. */
        SLOW_LEADER, SLOW_ALL,
        /** One member loses all its data while it does not run. */
        WIPE_ONE,
        /** A byte of a file changes while its member does not run. */
        DAMAGE_ONE,
        /** One member is lost for good: it is removed, and an empty one of its name is added, learns and is given a vote. */
        REPLACE_ONE,
        /** The leader hands over to another. */
        MOVE_LEADER
    }

    Nemesis(StoreGroup group, List<Fault> faults, Random random) {
        this.group = group;
        this.faults = List.copyOf(faults);
        this.random = random;
    }

    /** Returns how often each fault was brought. */
    Map<Fault, Integer> done() {
        return done;
    }

    /** Brings a fault, for some seconds. */
    void strike() throws IOException, InterruptedException {
        Fault fault = faults.get(random.nextInt(faults.size()));
        done.merge(fault, 1, Integer::sum);
        switch (fault) {
            case KILL_ONE, KILL_LEADER, KILL_TWO, KILL_ALL -> kill(victims(fault));
            case STOP_ONE, STOP_LEADER, STOP_TWO -> stop(victims(fault));
            case CUT_LEADER, CUT_FOLLOWER, CUT_PAIR, CUT_ALL, DEAF_LEADER, MUTE_LEADER, CUT_ONE_WAY -> {
                cut(fault);
                Thread.sleep(random.nextInt(CUT_MILLIS));
                group.links().heal(random.nextBoolean());
            }
            case SLOW_LEADER, SLOW_ALL -> {
                Duration delay = Duration.ofMillis(5 + random.nextInt(SLOW_MILLIS));
                victims(fault).forEach(victim -> group.links().slow(victim.id(), delay));
                Thread.sleep(random.nextInt(CUT_MILLIS));
                group.links().heal(false);
            }
            case WIPE_ONE -> {
                StoreMember victim = victims(fault).getFirst();
                victim.kill();
                Thread.sleep(random.nextInt(KILLED_MILLIS));
                startAnew(victim);
            }
            case DAMAGE_ONE -> damage(victims(fault).getFirst());
            case REPLACE_ONE -> replace(victims(fault).getFirst());
            case MOVE_LEADER -> group.change(new TransferLeadership(victims(fault).getFirst().id()),
                    Reason.NOTHING_TO_DO);
        }
    }

    private void kill(List<StoreMember> victims) throws InterruptedException {
        for (StoreMember victim : victims) {
            victim.kill();
        }
        Thread.sleep(random.nextInt(KILLED_MILLIS));
        victims.forEach(StoreMember::start);
    }

    /** A majority of the others must be there until the member has all that it had before. */
    private static void startAnew(StoreMember victim) throws IOException, InterruptedException {
        victim.wipe();
        victim.start();
        victim.awaitWhole();
    }

    private void replace(StoreMember victim) throws IOException, InterruptedException {
        victim.kill();
        group.change(new Remove(victim.id()), Reason.UNKNOWN_MEMBER);
        Thread.sleep(random.nextInt(KILLED_MILLIS));
        victim.wipe();
        victim.start();
        group.change(new AddLearner(victim.id()), Reason.EXISTS);
        group.change(new Promote(victim.id()), Reason.NOTHING_TO_DO);
        victim.awaitWhole();
    }

    private void damage(StoreMember victim) throws IOException, InterruptedException {
        victim.kill();
        List<Path> files = FileDamage.files(victim.data(), ".*");
        String damage = FileDamage.inflict(files.get(random.nextInt(files.size())), random);
        victim.start();
        String refusal = victim.awaitReadyOrRefusal();
        System.out.println(damage + ": " + (refusal.isEmpty() ? "starts" : refusal));
        if (!refusal.isEmpty()) {
            startAnew(victim);
        }
    }

    private void stop(List<StoreMember> victims) throws IOException, InterruptedException {
        for (StoreMember victim : victims) {
            victim.pause();
        }
        Thread.sleep(random.nextInt(KILLED_MILLIS));
        for (StoreMember victim : victims) {
            victim.resume();
        }
    }

    private void cut(Fault fault) throws InterruptedException {
        Links links = group.links();
        List<String> ids = victims(fault).stream().map(StoreMember::id).toList();
        List<String> others = group.members().stream().map(StoreMember::id).filter(id -> !ids.contains(id)).toList();
        switch (fault) {
            case CUT_PAIR -> {
                links.cut(ids.getFirst(), ids.getLast());
                links.cut(ids.getLast(), ids.getFirst());
            }
            case CUT_ONE_WAY -> links.cut(ids.getFirst(), ids.getLast());
            case DEAF_LEADER -> others.forEach(other -> links.cut(other, ids.getFirst()));
            case MUTE_LEADER -> others.forEach(other -> links.cut(ids.getFirst(), other));
            default -> ids.forEach(links::isolate);
        }
    }

    private List<StoreMember> victims(Fault fault) throws InterruptedException {
        List<StoreMember> members = group.members();
        StoreMember one = members.get(random.nextInt(members.size()));
        return switch (fault) {
            case KILL_ONE, STOP_ONE, WIPE_ONE, DAMAGE_ONE, REPLACE_ONE, MOVE_LEADER -> List.of(one);
            case KILL_LEADER, STOP_LEADER, CUT_LEADER, DEAF_LEADER, MUTE_LEADER, SLOW_LEADER -> List.of(group.leader());
            case CUT_FOLLOWER -> {
                StoreMember leader = group.leader();
                List<StoreMember> followers = members.stream().filter(member -> member != leader).toList();
                yield List.of(followers.get(random.nextInt(followers.size())));
            }
            case KILL_TWO, STOP_TWO, CUT_PAIR, CUT_ONE_WAY -> members.stream().filter(member -> member != one).toList();
            case KILL_ALL, CUT_ALL, SLOW_ALL -> members;
        };
    }
}
