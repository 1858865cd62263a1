package dev.roster.api.registry;

import org.jspecify.annotations.Nullable;

/**
 * A member asks the instance by {@code grpc.health.v1.Health/Check}: {@code SERVING} passes, everything else is critical.
 *
 * @param service which service of the server is asked for, to 256 characters; null means the server as a whole
 * @param port which port, 1 to 65535; null for the main one
 * @param tls how the member makes sure whom it speaks to; null without TLS
 */
public record GrpcProbe(@Nullable String service, @Nullable Integer port, @Nullable ProbeTls tls) {}
