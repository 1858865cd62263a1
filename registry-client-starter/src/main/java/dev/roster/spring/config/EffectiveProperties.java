package dev.roster.spring.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;

/**
 * The values that an environment gives, as an application sees them: the first source that has a property wins, and placeholders are
 * filled in. So a property that refers to another one changes with it.
 */
final class EffectiveProperties {
    private final Map<String, String> values;

    private EffectiveProperties(Map<String, String> values) {
        this.values = values;
    }

    static EffectiveProperties of(ConfigurableEnvironment environment) {
        Map<String, String> values = new LinkedHashMap<>();
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> enumerable) {
                for (String name : enumerable.getPropertyNames()) {
                    Object raw = values.containsKey(name) ? null : source.getProperty(name);
                    if (raw != null) {
                        values.put(name, raw instanceof CharSequence text && text.toString().contains("${")
                                ? environment.resolvePlaceholders(text.toString())
                                : raw.toString());
                    }
                }
            }
        }
        return new EffectiveProperties(values);
    }

    /** Returns the names of the properties that differ, in order. */
    Set<String> changedTo(EffectiveProperties later) {
        Set<String> changed = new TreeSet<>();
        values.forEach((name, value) -> {
            if (!Objects.equals(value, later.values.get(name))) {
                changed.add(name);
            }
        });
        later.values.keySet().stream().filter(name -> !values.containsKey(name)).forEach(changed::add);
        return changed;
    }
}
