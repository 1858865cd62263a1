package dev.roster.server.store.raft;

import io.atomix.primitive.PrimitiveBuilder;
import io.atomix.primitive.PrimitiveManagementService;
import io.atomix.primitive.PrimitiveType;
import io.atomix.primitive.PrimitiveTypeRegistry;
import io.atomix.primitive.SyncPrimitive;
import io.atomix.primitive.config.PrimitiveConfig;
import io.atomix.primitive.service.PrimitiveService;
import io.atomix.primitive.service.ServiceConfig;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells Atomix of the one kind of state machine that there is. Each snapshot that is installed makes a new service. */
@SuppressWarnings("rawtypes") // Atomix declares the bounds and the registry raw
final class StorePrimitiveType
        implements
            PrimitiveType<PrimitiveBuilder, PrimitiveConfig, SyncPrimitive>,
            PrimitiveTypeRegistry {

    /** Name of the one service. */
    static final String SERVICE = "store";

    private final Supplier<StoreService> services;

    StorePrimitiveType(Supplier<StoreService> services) {
        this.services = services;
    }

    @Override
    public String name() {
        return "roster-store";
    }

    @Override
    public PrimitiveService newService(ServiceConfig config) {
        return services.get();
    }

    @Override
    public PrimitiveConfig newConfig() {
        throw new UnsupportedOperationException("the store is used through sessions");
    }

    @Override
    public PrimitiveBuilder newBuilder(String name, PrimitiveConfig config, PrimitiveManagementService management) {
        throw new UnsupportedOperationException("the store is used through sessions");
    }

    @Override
    public Collection<PrimitiveType> getPrimitiveTypes() {
        return List.of(this);
    }

    @Override
    public @Nullable PrimitiveType getPrimitiveType(String typeName) {
        return typeName.equals(name()) ? this : null;
    }
}
