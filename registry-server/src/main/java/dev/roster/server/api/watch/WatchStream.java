package dev.roster.server.api.watch;

import dev.roster.server.config.ItemKey;
import dev.roster.server.config.ItemStatus;
import dev.roster.server.feed.Change;
import dev.roster.server.feed.ChangeListener;
import dev.roster.server.feed.Subscription;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One answer that goes on for as long as its reader likes. No thread waits for it: the store's threads add events, and
 * whoever adds one, or learns that the connection takes bytes again, writes as much as the connection takes at once
 * (Servlet 6.1, non-blocking IO).
 *
 * <p>Changes of configuration may be {@linkplain Spread held} for a moment; services and instances never wait, and take what is
 * held along, so that the order stays. Of an item that changes again while its change waits only the last one is sent.
 *
 * <p>Three rules keep that simple. Events wait in a bounded queue, guarded by its own monitor, under which nothing else is
 * called. Only {@link #pump} touches the response, and {@link #work} lets one thread at a time into it: others add to the
 * count, and the one inside goes round again. {@link #end} only ever asks for the end; {@link #pump} brings it about.
 */
final class WatchStream implements ChangeListener, WriteListener, AsyncListener {
    private static final Logger log = LoggerFactory.getLogger(WatchStream.class);

    private final String reader;
    private final Sight sight;
    private final WatchLimits limits;
    private final EventEncoder encoder;
    private final Instant deadline;
    private final WatchStreams streams;

    private final Deque<Pending> pending = new ArrayDeque<>();
    private long pendingBytes;

    /** Whether what waits is to wait until {@link #release}, though the connection would take it. Guarded by {@link #pending}. */
    private boolean held;

    private final AtomicInteger work = new AtomicInteger();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicBoolean progressWanted = new AtomicBoolean();
    private volatile @Nullable Subscription subscription;
    private volatile @Nullable Runnable atEnd;
    private volatile @Nullable Connection connection;

    /** Whether the connection is ready for the first byte; and, for the pump alone, what is left to do with it. */
    private volatile boolean open;
    private boolean unflushed;
    private boolean completed;

    /** An event that waits. */
    private static final class Pending {
        private final byte[] event;

        /** What it tells of, if it tells of nothing but items; else empty. */
        private final Set<ItemKey> items;

        Pending(byte[] event, Set<ItemKey> items) {
            this.event = event;
            this.items = items;
        }
    }

    private record Connection(AsyncContext context, ServletOutputStream output) {}

    /**
     * Makes a stream.
     *
     * @param reader who reads it, for the log
     * @param sight what its reader may see of secrets
     * @param deadline when it ends at the latest
     */
    WatchStream(String reader, Sight sight, WatchLimits limits, EventEncoder encoder, Instant deadline,
            WatchStreams streams) {
        this.reader = reader;
        this.sight = sight;
        this.limits = limits;
        this.encoder = encoder;
        this.deadline = deadline;
        this.streams = streams;
    }

    /** Returns who reads it. */
    String reader() {
        return reader;
    }

    /** Sends progress as soon as it comes, so that a reader who resumes and has missed nothing knows it. */
    void sayHowFar() {
        progressWanted.set(true);
    }

    /** Takes what the events come from. */
    void follow(Subscription source) {
        subscription = source;
        if (ended.get()) {
            source.close();
        }
    }

    /** Takes what is to be done when it ends; it may be done twice. */
    void atEnd(Runnable task) {
        atEnd = task;
        if (ended.get()) {
            task.run();
        }
    }

    /** Takes what the events go to. */
    void connect(AsyncContext context, ServletOutputStream output) {
        connection = new Connection(context, output);
        context.addListener(this);
        output.setWriteListener(this);
    }

    /** Adds an event, with which those that are held go out; when too many wait, ends the stream instead. */
    void add(byte[] event) {
        add(new Pending(event, Set.of()), Duration.ZERO);
    }

    private void add(Pending event, Duration delay) {
        if (enqueue(event, delay)) {
            pump();
        } else if (!ended.get()) {
            streams.dropped();
            log.warn("The watch of {} is cut off: its reader has left {} events, {} bytes, unread", reader,
                    limits.maxPendingEvents(),
                    limits.maxPendingBytes());
            end();
        }
    }

    /** Called at intervals: says how far the stream is, and ends it when its time is over. */
    void tick(Instant now) {
        Subscription source = subscription;
        if (now.isAfter(deadline)) {
            end();
        } else if (source != null && isDrained()) {
            progressWanted.set(true);
            source.requestProgress();
        }
    }

    /** Ends the stream soon. Events that wait are not sent: the reader resumes after the last one that it has. */
    void end() {
        if (ended.compareAndSet(false, true)) {
            streams.remove(this);
            Subscription source = subscription;
            if (source != null) {
                source.close();
            }
            Runnable last = atEnd;
            if (last != null) {
                last.run();
            }
            synchronized (pending) {
                pending.clear();
                pendingBytes = 0;
            }
        }
        pump();
    }

    @Override
    public void onChange(Change change) {
        byte[] event = encoder.change(change, sight);
        if (change.services().isEmpty() && change.instances().isEmpty()) {
            Set<ItemKey> items = change.items().stream().map(ItemStatus::item).collect(Collectors.toUnmodifiableSet());
            add(new Pending(event, items), streams.delay());
        } else {
            add(event);
        }
    }

    /** Lets out what was held. */
    void release() {
        synchronized (pending) {
            held = false;
        }
        pump();
    }

    @Override
    public void onProgress(long revision) {
        if (progressWanted.getAndSet(false) && isDrained()) {
            add(encoder.progress(revision));
        }
    }

    @Override
    public void onCompacted(long oldestRevision) {
        log.debug("The watch of {} ends: it is behind revision {}, the oldest kept", reader, oldestRevision);
        end();
    }

    @Override
    public void onWritePossible() {
        open = true;
        pump();
    }

    @Override
    public void onError(Throwable failure) {
        log.debug("The reader of the watch of {} has gone", reader, failure);
        end();
    }

    @Override
    public void onError(AsyncEvent event) {
        end();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        end();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        end();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {}

    private boolean enqueue(Pending added, Duration delay) {
        boolean first;
        synchronized (pending) {
            dropOutdated(added.items);
            boolean fits = pending.isEmpty() || (pending.size() < limits.maxPendingEvents()
                    && pendingBytes + added.event.length <= limits.maxPendingBytes());
            if (ended.get() || !fits) {
                return false;
            }
            first = pending.isEmpty() && !held && delay.isPositive();
            held = first || (held && !added.items.isEmpty());
            pendingBytes += added.event.length;
            pending.add(added);
        }
        if (first) {
            streams.releaseLater(this, delay);
        }
        return true;
    }

    /** Drops what waits and tells only of items that are told of anew: the reader wants to know how they are, not how they were. */
    private void dropOutdated(Set<ItemKey> items) {
        Iterator<Pending> waiting = pending.iterator();
        while (waiting.hasNext()) {
            Pending one = waiting.next();
            if (!one.items.isEmpty() && items.containsAll(one.items)) {
                waiting.remove();
                pendingBytes -= one.event.length;
                streams.coalesced();
            }
        }
    }

    private byte @Nullable [] dequeue() {
        synchronized (pending) {
            Pending next = held ? null : pending.poll();
            if (next == null) {
                return null;
            }
            pendingBytes -= next.event.length;
            return next.event;
        }
    }

    private boolean isDrained() {
        synchronized (pending) {
            return pending.isEmpty();
        }
    }

    private void pump() {
        if (work.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            Connection present = connection;
            if (present != null) {
                pump(present);
            }
            seen = work.addAndGet(-seen);
        } while (seen != 0);
    }

    private void pump(Connection to) {
        if (ended.get()) {
            complete(to);
            return;
        }
        try {
            write(to.output());
        } catch (IOException | IllegalStateException e) {
            onError(e);
        }
    }

    /** Writes while the connection takes bytes; {@link #onWritePossible} is called when it does so again. */
    private void write(ServletOutputStream output) throws IOException {
        while (open && output.isReady()) {
            byte[] event = dequeue();
            if (event != null) {
                output.write(event);
                unflushed = true;
            } else if (unflushed) {
                unflushed = false;
                output.flush();
            } else {
                return;
            }
        }
    }

    private void complete(Connection to) {
        if (completed) {
            return;
        }
        completed = true;
        try {
            to.context().complete();
        } catch (IllegalStateException e) {
            log.debug("The watch of {} was completed already", reader, e);
        }
    }
}
