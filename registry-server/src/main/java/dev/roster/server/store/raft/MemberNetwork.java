package dev.roster.server.store.raft;

import io.atomix.cluster.messaging.ManagedMessagingService;
import io.atomix.cluster.messaging.MessagingConfig;
import io.atomix.utils.net.Address;

/** By what members send messages to each other. */
@FunctionalInterface
interface MemberNetwork {

    /** One TCP port for each member; none for one on its own, which has nobody to talk to. */
    MemberNetwork TCP = (config, address, messaging) -> config.isStandalone()
            ? new LocalMessaging(address)
            : new GuardedMessaging(MemberTransport.CLUSTER, address, messaging, GuardedMessaging.HANDSHAKE_TIMEOUT);

    /**
     * Returns the messages of one member, not started.
     *
     * @param address where the others reach it
     * @param messaging interface, port, time limits and, once they are known, certificates
     */
    ManagedMessagingService connect(RaftConfig config, Address address, MessagingConfig messaging);
}
