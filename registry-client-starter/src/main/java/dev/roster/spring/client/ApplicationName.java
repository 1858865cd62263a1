package dev.roster.spring;

import org.springframework.core.env.Environment;

/** What the application is called when it does not say: the same for registration, configuration and files. */
final class ApplicationName {
    static final String PROPERTY = "spring.application.name";
    static final String UNNAMED = "application";

    private ApplicationName() {}

    static String of(Environment environment) {
        String name = environment.getProperty(PROPERTY, "");
        return name.isBlank() ? UNNAMED : name;
    }
}
