package dev.roster.spring.loadbalancer;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.DefaultResponse;
import org.springframework.cloud.client.loadbalancer.EmptyResponse;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.Response;
import org.springframework.cloud.loadbalancer.core.NoopServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.core.ReactorServiceInstanceLoadBalancer;
import org.springframework.cloud.loadbalancer.core.SelectedInstanceCallback;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.util.function.SingletonSupplier;
import reactor.core.publisher.Mono;

/**
 * Chooses among the instances of a service: in turn while all have the same weight, else at random in proportion to the weights.
 * Instances of weight 0 are chosen only if there are no others. Safe for use by several threads.
 */
final class WeightedLoadBalancer implements ReactorServiceInstanceLoadBalancer {
    private static final Logger LOG = LoggerFactory.getLogger(WeightedLoadBalancer.class);

    private final SingletonSupplier<ServiceInstanceListSupplier> instances;
    private final String service;
    private final InstanceWeights weights;
    private final DoubleSupplier random;
    private final AtomicInteger turn = new AtomicInteger(ThreadLocalRandom.current().nextInt());

    /**
     * Makes a load balancer.
     *
     * @param random numbers from 0, inclusive, to 1, exclusive; asked by several threads
     */
    WeightedLoadBalancer(ObjectProvider<ServiceInstanceListSupplier> suppliers, String service, InstanceWeights weights,
            DoubleSupplier random) {
        this.instances = SingletonSupplier.of(() -> suppliers.getIfAvailable(NoopServiceInstanceListSupplier::new));
        this.service = service;
        this.weights = weights;
        this.random = random;
    }

    @Override
    public Mono<Response<ServiceInstance>> choose(@SuppressWarnings("rawtypes") Request request) {
        ServiceInstanceListSupplier supplier = instances.obtain();
        return supplier.get(request).next().map(all -> {
            Response<ServiceInstance> response = choose(all);
            ServiceInstance chosen = response.getServer();
            if (chosen != null && supplier instanceof SelectedInstanceCallback callback) {
                callback.selectedServiceInstance(chosen);
            }
            return response;
        });
    }

    private Response<ServiceInstance> choose(List<ServiceInstance> all) {
        if (all.isEmpty()) {
            LOG.warn("There is no instance of {} to choose", service);
            return new EmptyResponse();
        }
        return new DefaultResponse(all.size() == 1 ? all.get(0) : all.get(index(weights.of(all))));
    }

    private int index(double[] all) {
        double total = 0;
        boolean equal = true;
        for (double weight : all) {
            total += weight;
            equal &= weight == all[0];
        }
        if (equal) {
            return (turn.incrementAndGet() & Integer.MAX_VALUE) % all.length;
        }
        double left = random.getAsDouble() * total;
        int last = 0;
        for (int i = 0; i < all.length; i++) {
            if (all[i] > 0) {
                last = i;
                left -= all[i];
                if (left < 0) {
                    break;
                }
            }
        }
        return last;
    }
}
