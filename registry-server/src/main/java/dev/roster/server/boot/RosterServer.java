package dev.roster.server.boot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the server. */
@SpringBootApplication
public class RosterServer {

    /** Runs the server until it is stopped. */
    public static void main(String[] args) {
        SpringApplication.run(RosterServer.class, args);
    }
}
