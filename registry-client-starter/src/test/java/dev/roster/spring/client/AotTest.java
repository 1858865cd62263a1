package dev.roster.spring.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roster.api.Problem;
import dev.roster.spring.actuator.RosterEndpointAutoConfiguration;
import dev.roster.spring.actuator.RosterHealthAutoConfiguration;
import dev.roster.spring.actuator.RosterMetricsAutoConfiguration;
import dev.roster.spring.config.RosterConfigAutoConfiguration;
import dev.roster.spring.config.RosterConfigListener;
import dev.roster.spring.config.RosterConfigListenerAutoConfiguration;
import dev.roster.spring.discovery.RosterDiscoveryAutoConfiguration;
import dev.roster.spring.health.RosterApplicationHealthAutoConfiguration;
import dev.roster.spring.loadbalancer.RosterLoadBalancerAutoConfiguration;
import dev.roster.spring.registration.RosterRegistrationAutoConfiguration;
import dev.roster.spring.testing.FakeRoster;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.beans.factory.aot.AotServices;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.cloud.autoconfigure.RefreshAutoConfiguration;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.commons.util.UtilAutoConfiguration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.TestCompiler;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.core.type.classreading.SimpleMetadataReaderFactory;
import org.springframework.javapoet.ClassName;

/** What an application that is processed ahead of time, or made into a native image, knows of the starter. */
class AotTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    Path lastGood;

    private static List<Class<?>> recordsOfTheWire() throws IOException, ClassNotFoundException {
        List<Class<?>> records = new ArrayList<>();
        MetadataReaderFactory metadata = new SimpleMetadataReaderFactory();
        for (Resource file : new PathMatchingResourcePatternResolver()
                .getResources("classpath*:" + Problem.class.getPackageName().replace('.', '/') + "/**/*.class")) {
            Class<?> type = Class.forName(metadata.getMetadataReader(file).getClassMetadata().getClassName());
            if (type.isRecord()) {
                records.add(type);
            }
        }
        return records;
    }

    @Test
    void knowsEveryRecordOfTheWire() throws Exception {
        RuntimeHints hints = new RuntimeHints();
        List<RuntimeHintsRegistrar> registrars = AotServices.factories().load(RuntimeHintsRegistrar.class).asList();
        RuntimeHintsRegistrar ours = registrars.stream().filter(RosterRuntimeHints.class::isInstance).findFirst()
                .orElseThrow();

        ours.registerHints(hints, AotTest.class.getClassLoader());

        List<Class<?>> records = new ArrayList<>(recordsOfTheWire());
        records.add(Class.forName("dev.roster.client.LastGoodFile$Content"));
        assertThat(records).hasSizeGreaterThan(20);
        for (Class<?> record : records) {
            assertThat(RuntimeHintsPredicates.reflection().onConstructorInvocation(record.getDeclaredConstructors()[0]))
                    .as(record.getName()).accepts(hints);
            for (RecordComponent component : record.getRecordComponents()) {
                assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(component.getAccessor()))
                        .as(record.getName() + "." + component.getName()).accepts(hints);
            }
        }
    }

    // Generated code shares packages with the starter's, and so needs the same class loader.
    @Test
    @CompileWithForkedClassLoader
    void worksInAnApplicationThatWasProcessedAheadOfTime() throws Exception {
        try (FakeRoster roster = new FakeRoster()) {
            roster.register("stock", "a", "h", 1).publish("rules", "text", "allow all");
            TestGenerationContext generated = new TestGenerationContext(AotTest.class);
            AnnotationConfigApplicationContext blueprint = new AnnotationConfigApplicationContext();
            prepare(blueprint, roster);
            blueprint.register(Application.class);
            ClassName initializer = new ApplicationContextAotGenerator().processAheadOfTime(blueprint, generated);
            generated.writeGeneratedContent();
            assertThat(RuntimeHintsPredicates.reflection()
                    .onMethodInvocation(Rules.class.getDeclaredMethod("onRules", String.class)))
                    .accepts(generated.getRuntimeHints());

            TestCompiler.forSystem().with(generated).compile(compiled -> {
                try (GenericApplicationContext context = new GenericApplicationContext()) {
                    prepare(context, roster);
                    instance(compiled.getInstance(ApplicationContextInitializer.class, initializer.canonicalName()))
                            .initialize(context);
                    context.refresh();

                    DiscoveryClient discovery = context.getBean(DiscoveryClient.class);
                    await().atMost(SOON).until(() -> discovery.getInstances("stock").size() == 1);
                    await().atMost(SOON).until(() -> roster.instances("orders").size() == 1);
                    await().atMost(SOON).until(() -> context.getBean(Rules.class).told.contains("allow all"));
                }
                assertThat(roster.instances("orders")).isEmpty();
            });
        }
    }

    @SuppressWarnings("unchecked")
    private static ApplicationContextInitializer<GenericApplicationContext> instance(
            @SuppressWarnings("rawtypes") ApplicationContextInitializer initializer) {
        return initializer;
    }

    private void prepare(GenericApplicationContext context, FakeRoster roster) {
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test",
                Map.of("spring.application.name", "orders", "roster.client.addresses", roster.address(),
                        "roster.client.last-good.directory", lastGood.toString(), "roster.discovery.port", "8080",
                        "roster.discovery.host", "127.0.0.1", "roster.discovery.drain", "0s",
                        "roster.discovery.health.enabled", "false")));
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({ConfigurationPropertiesAutoConfiguration.class,
            ApplicationAvailabilityAutoConfiguration.class, UtilAutoConfiguration.class, RefreshAutoConfiguration.class,
            RosterClientAutoConfiguration.class, RosterConfigAutoConfiguration.class,
            RosterConfigListenerAutoConfiguration.class, RosterDiscoveryAutoConfiguration.class,
            RosterApplicationHealthAutoConfiguration.class,
            RosterEndpointAutoConfiguration.class, RosterHealthAutoConfiguration.class,
            RosterLoadBalancerAutoConfiguration.class, RosterMetricsAutoConfiguration.class,
            RosterRegistrationAutoConfiguration.class})
    static class Application {

        @Bean
        Rules rules() {
            return new Rules();
        }
    }

    static class Rules {
        private final List<String> told = new CopyOnWriteArrayList<>();

        @RosterConfigListener("rules")
        void onRules(String content) {
            told.add(content);
        }
    }
}
