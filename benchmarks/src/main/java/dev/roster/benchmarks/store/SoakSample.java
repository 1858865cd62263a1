package dev.roster.benchmarks.store;

import java.util.Locale;

/**
 * One second of {@link Soak}.
 *
 * @param second from 0
 * @param diskMegabytes length of all files of the data directory
 * @param heapMegabytes heap in use after the last collection
 * @param writes acknowledged in this second
 * @param longestWriteMillis longest of the writes that ended in this second
 * @param longestSyncMillis longest sync of a plain file in this second
 * @param longestPauseMillis longest pause of the collector in this second
 */
record SoakSample(int second, double diskMegabytes, double heapMegabytes, long writes, double longestWriteMillis,
        double longestSyncMillis, long longestPauseMillis) {

    static final String HEADER = "second,disk MB,heap MB,writes,longest write ms,longest sync ms,longest pause ms";

    String toCsv() {
        return String.format(Locale.ROOT, "%d,%.1f,%.1f,%d,%.2f,%.2f,%d", second, diskMegabytes, heapMegabytes, writes,
                longestWriteMillis, longestSyncMillis, longestPauseMillis);
    }
}
