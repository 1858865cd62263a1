package dev.roster.samples.inventory;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The application. That it registers with Roster is the starter's doing. */
@SpringBootApplication
public class InventoryApplication {

    /** Runs the application until it is stopped. */
    public static void main(String[] args) {
        SpringApplication.run(InventoryApplication.class, args);
    }
}
