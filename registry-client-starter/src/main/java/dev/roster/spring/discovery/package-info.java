/**
 * Finding services: Spring Cloud's {@code DiscoveryClient} and {@code ReactiveDiscoveryClient}, answered from memory and kept up to
 * date by push.
 *
 * <p>Offers {@link dev.roster.spring.discovery.ServiceChangeListener} to whoever has to hear of changes at once,
 * {@link dev.roster.spring.discovery.ServiceView} to whoever shows what is followed, and the names of what an instance tells of
 * itself. {@code roster.discovery.*} are the settings of registration as well. Must not know LoadBalancer.
 */
@NullMarked
package dev.roster.spring.discovery;

import org.jspecify.annotations.NullMarked;
