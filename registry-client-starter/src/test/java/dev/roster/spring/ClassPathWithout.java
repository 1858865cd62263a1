package dev.roster.spring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.security.CodeSource;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The class path of the tests without some libraries: neither their classes nor their files are found, so that also the lists of
 * auto-configurations that are in their jars are not there. Classes of other jars still see them when they are linked.
 */
final class ClassPathWithout extends ClassLoader {
    private static final Pattern JAR = Pattern.compile("([^/]+\\.jar)(!/.*)?$");

    private final Predicate<String> leftOut;

    ClassPathWithout(Collection<Library> libraries) {
        super(ClassPathWithout.class.getClassLoader());
        leftOut = Library.owners(libraries);
    }

    private boolean isLeftOut(URL place) {
        Matcher jar = JAR.matcher(place.getPath());
        return jar.find() && leftOut.test(jar.group(1));
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        Class<?> found = super.loadClass(name, resolve);
        CodeSource source = found.getProtectionDomain().getCodeSource();
        if (source != null && source.getLocation() != null && isLeftOut(source.getLocation())) {
            throw new ClassNotFoundException(name);
        }
        return found;
    }

    @Override
    public @Nullable URL getResource(String name) {
        try {
            Enumeration<URL> found = getResources(name);
            return found.hasMoreElements() ? found.nextElement() : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return Collections.enumeration(
                Collections.list(super.getResources(name)).stream().filter(place -> !isLeftOut(place)).toList());
    }
}
