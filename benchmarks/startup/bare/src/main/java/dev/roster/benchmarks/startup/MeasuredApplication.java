package dev.roster.benchmarks.startup;

import java.lang.management.ManagementFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/** A web application that says, when it is ready, what that took, and waits for its end. */
@SpringBootApplication
public class MeasuredApplication {

    /** Starts it. */
    public static void main(String[] arguments) {
        SpringApplication.run(MeasuredApplication.class, arguments);
    }

    /** Prints milliseconds since the JVM began, kilobytes of live heap, and classes. */
    @EventListener(ApplicationReadyEvent.class)
    void ready() {
        long millis = System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1024;
        int classes = ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
        System.out.println("READY " + millis + " " + heap + " " + classes);
    }
}
