package dev.roster.spring.client;

import java.util.concurrent.ThreadFactory;
import org.springframework.boot.thread.Threading;
import org.springframework.core.env.Environment;
import org.springframework.core.task.VirtualThreadTaskExecutor;

/**
 * Threads on which code of the application runs: listeners, refreshes, looks at its health. They are virtual if the application wants
 * that ({@code spring.threads.virtual.enabled}). Those of the client, which send heartbeats and follow the stream, are not: an
 * application that keeps all carriers busy stays registered.
 */
public final class ApplicationThreads {
    private ApplicationThreads() {}

    /** Returns what makes threads that do not keep the application running, with names that begin so. */
    public static ThreadFactory named(String name, Environment environment) {
        if (Threading.VIRTUAL.isActive(environment)) {
            return new VirtualThreadTaskExecutor(name + "-").getVirtualThreadFactory();
        }
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
