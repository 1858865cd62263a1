package dev.roster.system.durability;

import dev.roster.api.config.ConfigFormat;
import dev.roster.api.config.ConfigItem;
import dev.roster.api.config.PublishRequest;
import dev.roster.client.RosterClient;
import dev.roster.client.RosterException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Threads that publish one new item after the other and note what was acknowledged. */
final class Writers implements AutoCloseable {

    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
    private final AtomicLong failed = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    /**
     * Starts writing.
     *
     * @param prefix of the names of the items, different for each run
     */
    static Writers start(RosterClient client, String prefix, int count) {
        Writers writers = new Writers();
        for (int i = 0; i < count; i++) {
            String names = prefix + "-" + i + "-";
            writers.threads.add(Thread.ofPlatform().name("writer-" + i).start(() -> writers.write(client, names)));
        }
        return writers;
    }

    private void write(RosterClient client, String names) {
        for (int n = 0; !stopped; n++) {
            String name = names + n;
            String content = "content of " + name;
            try {
                ConfigItem item = client.configs().create(name, new PublishRequest(ConfigFormat.TEXT, content, null));
                acknowledged.put(item.name(), content);
            } catch (RosterException e) {
                // Not acknowledged: it may be there or not.
                failed.incrementAndGet();
            }
        }
    }

    /** Returns the number of items acknowledged so far. */
    int acknowledgedCount() {
        return acknowledged.size();
    }

    /** Returns the number of writes that were not acknowledged. */
    long failedCount() {
        return failed.get();
    }

    /** Returns which acknowledged items a server does not have, or has with other content. */
    List<String> missingFrom(RosterClient client) {
        List<String> missing = new ArrayList<>();
        acknowledged.forEach((name, content) -> {
            if (client.configs().find(name).filter(item -> item.content().equals(content)).isEmpty()) {
                missing.add(name);
            }
        });
        return missing;
    }

    /** Lets the writers finish what they are at. */
    @Override
    public void close() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
