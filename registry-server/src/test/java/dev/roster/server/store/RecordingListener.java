package dev.roster.server.store;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what a watch was told, as text: {@code 3:k=v}, {@code 4:k-}, {@code progress 4}, {@code compacted 2}. */
class RecordingListener implements WatchListener {
    private final List<String> told = new CopyOnWriteArrayList<>();

    List<String> told() {
        return told;
    }

    /** Returns what was told of changes alone. */
    List<String> events() {
        return told.stream().filter(line -> !line.startsWith("progress")).toList();
    }

    @Override
    public void onEvents(Revision revision, List<KeyEvent> events) {
        StringBuilder line = new StringBuilder().append(revision.value()).append(':');
        for (KeyEvent event : events) {
            KeyValue current = event.current();
            line.append(event.key().utf8()).append(current == null ? "-" : "=" + current.value().utf8()).append(' ');
        }
        told.add(line.toString().strip());
    }

    @Override
    public void onProgress(Revision revision) {
        told.add("progress " + revision.value());
    }

    @Override
    public void onCompacted(Revision oldest) {
        told.add("compacted " + oldest.value());
    }
}
