package dev.roster.spring.config;

import dev.roster.api.watch.ConfigState;
import dev.roster.client.RosterClient;
import dev.roster.client.Watched;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.StringUtils;

/** Finds the methods with {@link RosterConfigListener} when all beans are made, and follows their items until the end. */
final class ConfigListeners implements SmartInitializingSingleton, DisposableBean {
    private final RosterClient client;
    private final ConfigurableListableBeanFactory beans;
    private final ExecutorService thread;
    private final List<Watched<ConfigState>> followed = new CopyOnWriteArrayList<>();

    /**
     * Makes the listeners.
     *
     * @param thread one thread, which calls the methods
     */
    ConfigListeners(RosterClient client, ConfigurableListableBeanFactory beans, ExecutorService thread) {
        this.client = client;
        this.beans = beans;
        this.thread = thread;
    }

    @Override
    public void afterSingletonsInstantiated() {
        for (String name : beans.getBeanNamesForType(Object.class)) {
            if (ScopedProxyUtils.isScopedTarget(name)) {
                continue;
            }
            Class<?> type = AutoProxyUtils.determineTargetClass(beans, name);
            if (type != null && AnnotationUtils.isCandidateClass(type, RosterConfigListener.class)) {
                follow(name, type);
            }
        }
    }

    private void follow(String name, Class<?> type) {
        Map<Method, RosterConfigListener> methods = MethodIntrospector.selectMethods(type,
                (MethodIntrospector.MetadataLookup<RosterConfigListener>) method -> AnnotatedElementUtils
                        .findMergedAnnotation(method, RosterConfigListener.class));
        methods.forEach((method, annotation) -> {
            Object bean = beans.getBean(name);
            ConfigListenerMethod listener = new ConfigListenerMethod(bean,
                    AopUtils.selectInvocableMethod(method, bean.getClass()), thread);
            followed.add(follow(method, annotation.value(), listener));
        });
    }

    private Watched<ConfigState> follow(Method method, String location, ConfigListenerMethod listener) {
        String resolved = beans.resolveEmbeddedValue(location);
        ItemName item = ItemName.parse(StringUtils.hasText(resolved) ? resolved : "", client.namespace());
        try {
            return client.inNamespace(item.namespace()).watch().config(item.name(), listener);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("@RosterConfigListener on " + method + ": no item can be called '"
                    + location + "'", e);
        }
    }

    @Override
    public void destroy() {
        followed.forEach(Watched::close);
        thread.shutdownNow();
    }
}
