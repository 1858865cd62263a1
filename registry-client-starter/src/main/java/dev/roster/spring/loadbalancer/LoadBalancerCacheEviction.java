package dev.roster.spring.loadbalancer;

import dev.roster.spring.discovery.ServiceChangeListener;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.cache.Cache;
import org.springframework.cloud.loadbalancer.cache.LoadBalancerCacheManager;
import org.springframework.cloud.loadbalancer.core.CachingServiceInstanceListSupplier;

/**
 * Takes a service that has changed out of LoadBalancer's cache, which would otherwise show the old instances for up to
 * 35 s. Done twice: a lookup that read the old instances just before the change may put them into the cache just after the
 * first time.
 */
final class LoadBalancerCacheEviction implements ServiceChangeListener {
    private static final Logger LOG = LoggerFactory.getLogger(LoadBalancerCacheEviction.class);
    private static final long AGAIN_AFTER_MILLIS = 200;

    private final BeanFactory beans;
    private final Executor later = CompletableFuture.delayedExecutor(AGAIN_AFTER_MILLIS, TimeUnit.MILLISECONDS);

    // Not injected as a bean: LoadBalancer declares its cache manager as no candidate for that.
    LoadBalancerCacheEviction(BeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public void changed(String service) {
        evict(service);
        later.execute(() -> evictUnlessItEnds(service));
    }

    private void evictUnlessItEnds(String service) {
        try {
            evict(service);
        } catch (BeansException | IllegalStateException e) {
            // An application that ends meanwhile has no cache any more.
            LOG.debug("{} was not taken out of the cache a second time", service, e);
        }
    }

    private void evict(String service) {
        beans.getBeanProvider(LoadBalancerCacheManager.class).ifAvailable(manager -> {
            Cache cache = manager.getCache(CachingServiceInstanceListSupplier.SERVICE_INSTANCE_CACHE_NAME);
            if (cache != null) {
                cache.evict(service);
            }
        });
    }
}
