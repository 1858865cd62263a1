package dev.roster.spring.config;

import java.util.Set;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ApplicationContext;

/** Says which properties have another value, including those that refer to one which was changed; so only these need a look. */
final class EffectiveChangeEvent extends EnvironmentChangeEvent {
    private static final long serialVersionUID = 1L;

    EffectiveChangeEvent(ApplicationContext context, Set<String> keys) {
        super(context, keys);
    }
}
