package dev.roster.spring.client;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** What the application is called when it does not say: the same for registration, configuration and files. */
public final class ApplicationName {
    private static final String PROPERTY = "spring.application.name";
    private static final String UNNAMED = "application";

    private ApplicationName() {}

    /** Returns the name, {@code application} if there is none. */
    public static String of(Environment environment) {
        return orUnnamed(environment.getProperty(PROPERTY, ""));
    }

    /** Does as {@link #of(Environment)}, while the environment is still being prepared. */
    public static String of(Binder binder) {
        return orUnnamed(binder.bind(PROPERTY, String.class).orElse(""));
    }

    private static String orUnnamed(String name) {
        return name.isBlank() ? UNNAMED : name;
    }
}
