package dev.roster.server.registry.check;

import dev.roster.server.registry.CheckMethod;
import dev.roster.server.registry.CheckStatus;
import dev.roster.server.registry.CheckTls;
import dev.roster.server.registry.check.Prober.Result;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks by {@code grpc.health.v1.Health/Check} over HTTP/2, with TLS or without: a connection for each call, to the very address
 * that may be called, through no proxy and without trying again. One thread serves all connections.
 */
final class GrpcCall implements AutoCloseable {

    /** Largest answer: the one that is expected has two bytes. */
    private static final int MAX_MESSAGE_BYTES = 1024;

    /** Largest headers of an answer. */
    private static final int MAX_METADATA_BYTES = 8192;

    private final EventLoopGroup connections = new MultiThreadIoEventLoopGroup(1,
            Thread.ofPlatform().daemon().name("check-grpc-", 0).factory(), NioIoHandler.newFactory());

    Result make(Target target, CheckMethod.Grpc check, Deadline deadline) throws IOException, GeneralSecurityException {
        ManagedChannel channel = channel(target, check.tls());
        try {
            int status = ClientCalls.blockingUnaryCall(channel, HealthMessages.CHECK,
                    CallOptions.DEFAULT.withDeadlineAfter(deadline.leftMillis(), TimeUnit.MILLISECONDS),
                    check.service());
            return judge(check.service(), status);
        } catch (StatusRuntimeException e) {
            return failed(e);
        } finally {
            channel.shutdownNow();
        }
    }

    private ManagedChannel channel(Target target, @Nullable CheckTls tls)
            throws IOException, GeneralSecurityException {
        NettyChannelBuilder builder = NettyChannelBuilder
                .forAddress(new InetSocketAddress(target.address(), target.port())).eventLoopGroup(connections)
                .channelType(NioSocketChannel.class).directExecutor().userAgent("Roster-Check").disableRetry()
                .disableServiceConfigLookUp().maxInboundMessageSize(MAX_MESSAGE_BYTES)
                .maxInboundMetadataSize(MAX_METADATA_BYTES);
        if (tls == null) {
            return builder.overrideAuthority(target.authority()).usePlaintext().build();
        }
        String name = tls.serverName();
        return builder.overrideAuthority(name == null ? target.authority() : target.authority(name))
                .sslContext(context(tls)).build();
    }

    private static SslContext context(CheckTls tls) throws IOException, GeneralSecurityException {
        SslContextBuilder builder = GrpcSslContexts.configure(SslContextBuilder.forClient(), SslProvider.JDK)
                .trustManager(TlsTrust.manager(tls.trust())).protocols(TlsTrust.PROTOCOLS);
        return builder.build();
    }

    private static Result judge(String service, int status) {
        String of = service.isEmpty() ? "the server" : service;
        return switch (status) {
            case HealthMessages.SERVING -> new Result(CheckStatus.PASSING, of + " is serving");
            case HealthMessages.NOT_SERVING -> Result.critical(of + " is not serving");
            default -> Result.critical(of + " does not know how it is");
        };
    }

    private static Result failed(StatusRuntimeException failure) throws SocketTimeoutException {
        Status status = failure.getStatus();
        String description = status.getDescription();
        return switch (status.getCode()) {
            case DEADLINE_EXCEEDED -> throw new SocketTimeoutException();
            case UNIMPLEMENTED -> Result.critical("the server has no grpc.health.v1.Health");
            case NOT_FOUND -> Result.critical("the server has no such service");
            default -> Result.critical(status.getCode() + (description == null ? "" : ": " + description));
        };
    }

    @Override
    public void close() {
        var _ = connections.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
