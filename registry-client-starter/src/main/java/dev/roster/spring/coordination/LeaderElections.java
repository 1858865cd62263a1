package dev.roster.spring.coordination;

import dev.roster.client.CoordinationOperations;
import dev.roster.client.SessionKeeper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;

/** The elections that the application stands for while it runs: from when all else has started, until before anything stops. */
final class LeaderElections implements SmartLifecycle {
    private final SessionKeeper keeper;
    private final CoordinationOperations operations;
    private final ApplicationEventPublisher events;
    private final LeaderOnlyMethods methods;
    private final String value;
    private final Map<String, LeaderElection> elections = new TreeMap<>();
    private boolean running;

    LeaderElections(SessionKeeper keeper, CoordinationOperations operations, ApplicationEventPublisher events,
            LeaderOnlyMethods methods, String value) {
        this.keeper = keeper;
        this.operations = operations;
        this.events = events;
        this.methods = methods;
        this.value = value;
    }

    synchronized LeaderElection of(String name) {
        LeaderElection election = elections.computeIfAbsent(name,
                unknown -> new LeaderElection(keeper, operations, events, unknown, value));
        if (running) {
            election.start();
        }
        return election;
    }

    @Override
    public synchronized void start() {
        running = true;
        methods.onElection(this::of);
        elections.values().forEach(LeaderElection::start);
    }

    @Override
    public void stop() {
        List<LeaderElection> all;
        synchronized (this) {
            running = false;
            all = new ArrayList<>(elections.values());
        }
        all.forEach(LeaderElection::stop);
    }

    @Override
    public synchronized boolean isRunning() {
        return running;
    }
}
