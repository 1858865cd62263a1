package dev.roster.spring.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.autoconfigure.ConfigurationPropertiesRebinderAutoConfiguration;
import org.springframework.cloud.autoconfigure.RefreshAutoConfiguration;
import org.springframework.cloud.commons.util.UtilAutoConfiguration;
import org.springframework.util.ClassUtils;

/** Contexts with all auto-configurations of the starter. Their server does not exist, so nothing is connected. */
public final class Contexts {
    private Contexts() {}

    /**
     * Returns contexts of an application called {@code orders}.
     *
     * @param lastGood where last good answers are kept
     */
    public static ApplicationContextRunner of(Path lastGood) {
        List<Class<?>> all = new ArrayList<>(List.of(ConfigurationPropertiesRebinderAutoConfiguration.class,
                RefreshAutoConfiguration.class, UtilAutoConfiguration.class));
        ClassLoader loader = Contexts.class.getClassLoader();
        ImportCandidates.load(AutoConfiguration.class, loader).getCandidates().stream()
                .filter(name -> name.startsWith("dev.roster.spring."))
                .forEach(name -> all.add(ClassUtils.resolveClassName(name, loader)));
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(all.toArray(Class<?>[]::new)))
                .withPropertyValues("spring.application.name=orders", "roster.client.addresses=http://127.0.0.1:1",
                        "roster.client.last-good.directory=" + lastGood);
    }

    /** Returns contexts of an application that imports its configuration from Roster, too. */
    public static ApplicationContextRunner importing(Path lastGood) {
        return of(lastGood).withInitializer(new ConfigDataApplicationContextInitializer())
                .withPropertyValues("spring.config.import=optional:roster:", "roster.config.timeout=0s");
    }
}
