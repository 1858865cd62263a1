package dev.roster.benchmarks.etcd;

import io.grpc.MethodDescriptor;

/** Methods of etcd that more than one benchmark asks. */
public final class EtcdMethods {

    /** Writes a key. */
    public static final MethodDescriptor<byte[], byte[]> PUT = EtcdConnections.unary("KV", "Put");

    /** Grants a lease. */
    public static final MethodDescriptor<byte[], byte[]> GRANT = EtcdConnections.unary("Lease", "LeaseGrant");

    private EtcdMethods() {}
}
