package dev.roster.api.registry;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A check of an instance and what came of it last.
 *
 * @param id unique within the instance
 * @param ttl for how long a report of the instance holds, null if it does not report
 * @param tcp where a member connects to, null if it does not
 * @param http what a member asks for, null if it does not
 * @param grpc which service a member asks for by gRPC, null if it does not
 * @param interval how often a member calls, null if it does not
 * @param timeout how long a call may take, null if there are none
 * @param successes how many calls in a row must succeed, null if there are none
 * @param failures how many calls in a row must fail, null if there are none
 * @param deregisterAfter how long it may be critical before the instance is removed, null for ever
 * @param status what came of it
 * @param output what was said when it got this status, possibly empty
 * @param since since when, by the clock of the member that noted it
 */
public record Check(String id, @Nullable Duration ttl, @Nullable TcpProbe tcp, @Nullable HttpProbe http,
        @Nullable GrpcProbe grpc, @Nullable Duration interval, @Nullable Duration timeout, @Nullable Integer successes,
        @Nullable Integer failures, @Nullable Duration deregisterAfter, CheckStatus status, String output,
        Instant since) {}
