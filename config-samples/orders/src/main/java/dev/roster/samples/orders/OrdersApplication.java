package dev.roster.samples.orders;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.annotation.Bean;
import org.springframework.web.client.RestClient;

/** The application. */
@SpringBootApplication
@EnableConfigurationProperties(GreetingProperties.class)
public class OrdersApplication {

    /** Runs the application until it is stopped. */
    public static void main(String[] args) {
        SpringApplication.run(OrdersApplication.class, args);
    }

    /** Makes HTTP clients that take the host of a URL for the name of a service. */
    @Bean
    @LoadBalanced
    RestClient.Builder loadBalancedClients() {
        return RestClient.builder();
    }
}
