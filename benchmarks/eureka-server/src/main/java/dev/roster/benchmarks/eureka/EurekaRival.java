package dev.roster.benchmarks.eureka;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cloud.netflix.eureka.server.EnableEurekaServer;

/** One Eureka server as Spring Cloud Netflix makes it, in a process and with a class path of its own. */
@SpringBootApplication
@EnableEurekaServer
public class EurekaRival {

    /** Starts the server. */
    public static void main(String[] args) {
        SpringApplication.run(EurekaRival.class, args);
    }
}
