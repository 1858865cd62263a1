package dev.roster.spring.coordination;

import java.lang.reflect.Method;
import java.util.function.Supplier;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;

/** Puts the question who leads before methods with {@link LeaderOnly}, and in front of whoever schedules them. */
final class LeaderOnlyPostProcessor extends AbstractBeanFactoryAwareAdvisingPostProcessor {
    private static final long serialVersionUID = 1L;

    /** Before methods are scheduled, which is done last of all. */
    private static final int ORDER = Ordered.LOWEST_PRECEDENCE - 100;

    private final transient LeaderOnlyMethods methods;

    LeaderOnlyPostProcessor(LeaderOnlyMethods methods, Supplier<LeaderElections> elections) {
        this.methods = methods;
        this.advisor = new DefaultPointcutAdvisor(new AnnotationMatchingPointcut(null, LeaderOnly.class, true),
                new Gate(methods, elections));
        setBeforeExistingAdvisors(true);
        setProxyTargetClass(true);
        setOrder(ORDER);
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (isEligible(bean, beanName)) {
            MethodIntrospector.selectMethods(AopUtils.getTargetClass(bean), LeaderOnlyPostProcessor::annotation)
                    .forEach((method, annotation) -> {
                        if (method.getReturnType().isPrimitive() && method.getReturnType() != void.class) {
                            throw new IllegalStateException(
                                    "@LeaderOnly: " + method + " has to return void or an object");
                        }
                        methods.found(annotation);
                    });
        }
        return super.postProcessAfterInitialization(bean, beanName);
    }

    private static @Nullable LeaderOnly annotation(Method method) {
        return AnnotatedElementUtils.findMergedAnnotation(method, LeaderOnly.class);
    }

    /** Asks who leads. */
    private record Gate(LeaderOnlyMethods methods, Supplier<LeaderElections> elections) implements MethodInterceptor {
        @Override
        public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
            Object target = invocation.getThis();
            LeaderOnly annotation = annotation(target == null
                    ? invocation.getMethod()
                    : AopUtils.getMostSpecificMethod(invocation.getMethod(), AopUtils.getTargetClass(target)));
            if (annotation == null) {
                return invocation.proceed();
            }
            return elections.get().of(methods.election(annotation)).isLeader() ? invocation.proceed() : null;
        }
    }
}
