package dev.roster.server.api.registry;

import dev.roster.api.registry.CheckRegistration;
import dev.roster.api.registry.GrpcProbe;
import dev.roster.api.registry.HttpProbe;
import dev.roster.api.registry.ProbeTls;
import dev.roster.api.registry.TcpProbe;
import dev.roster.server.registry.Check;
import dev.roster.server.registry.CheckId;
import dev.roster.server.registry.CheckMethod;
import dev.roster.server.registry.CheckStatus;
import dev.roster.server.registry.CheckTls;
import dev.roster.server.web.ProblemException;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes checks of what was sent. */
final class CheckReader {
    private CheckReader() {}

    static Check read(CheckRegistration sent) {
        String id = sent.id();
        if (id == null) {
            throw ProblemException.invalidArgument("checks.id", null, "an id that is unique within the instance");
        }
        dev.roster.api.registry.CheckStatus status = sent.status();
        return new Check(new CheckId(id), method(sent),
                status == null ? CheckStatus.CRITICAL : status("checks.status", status), sent.deregisterAfter());
    }

    private static CheckMethod method(CheckRegistration sent) {
        Duration ttl = sent.ttl();
        TcpProbe tcp = sent.tcp();
        HttpProbe http = sent.http();
        GrpcProbe grpc = sent.grpc();
        if (Stream.of(ttl, tcp, http, grpc).filter(Objects::nonNull).count() != 1) {
            throw ProblemException.invalidArgument("checks.ttl", ttl, "just one of ttl, tcp, http and grpc");
        }
        if (tcp != null) {
            return new CheckMethod.Tcp(tcp.port(), schedule(sent));
        }
        if (http != null) {
            String path = http.path();
            return new CheckMethod.Http(path == null ? "/" : path, http.port(), tls(http.tls()), schedule(sent));
        }
        if (grpc != null) {
            String service = grpc.service();
            return new CheckMethod.Grpc(service == null ? "" : service, grpc.port(), tls(grpc.tls()), schedule(sent));
        }
        refuse("checks.interval", sent.interval());
        refuse("checks.timeout", sent.timeout());
        refuse("checks.successes", sent.successes());
        refuse("checks.failures", sent.failures());
        return new CheckMethod.Report(Objects.requireNonNull(ttl));
    }

    private static @Nullable CheckTls tls(@Nullable ProbeTls sent) {
        if (sent == null) {
            return null;
        }
        String ca = sent.ca();
        if (!Boolean.FALSE.equals(sent.verify())) {
            return new CheckTls(ca == null ? new CheckTls.SystemAuthorities() : CheckTls.Authorities.parse(ca),
                    sent.serverName());
        }
        if (ca != null) {
            throw ProblemException.invalidArgument("checks.tls.ca", ca, "none when nothing is verified");
        }
        return new CheckTls(new CheckTls.Nobody(), sent.serverName());
    }

    private static CheckMethod.Schedule schedule(CheckRegistration sent) {
        Duration interval = Objects.requireNonNullElse(sent.interval(), CheckMethod.Schedule.DEFAULT_INTERVAL);
        Duration usual = CheckMethod.Schedule.DEFAULT_TIMEOUT;
        Duration timeout = Objects.requireNonNullElse(sent.timeout(),
                usual.compareTo(interval) < 0 ? usual : interval);
        return new CheckMethod.Schedule(interval, timeout, Objects.requireNonNullElse(sent.successes(), 1),
                Objects.requireNonNullElse(sent.failures(), CheckMethod.Schedule.DEFAULT_FAILURES));
    }

    private static void refuse(String field, @Nullable Object given) {
        if (given != null) {
            throw ProblemException.invalidArgument(field, given, "none for a check with a ttl");
        }
    }

    /** Returns a status, which must be given. */
    static CheckStatus status(String field, dev.roster.api.registry.@Nullable CheckStatus sent) {
        return switch (sent) {
            case PASSING -> CheckStatus.PASSING;
            case WARNING -> CheckStatus.WARNING;
            case CRITICAL -> CheckStatus.CRITICAL;
            case null -> throw ProblemException.invalidArgument(field, null, "one of passing, warning, critical");
        };
    }
}
