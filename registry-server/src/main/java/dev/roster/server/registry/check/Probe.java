package dev.roster.server.registry.check;

import dev.roster.server.registry.CheckMethod;
import dev.roster.server.registry.CheckStatus;
import dev.roster.server.registry.Endpoint;
import dev.roster.server.registry.check.Prober.Result;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes checks that need a connection. The name of the host is looked up once, and the connection made to the very address that
 * was judged: a name server that answers otherwise the next time gains nothing. Waits; may be used by any thread.
 */
final class Probe implements Prober.Caller {

    /** Longest status line that is read. */
    private static final int MAX_LINE_BYTES = 512;

    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})( .*)?");

    private final AddressPolicy policy;
    private final Resolver resolver;
    private final LongSupplier nanoTime;

    /** Looks up names; {@link InetAddress#getAllByName} does. */
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    Probe(AddressPolicy policy, Resolver resolver, LongSupplier nanoTime) {
        this.policy = policy;
        this.resolver = resolver;
        this.nanoTime = nanoTime;
    }

    @Override
    public Result call(Endpoint endpoint, CheckMethod.Call check) {
        return switch (check) {
            case CheckMethod.Tcp tcp -> tcp(endpoint, tcp);
            case CheckMethod.Http http -> http(endpoint, http);
        };
    }

    private Result tcp(Endpoint endpoint, CheckMethod.Tcp check) {
        int port = check.port() == null ? endpoint.port() : check.port();
        return with(endpoint.host(), port, check.schedule().timeout(),
                (_, _) -> new Result(CheckStatus.PASSING, "connected to port " + port));
    }

    private Result http(Endpoint endpoint, CheckMethod.Http check) {
        int port = check.port() == null ? endpoint.port() : check.port();
        String host = endpoint.host().indexOf(':') >= 0 ? "[" + endpoint.host() + "]" : endpoint.host();
        String request = "GET " + check.path() + " HTTP/1.1\r\nHost: " + host + ":" + port
                + "\r\nUser-Agent: Roster-Check\r\nAccept: */*\r\nConnection: close\r\n\r\n";
        return with(endpoint.host(), port, check.schedule().timeout(), (socket, deadline) -> {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return judge(check.path(), line(socket, deadline));
        });
    }

    private interface Conversation {
        Result over(Socket socket, long deadline) throws IOException;
    }

    private Result with(String host, int port, Duration timeout, Conversation conversation) {
        long deadline = nanoTime.getAsLong() + timeout.toNanos();
        try (Socket socket = new Socket()) {
            List<InetAddress> addresses = Arrays.asList(resolver.resolve(host));
            Optional<InetAddress> permitted = addresses.stream().filter(policy::permits).findFirst();
            if (permitted.isEmpty()) {
                return critical("checks may not call " + host);
            }
            socket.connect(new InetSocketAddress(permitted.get(), port), left(deadline));
            return conversation.over(socket, deadline);
        } catch (SocketTimeoutException e) {
            return critical("no answer within " + timeout);
        } catch (UnknownHostException e) {
            return critical("the host is not known");
        } catch (IOException e) {
            String reason = e.getMessage();
            return critical(reason == null ? "the connection was broken" : reason);
        }
    }

    private static Result judge(String path, String line) {
        Matcher matcher = STATUS_LINE.matcher(line);
        if (!matcher.matches()) {
            return critical("GET " + path + ": the answer is not HTTP");
        }
        String output = "GET " + path + ": " + matcher.group(1);
        int status = Integer.parseInt(matcher.group(1));
        if (status == 429) {
            return new Result(CheckStatus.WARNING, output);
        }
        return status >= 200 && status < 300 ? new Result(CheckStatus.PASSING, output) : critical(output);
    }

    /** Reads up to the end of the line. A peer that sends a byte now and then is still bound by the deadline. */
    private String line(Socket socket, long deadline) throws IOException {
        InputStream input = socket.getInputStream();
        byte[] bytes = new byte[MAX_LINE_BYTES];
        int size = 0;
        while (size < bytes.length) {
            socket.setSoTimeout(left(deadline));
            int octet = input.read();
            if (octet < 0 || octet == '\n') {
                break;
            }
            bytes[size++] = (byte) octet;
        }
        return new String(bytes, 0, size, StandardCharsets.ISO_8859_1).strip();
    }

    private int left(long deadline) throws SocketTimeoutException {
        long millis = Duration.ofNanos(deadline - nanoTime.getAsLong()).toMillis();
        if (millis <= 0) {
            throw new SocketTimeoutException();
        }
        return (int) Math.min(millis, Integer.MAX_VALUE);
    }

    private static Result critical(String output) {
        return new Result(CheckStatus.CRITICAL, output);
    }
}
