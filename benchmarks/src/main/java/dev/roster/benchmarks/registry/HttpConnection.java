package dev.roster.benchmarks.registry;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A connection by HTTP/1.1 (RFC 9112) to a server on this machine, for one thread. Requests are bytes already, and of answers
 * only the framing is read: load and servers share the processors, so the load has to be cheap.
 */
final class HttpConnection implements Closeable {

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};
    private static final int STATUS_AT = 9;
    private static final int STATUS_DIGITS = 3;
    private static final int NO_CONTENT = 204;
    private static final int SUCCESS = 200;
    private static final int FAILURE = 300;
    private static final int UNAVAILABLE = 503;
    private static final long PAUSE_MILLIS = 100;
    private static final int HEXADECIMAL = 16;

    private final Socket socket = new Socket();
    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final Refusals refusals;
    private int begin;
    private int end;

    HttpConnection(int port, Refusals refusals) throws IOException {
        this.refusals = refusals;
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    /** Writes a request as it goes over the connection, with a body in JSON or none. */
    static byte[] request(String method, String path, @Nullable String json) {
        return request(method, path, "", json);
    }

    /**
     * Writes a request.
     *
     * @param headers further ones, each with the end of its line
     */
    static byte[] request(String method, String path, String headers, @Nullable String json) {
        String head = method + " " + path
                + " HTTP/1.1\r\nHost: localhost\r\nAccept: application/json, text/event-stream\r\n" + headers;
        String text = json == null
                ? head + "\r\n"
                : head + "Content-Type: application/json\r\nContent-Length: "
                        + json.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + json;
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Sends a request and reads the answer whole. One that cannot be carried out now is noted and sent again, as clients do; any
     * other that is no success is a failure.
     */
    void exchange(byte[] request) throws IOException {
        exchange(request, null);
    }

    /** Sends a request and returns the body of the answer as text. */
    String ask(byte[] request) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        exchange(request, body);
        return body.toString(StandardCharsets.UTF_8);
    }

    private void exchange(byte[] request, @Nullable ByteArrayOutputStream body) throws IOException {
        String head = send(request);
        int status = status(head);
        while (status == UNAVAILABLE) {
            ByteArrayOutputStream reason = new ByteArrayOutputStream();
            readBody(head, reason);
            refusals.note(reason.toString(StandardCharsets.UTF_8));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
            head = send(request);
            status = status(head);
        }
        if (status < SUCCESS || status >= FAILURE) {
            throw new IOException(new String(request, StandardCharsets.UTF_8) + "\nwas answered\n" + head);
        }
        if (status != NO_CONTENT) {
            readBody(head, body);
        }
    }

    private String send(byte[] request) throws IOException {
        out.write(request);
        return head();
    }

    private static int status(String head) {
        return Integer.parseInt(head.substring(STATUS_AT, STATUS_AT + STATUS_DIGITS));
    }

    private void readBody(String head, @Nullable ByteArrayOutputStream body) throws IOException {
        String length = header(head, "\r\ncontent-length:");
        if (length != null) {
            take(Integer.parseInt(length), body);
        } else if ("chunked".equals(header(head, "\r\ntransfer-encoding:"))) {
            for (int size = chunkSize(); size > 0; size = chunkSize()) {
                take(size, body);
                line();
            }
            line();
        }
    }

    private static @Nullable String header(String head, String name) {
        int at = head.indexOf(name);
        return at < 0 ? null : head.substring(at + name.length(), head.indexOf("\r\n", at + 2)).strip();
    }

    /** Returns status line and headers in lower case. */
    private String head() throws IOException {
        int searched = begin;
        while (true) {
            for (int i = searched; i <= end - END_OF_HEAD.length; i++) {
                if (isEndOfHead(i)) {
                    String head = new String(buffer, begin, i + 2 - begin, StandardCharsets.ISO_8859_1);
                    begin = i + END_OF_HEAD.length;
                    return head.toLowerCase(Locale.ROOT);
                }
            }
            searched = Math.max(begin, end - END_OF_HEAD.length + 1);
            searched -= fill();
        }
    }

    private boolean isEndOfHead(int at) {
        for (int i = 0; i < END_OF_HEAD.length; i++) {
            if (buffer[at + i] != END_OF_HEAD[i]) {
                return false;
            }
        }
        return true;
    }

    private int chunkSize() throws IOException {
        String line = line();
        int extension = line.indexOf(';');
        return Integer.parseInt((extension < 0 ? line : line.substring(0, extension)).strip(), HEXADECIMAL);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            if (begin == end) {
                fill();
            }
            char next = (char) buffer[begin++];
            if (next == '\n') {
                return line.toString().strip();
            }
            line.append(next);
        }
    }

    private void take(int bytes, @Nullable ByteArrayOutputStream body) throws IOException {
        int left = bytes;
        while (left > 0) {
            if (begin == end) {
                fill();
            }
            int taken = Math.min(left, end - begin);
            if (body != null) {
                body.write(buffer, begin, taken);
            }
            begin += taken;
            left -= taken;
        }
    }

    /** Reads more, and returns by how much it has moved what was there to the front. */
    private int fill() throws IOException {
        int moved = begin == end ? end : end == buffer.length ? begin : 0;
        if (moved > 0) {
            System.arraycopy(buffer, begin, buffer, 0, end - begin);
            begin -= moved;
            end -= moved;
        }
        int read = in.read(buffer, end, buffer.length - end);
        if (read < 0) {
            throw new EOFException("the server has closed the connection");
        }
        end += read;
        return moved;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
