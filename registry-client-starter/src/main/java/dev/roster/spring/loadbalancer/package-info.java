/**
 * Choosing among the instances of a service, in Spring Cloud LoadBalancer: by tags, zone, weight and age; and the eviction of its
 * cache when a service changes. Settings are {@code roster.load-balancer.*}.
 *
 * <p>Offers nothing to other packages.
 */
@NullMarked
package dev.roster.spring.loadbalancer;

import org.jspecify.annotations.NullMarked;
