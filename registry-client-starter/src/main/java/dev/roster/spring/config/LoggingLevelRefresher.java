package dev.roster.spring.config;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggerGroup;
import org.springframework.boot.logging.LoggerGroups;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/**
 * Sets logging levels as a refresh changed them. Does what Spring Cloud leaves out: a level that is no longer configured goes back to
 * that of the parent, and a group changes all its members.
 */
final class LoggingLevelRefresher implements ApplicationListener<EffectiveChangeEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(LoggingLevelRefresher.class);
    private static final String PREFIX = "logging.level.";
    private static final String ROOT = "root";

    private final LoggingSystem system;
    private final Environment environment;
    private final @Nullable LoggerGroups groups;

    LoggingLevelRefresher(LoggingSystem system, Environment environment, @Nullable LoggerGroups groups) {
        this.system = system;
        this.environment = environment;
        this.groups = groups;
    }

    @Override
    public void onApplicationEvent(EffectiveChangeEvent event) {
        event.getKeys().stream().filter(key -> key.startsWith(PREFIX)).forEach(this::refresh);
    }

    private void refresh(String key) {
        String name = key.substring(PREFIX.length());
        String text = environment.getProperty(key);
        LogLevel level = text == null ? defaultLevel(name) : parse(key, text);
        if (text != null && level == null) {
            return;
        }
        LoggerGroup group = groups == null ? null : groups.get(name);
        List<String> loggers = group != null && group.hasMembers() ? group.getMembers() : List.of(name);
        loggers.forEach(logger -> system.setLogLevel(logger.equalsIgnoreCase(ROOT) ? null : logger, level));
    }

    // Every logger but the root has a parent to take its level from.
    private static @Nullable LogLevel defaultLevel(String name) {
        return name.equalsIgnoreCase(ROOT) ? LogLevel.INFO : null;
    }

    private static @Nullable LogLevel parse(String key, String text) {
        String level = text.strip().toUpperCase(Locale.ROOT);
        try {
            return level.equals("FALSE") ? LogLevel.OFF : LogLevel.valueOf(level);
        } catch (IllegalArgumentException e) {
            LOG.error("{}: expected one of {}, got '{}'; the level stays", key, List.of(LogLevel.values()), text);
            return null;
        }
    }
}
