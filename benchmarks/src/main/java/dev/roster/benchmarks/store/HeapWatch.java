package dev.roster.benchmarks.store;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** What the collector of this process tells: the heap that is in use after a collection, and how long it stopped everybody. */
final class HeapWatch {

    /** Collectors of this kind work beside the program; what they report is no pause. */
    private static final String CONCURRENT = "Concurrent";

    /** Why a collection takes place that the benchmark itself asks for. */
    private static final String ASKED_FOR = "System.gc()";

    private final Set<String> heapPools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP).map(MemoryPoolMXBean::getName)
            .collect(Collectors.toUnmodifiableSet());
    private final AtomicLong usedAfter = new AtomicLong();
    private final AtomicLong longestPauseMillis = new AtomicLong();

    /** Begins to listen. */
    static HeapWatch start() {
        HeapWatch watch = new HeapWatch();
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) collector).addNotificationListener((notification, _) -> {
                if (notification.getType().equals(
                        GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
                    watch.collected(
                            GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData()));
                }
            }, null, null);
        }
        return watch;
    }

    private void collected(GarbageCollectionNotificationInfo collection) {
        long used = 0;
        for (Map.Entry<String, MemoryUsage> pool : collection.getGcInfo().getMemoryUsageAfterGc().entrySet()) {
            if (heapPools.contains(pool.getKey())) {
                used += pool.getValue().getUsed();
            }
        }
        usedAfter.set(used);
        if (!collection.getGcName().contains(CONCURRENT) && !collection.getGcCause().equals(ASKED_FOR)) {
            longestPauseMillis.accumulateAndGet(collection.getGcInfo().getDuration(), Math::max);
        }
    }

    /** Returns the bytes in use after the last collection; garbage that it passed over is among them. */
    long usedAfterCollection() {
        return usedAfter.get();
    }

    /** Returns the longest pause since this was asked last. */
    long takeLongestPauseMillis() {
        return longestPauseMillis.getAndSet(0);
    }
}
