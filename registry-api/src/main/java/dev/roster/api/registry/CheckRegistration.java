package dev.roster.api.registry;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A check of an instance that is registered: just one of {@code ttl}, {@code tcp}, {@code http} and {@code grpc}.
 *
 * @param id unique within the instance; needed
 * @param ttl for how long a report of the instance holds, 1 s to 1 day
 * @param tcp where a member connects to
 * @param http what a member asks for
 * @param grpc which service a member asks for by gRPC
 * @param interval how often a member calls, 1 s to 1 hour; null means 10 s
 * @param timeout how long a call may take, 100 ms to the interval; null means 5 s, or the interval if that is shorter
 * @param successes how many calls in a row must succeed, 1 to 10; null means 1
 * @param failures how many calls in a row must fail, 1 to 10; null means 2
 * @param status what holds before the first result; null means critical
 * @param deregisterAfter how long it may be critical before the instance is removed, 1 minute to 365 days; null means for
 *     ever
 */
public record CheckRegistration(@Nullable String id, @Nullable Duration ttl, @Nullable TcpProbe tcp,
        @Nullable HttpProbe http, @Nullable GrpcProbe grpc, @Nullable Duration interval, @Nullable Duration timeout,
        @Nullable Integer successes,
        @Nullable Integer failures, @Nullable CheckStatus status, @Nullable Duration deregisterAfter) {}
