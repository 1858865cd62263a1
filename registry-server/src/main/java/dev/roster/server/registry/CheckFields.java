package dev.roster.server.registry;

import dev.roster.server.store.ValueReader;
import dev.roster.server.store.ValueWriter;
import org.jspecify.annotations.Nullable;

/** A check within the record of its instance: id, method, initial status, deregisterAfter, status, output, since. */
final class CheckFields {
    private static final int REPORT = 0;
    private static final int TCP = 1;
    private static final int HTTP = 2;
    private static final int HTTPS = 3;
    private static final int GRPC = 4;

    private static final int NO_TLS = 0;
    private static final int SYSTEM = 1;
    private static final int AUTHORITIES = 2;
    private static final int NOBODY = 3;

    private CheckFields() {}

    /** Tells whether a member that knows records of instances to version 2 only can read a check by this method. */
    static boolean isSaidByVersion2(CheckMethod method) {
        return switch (method) {
            case CheckMethod.Report _,CheckMethod.Tcp _ -> true;
            case CheckMethod.Http http -> http.tls() == null;
            case CheckMethod.Grpc _ -> false;
        };
    }

    static void write(ValueWriter writer, CheckState state) {
        Check check = state.check();
        writer.text(check.id().value());
        switch (check.method()) {
            case CheckMethod.Report report -> writer.octet(REPORT).duration(report.ttl());
            case CheckMethod.Tcp tcp -> write(port(writer.octet(TCP), tcp.port()), tcp.schedule());
            case CheckMethod.Http http -> {
                ValueWriter start = http.tls() == null ? writer.octet(HTTP) : tls(writer.octet(HTTPS), http.tls());
                write(port(start.text(http.path()), http.port()), http.schedule());
            }
            case CheckMethod.Grpc grpc ->
                write(port(tls(writer.octet(GRPC), grpc.tls()).text(grpc.service()), grpc.port()), grpc.schedule());
        }
        writer.choice(check.initial())
                .optionalDuration(check.deregisterAfter())
                .choice(state.status())
                .text(state.output())
                .instant(state.since());
    }

    static CheckState read(ValueReader reader) {
        CheckId id = new CheckId(reader.text("check"));
        int start = reader.offset();
        int kind = reader.octet("method");
        CheckMethod method = switch (kind) {
            case REPORT -> new CheckMethod.Report(reader.duration("ttl"));
            case TCP -> new CheckMethod.Tcp(port(reader), schedule(reader));
            case HTTP -> new CheckMethod.Http(reader.text("path"), port(reader), null, schedule(reader));
            case HTTPS -> https(tls(reader), reader);
            case GRPC -> grpc(tls(reader), reader);
            default -> throw reader.damaged("method", start, "is " + kind + ", which is no method of a check");
        };
        Check check = new Check(id, method, reader.choice("initial", CheckStatus.class),
                reader.optionalDuration("deregisterAfter"));
        return new CheckState(check, reader.choice("status", CheckStatus.class), reader.text("output"),
                reader.instant("since"));
    }

    private static CheckMethod https(@Nullable CheckTls tls, ValueReader reader) {
        return new CheckMethod.Http(reader.text("path"), port(reader), tls, schedule(reader));
    }

    private static CheckMethod grpc(@Nullable CheckTls tls, ValueReader reader) {
        return new CheckMethod.Grpc(reader.text("service"), port(reader), tls, schedule(reader));
    }

    private static ValueWriter tls(ValueWriter writer, @Nullable CheckTls tls) {
        if (tls == null) {
            return writer.octet(NO_TLS);
        }
        return (switch (tls.trust()) {
            case CheckTls.SystemAuthorities _ -> writer.octet(SYSTEM);
            case CheckTls.Authorities authorities -> writer.octet(AUTHORITIES).text(authorities.pem());
            case CheckTls.Nobody _ -> writer.octet(NOBODY);
        }).optionalText(tls.serverName());
    }

    private static @Nullable CheckTls tls(ValueReader reader) {
        int start = reader.offset();
        int kind = reader.octet("tls");
        return switch (kind) {
            case NO_TLS -> null;
            case SYSTEM -> new CheckTls(new CheckTls.SystemAuthorities(), reader.optionalText("serverName"));
            case AUTHORITIES ->
                new CheckTls(new CheckTls.Authorities(reader.text("ca")), reader.optionalText("serverName"));
            case NOBODY -> new CheckTls(new CheckTls.Nobody(), reader.optionalText("serverName"));
            default -> throw reader.damaged("tls", start, "is " + kind + ", which is no way to trust");
        };
    }

    private static ValueWriter port(ValueWriter writer, @Nullable Integer port) {
        writer.flag(port != null);
        return port == null ? writer : writer.number(port);
    }

    private static @Nullable Integer port(ValueReader reader) {
        return reader.flag("port") ? Integer.valueOf(Math.toIntExact(reader.number("port"))) : null;
    }

    private static ValueWriter write(ValueWriter writer, CheckMethod.Schedule schedule) {
        return writer.duration(schedule.interval()).duration(schedule.timeout()).number(schedule.successes())
                .number(schedule.failures());
    }

    private static CheckMethod.Schedule schedule(ValueReader reader) {
        return new CheckMethod.Schedule(reader.duration("interval"), reader.duration("timeout"),
                Math.toIntExact(reader.number("successes")), Math.toIntExact(reader.number("failures")));
    }
}
