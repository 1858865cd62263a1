package dev.roster.benchmarks.rival;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cloud.config.server.EnableConfigServer;

/** Spring Cloud Config server with its own defaults. */
@SpringBootApplication
@EnableConfigServer
public class ConfigServer {

    /** Starts the server. */
    public static void main(String[] args) {
        SpringApplication.run(ConfigServer.class, args);
    }
}
