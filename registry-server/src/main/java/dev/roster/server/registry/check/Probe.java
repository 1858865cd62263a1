package dev.roster.server.registry.check;

import dev.roster.server.registry.CheckMethod;
import dev.roster.server.registry.CheckStatus;
import dev.roster.server.registry.CheckTls;
import dev.roster.server.registry.Endpoint;
import dev.roster.server.registry.check.Prober.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLException;

/**
 * Makes checks that need a connection. The name of the host is looked up once, and the connection made to the very address that
 * was judged: a name server that answers otherwise the next time gains nothing. Waits; may be used by any thread.
 */
final class Probe implements Prober.Caller {
    private final CallPolicy policy;
    private final Resolver resolver;
    private final LongSupplier nanoTime;
    private final GrpcCall grpc = new GrpcCall();

    /** Looks up names; {@link InetAddress#getAllByName} does. */
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    Probe(CallPolicy policy, Resolver resolver, LongSupplier nanoTime) {
        this.policy = policy;
        this.resolver = resolver;
        this.nanoTime = nanoTime;
    }

    @Override
    public Result call(Endpoint endpoint, CheckMethod.Call check) {
        CheckTls tls = check.tls();
        if (tls != null && !policy.unverifiedTls() && !tls.isVerified()) {
            return Result.critical("members may not call without verifying the certificate");
        }
        Duration timeout = check.schedule().timeout();
        Deadline deadline = new Deadline(nanoTime, timeout);
        try {
            Optional<InetAddress> permitted = Arrays.stream(resolver.resolve(endpoint.host()))
                    .filter(policy.addresses()::permits).findFirst();
            if (permitted.isEmpty()) {
                return Result.critical("checks may not call " + endpoint.host());
            }
            Integer port = check.port();
            return call(new Target(endpoint.host(), permitted.get(), port == null ? endpoint.port() : port), check,
                    deadline);
        } catch (SocketTimeoutException e) {
            return Result.critical("no answer within " + timeout);
        } catch (UnknownHostException e) {
            return Result.critical("the host is not known");
        } catch (SSLException e) {
            return Result.critical(e.getCause() instanceof SocketTimeoutException
                    ? "no answer within " + timeout
                    : "TLS: " + e.getMessage());
        } catch (IOException | GeneralSecurityException e) {
            String reason = e.getMessage();
            return Result.critical(reason == null ? "the connection was broken" : reason);
        }
    }

    private Result call(Target target, CheckMethod.Call check, Deadline deadline)
            throws IOException, GeneralSecurityException {
        return switch (check) {
            case CheckMethod.Tcp _ -> tcp(target, deadline);
            case CheckMethod.Http http -> HttpCall.make(target, http, deadline);
            case CheckMethod.Grpc health -> grpc.make(target, health, deadline);
        };
    }

    private static Result tcp(Target target, Deadline deadline) throws IOException {
        try (Socket _ = BoundedSocket.connect(target, deadline)) {
            return new Result(CheckStatus.PASSING, "connected to port " + target.port());
        }
    }

    @Override
    public void close() {
        grpc.close();
    }
}
