package dev.roster.spring.config;

import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

/** The property sources of an environment at one time, so that a refresh which fails can be taken back. */
final class PropertySourcesState {
    private final List<PropertySource<?>> sources;

    private PropertySourcesState(List<PropertySource<?>> sources) {
        this.sources = sources;
    }

    static PropertySourcesState of(MutablePropertySources sources) {
        return new PropertySourcesState(List.copyOf(sources.stream().toList()));
    }

    /** Puts every source back into its place, one after another, so that a reader never finds all of them missing. */
    void restore(MutablePropertySources target) {
        Set<String> names = new HashSet<>();
        String previous = null;
        for (PropertySource<?> source : sources) {
            String name = source.getName();
            names.add(name);
            if (target.contains(name)) {
                target.replace(name, source);
            } else if (previous == null) {
                target.addFirst(source);
            } else {
                target.addAfter(previous, source);
            }
            previous = name;
        }
        target.stream().map(PropertySource::getName).filter(name -> !names.contains(name)).toList()
                .forEach(target::remove);
    }

    /**
     * Removes what a refresh did not replace: documents that an item no longer has. A refresh that replaced none of the sources has
     * not seen the import, and takes nothing away.
     *
     * @param prefix of the names of the sources that a refresh replaces
     */
    void removeLeftOver(MutablePropertySources target, String prefix) {
        List<PropertySource<?>> before = sources.stream().filter(source -> source.getName().startsWith(prefix))
                .toList();
        Set<PropertySource<?>> now = Collections.newSetFromMap(new IdentityHashMap<>());
        target.stream().forEach(now::add);
        List<PropertySource<?>> left = before.stream().filter(now::contains).toList();
        if (left.size() < before.size()) {
            left.forEach(source -> target.remove(source.getName()));
        }
    }
}
