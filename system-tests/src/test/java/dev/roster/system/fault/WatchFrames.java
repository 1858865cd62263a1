package dev.roster.system.fault;

import dev.roster.server.store.KeyEvent;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.LeaseId;
import dev.roster.server.store.Revision;
import dev.roster.server.store.WatchListener;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What a watch tells, on its way from a {@link StoreProcess} to a client. The calls come one at a time. */
final class WatchFrames implements WatchListener {

    private enum Frame {
        TOLD, REACHED, COMPACTED, AHEAD
    }

    private final DataOutputStream out;
    private final boolean untilCaughtUp;
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    /**
     * Makes it.
     *
     * @param untilCaughtUp whether it ends when all is told that there is; otherwise when the client is gone
     */
    WatchFrames(DataOutputStream out, boolean untilCaughtUp) {
        this.out = out;
        this.untilCaughtUp = untilCaughtUp;
    }

    /** Completed when nothing more is told. */
    CompletableFuture<Void> end() {
        return end;
    }

    /** Tells that the replica has not reached the revision to start at. */
    static void ahead(DataOutputStream out) throws IOException {
        out.writeByte(Frame.AHEAD.ordinal());
        out.flush();
    }

    @Override
    public void onEvents(Revision revision, List<KeyEvent> events) {
        send(() -> {
            out.writeByte(Frame.TOLD.ordinal());
            out.writeLong(revision.value());
            out.writeInt(events.size());
            for (KeyEvent event : events) {
                KeyValue current = event.current();
                KeyValue known = current == null ? event.previous() : current;
                out.writeUTF(event.key().utf8());
                out.writeBoolean(current != null);
                out.writeUTF(current == null ? "" : current.value().utf8());
                out.writeLong((known == null ? LeaseId.NONE : known.lease()).value());
            }
        });
    }

    @Override
    public void onProgress(Revision revision) {
        send(() -> {
            out.writeByte(Frame.REACHED.ordinal());
            out.writeLong(revision.value());
        });
        if (untilCaughtUp) {
            end.complete(null);
        }
    }

    @Override
    public void onCompacted(Revision oldest) {
        send(() -> {
            out.writeByte(Frame.COMPACTED.ordinal());
            out.writeLong(oldest.value());
        });
        end.complete(null);
    }

    private interface Write {
        void run() throws IOException;
    }

    private void send(Write write) {
        if (!end.isDone()) {
            try {
                write.run();
                out.flush();
            } catch (IOException e) {
                end.complete(null);
            }
        }
    }

    /** Reads what was written by one call. */
    static WatchTell read(DataInputStream in) throws IOException {
        return switch (Frame.values()[in.readByte()]) {
            case TOLD -> {
                long revision = in.readLong();
                int count = in.readInt();
                List<Event> events = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    String key = in.readUTF();
                    boolean exists = in.readBoolean();
                    String value = in.readUTF();
                    events.add(new Event(revision, key, exists ? value : null, in.readLong()));
                }
                yield new WatchTell.Told(revision, events);
            }
            case REACHED -> new WatchTell.Reached(in.readLong());
            case COMPACTED -> new WatchTell.Compacted(in.readLong());
            case AHEAD -> new WatchTell.Ahead();
        };
    }
}
