package dev.roster.benchmarks.registry;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Watch streams of Roster, each on a connection of its own, which one thread reads. It tells the instances that come. */
final class WatchStreams implements Closeable {

    private static final int BUFFER_BYTES = 256 * 1024;
    private static final int PARALLEL = 50;
    private static final long LIMIT_SECONDS = 60;
    private static final String SNAPSHOT = "event: snapshot";

    /** The first id in a change of one instance. */
    private static final Pattern ADDED = Pattern.compile("data: .*?\"id\":\"i(\\d+)\"");

    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final Thread thread = Thread.ofPlatform().name("watch-streams").unstarted(this::run);
    private final List<SocketChannel> channels = new ArrayList<>();
    private volatile LongConsumer listener = _ -> {};
    private volatile CountDownLatch snapshots = new CountDownLatch(0);
    private volatile @Nullable Throwable failure;
    private volatile boolean closed;

    WatchStreams() throws IOException {
        thread.start();
    }

    /** One stream to open: where, and by which request. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Opening(int port, byte[] request) {}

    /** Opens streams and waits until each has its first answer. */
    void open(List<Opening> openings) throws IOException, InterruptedException {
        for (int from = 0; from < openings.size(); from += PARALLEL) {
            List<Opening> part = openings.subList(from, Math.min(openings.size(), from + PARALLEL));
            snapshots = new CountDownLatch(part.size());
            for (Opening opening : part) {
                open(opening);
            }
            if (!snapshots.await(LIMIT_SECONDS, TimeUnit.SECONDS) || failure != null) {
                throw new IllegalStateException(snapshots.getCount() + " streams have not begun", failure);
            }
        }
    }

    private void open(Opening opening) throws IOException {
        SocketChannel channel = SocketChannel
                .open(new InetSocketAddress(InetAddress.getLoopbackAddress(), opening.port));
        channels.add(channel);
        channel.write(ByteBuffer.wrap(opening.request));
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, new EventReader(this::line));
        selector.wakeup();
    }

    /** Tells from now on the number of each instance that comes, once for each stream. */
    void tell(LongConsumer changes) {
        listener = changes;
    }

    /** Fails if a stream has. */
    void check() {
        if (failure != null) {
            throw new IllegalStateException("a stream has failed", failure);
        }
    }

    private void line(String line) {
        if (line.equals(SNAPSHOT)) {
            snapshots.countDown();
            return;
        }
        if (line.contains("\"services\":[],\"instances\":[{")) {
            Matcher added = ADDED.matcher(line);
            if (added.lookingAt()) {
                listener.accept(Long.parseLong(added.group(1)));
            }
        }
    }

    private void run() {
        try {
            while (!closed) {
                selector.select(this::read);
            }
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
    }

    private void read(SelectionKey key) {
        try {
            buffer.clear();
            int read = ((SocketChannel) key.channel()).read(buffer);
            if (read < 0) {
                throw new IOException("a watch was cut off");
            }
            ((EventReader) key.attachment()).read(buffer.flip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (SocketChannel channel : channels) {
            channel.close();
        }
        selector.close();
    }
}
