package dev.roster.benchmarks.config;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Many streams of changes of one item, each as a client of its own opens it ({@code docs/reference/api.md}, "Follow changes").
 * One thread reads them all, so that the load takes as little as possible of the processors that the server is to have.
 * Documents have to be so small that a server sends an event in one chunk.
 */
final class EventStreams implements AutoCloseable {

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Pattern VERSION = Pattern.compile("\"version\":(\\d+)");

    private final Selector selector;
    private final InetSocketAddress server;
    private final IntFunction<byte[]> requests;
    private final Listener listener;
    private final CountDownLatch snapshots;
    private final AtomicInteger reopened = new AtomicInteger();
    private final Thread thread = Thread.ofPlatform().name("streams").daemon().unstarted(this::run);

    /** Is told of changes, by the thread that reads. */
    interface Listener {

        /**
         * A stream has told a version.
         *
         * @param stream from 0
         * @param nanoTime when it had been read
         */
        void onChange(int stream, long version, long nanoTime);
    }

    /**
     * A stream.
     *
     * @param number from 0
     * @param told the version that was told by the one before, 0 if there was none
     * @param unread what was read of its next event
     */
    private record Stream(int number, AtomicLong told, StringBuilder unread) {}

    private EventStreams(Selector selector, InetSocketAddress server, IntFunction<byte[]> requests, int count,
            Listener listener) {
        this.selector = selector;
        this.server = server;
        this.requests = requests;
        this.listener = listener;
        this.snapshots = new CountDownLatch(count);
    }

    /** Returns the name by which a stream says who it is. */
    static String client(int stream) {
        return "client-" + stream;
    }

    /** Opens the streams and waits until each has told the first state. */
    static EventStreams open(URI server, String authorization, String item, int count, Listener listener)
            throws IOException, InterruptedException {
        EventStreams streams = new EventStreams(Selector.open(),
                new InetSocketAddress(server.getHost(), server.getPort()),
                stream -> request(server, authorization, item, client(stream)), count, listener);
        for (int i = 0; i < count; i++) {
            streams.open(i, 0);
        }
        streams.thread.start();
        if (!streams.snapshots.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException(streams.snapshots.getCount() + " streams have told nothing");
        }
        return streams;
    }

    private void open(int stream, long told) throws IOException {
        SocketChannel channel = SocketChannel.open(server);
        ByteBuffer request = ByteBuffer.wrap(requests.apply(stream));
        while (request.hasRemaining()) {
            channel.write(request);
        }
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, new Stream(stream, new AtomicLong(told), new StringBuilder()));
    }

    /** Returns how many streams the server has closed; they were opened again, as a client does. */
    int reopened() {
        return reopened.get();
    }

    private static byte[] request(URI server, String authorization, String item, String client) {
        String body = "{\"configs\":[{\"name\":\"%s\"}],\"client\":{\"instance\":\"%s\"},\"subscriber\":\"%s\"}"
                .formatted(item, client, client);
        return """
                POST /api/v1/watch HTTP/1.1\r
                Host: %s\r
                Authorization: %s\r
                Content-Type: application/json\r
                Accept: text/event-stream\r
                Content-Length: %d\r
                \r
                %s""".formatted(server.getAuthority(), authorization, body.length(), body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private void run() {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        try {
            while (selector.isOpen()) {
                selector.select(key -> read(key, buffer));
            }
        } catch (ClosedSelectorException e) {
            // Closed while it waited.
        } catch (IOException e) {
            throw new IllegalStateException("the streams cannot be read", e);
        }
    }

    private void read(SelectionKey key, ByteBuffer buffer) {
        Stream stream = (Stream) key.attachment();
        try {
            buffer.clear();
            if (((SocketChannel) key.channel()).read(buffer) < 0) {
                key.channel().close();
                reopened.incrementAndGet();
                open(stream.number(), stream.told().get());
                return;
            }
        } catch (IOException e) {
            throw new IllegalStateException("a stream broke: " + stream, e);
        }
        long now = System.nanoTime();
        StringBuilder unread = stream.unread();
        unread.append(StandardCharsets.ISO_8859_1.decode(buffer.flip()));
        for (int end = unread.indexOf("\n\n"); end >= 0; end = unread.indexOf("\n\n")) {
            tell(stream, unread.substring(0, end), now);
            unread.delete(0, end + 2);
        }
    }

    /** A client that had to open its stream again may find in the snapshot what it was not told. */
    private void tell(Stream stream, String event, long now) {
        boolean snapshot = event.contains("event: snapshot");
        Matcher found = VERSION.matcher(event);
        if (!(snapshot || event.contains("event: change")) || !found.find()) {
            return;
        }
        long version = Long.parseLong(found.group(1));
        long before = stream.told().getAndSet(version);
        if (snapshot && before == 0) {
            snapshots.countDown();
        } else if (version > before) {
            listener.onChange(stream.number(), version, now);
        }
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
