import dev.roster.spring.registration.RosterRegistration;
import dev.roster.spring.registration.RosterServiceRegistry;
import java.util.Arrays;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** Starts, says what it has found and which beans of the starter it has, waits until it is registered, and ends. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class MatrixApplication {

    public static void main(String[] arguments) throws InterruptedException {
        try (ConfigurableApplicationContext context = SpringApplication.run(MatrixApplication.class, arguments)) {
            System.out.println("JAVA " + Runtime.version().feature());
            System.out.println("CONTEXT " + context.getClass().getSimpleName());
            System.out.println("FOUND " + context.getBean(DiscoveryClient.class).getInstances("stock").size());
            System.out.println("CONFIGURED " + context.getEnvironment().getProperty("greeting"));
            Arrays.stream(context.getBeanDefinitionNames()).filter(name -> name.startsWith("roster"))
                    .forEach(name -> System.out.println("BEAN " + name));
            RosterServiceRegistry registry = context.getBean(RosterServiceRegistry.class);
            RosterRegistration registration = context.getBean(RosterRegistration.class);
            while (!"UP".equals(registry.getStatus(registration))) {
                // Asks again: nothing here may need a library that an application of the matrix lacks.
                Thread.sleep(50);
            }
            System.out.println("REGISTERED");
        }
    }
}
