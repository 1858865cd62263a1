package dev.roster.spring.config;

import dev.roster.api.config.ConfigItem;
import dev.roster.client.RosterRejectedException;
import dev.roster.client.Watched.Origin;
import java.util.List;
import java.util.Map;
import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.config.ConfigData;
import org.springframework.boot.context.config.ConfigData.Option;
import org.springframework.boot.context.config.ConfigDataLoader;
import org.springframework.boot.context.config.ConfigDataLoaderContext;
import org.springframework.boot.context.config.ConfigDataResourceNotFoundException;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;

/**
 * Loads configuration items as property sources. All of them come above the application's own files, profile-specific ones
 * included ({@link Option#PROFILE_SPECIFIC} means that); imports and profiles set by them are ignored.
 */
final class RosterConfigDataLoader implements ConfigDataLoader<RosterConfigDataResource> {
    private static final Option[] OPTIONS = {Option.IGNORE_IMPORTS, Option.IGNORE_PROFILES, Option.PROFILE_SPECIFIC};

    private final Log log;
    private boolean saidThatNothingIsKnown;

    RosterConfigDataLoader(DeferredLogFactory logs) {
        this.log = logs.getLog(RosterConfigDataLoader.class);
    }

    @Override
    public ConfigData load(ConfigDataLoaderContext context, RosterConfigDataResource resource) {
        RosterConfigSource source = context.getBootstrapContext().getOrElse(RosterConfigSource.class, null);
        if (source == null || resource.equals(RosterConfigDataResource.NONE)) {
            return ConfigData.EMPTY;
        }
        RosterConfigSource.Answer answer = answer(source, resource);
        ConfigItem item = answer.item();
        if (item == null && resource.named()) {
            throw new ConfigDataResourceNotFoundException(resource);
        }
        String name = resource.propertySourceName();
        // An empty source rather than none: a refresh replaces sources by name and takes none away.
        List<PropertySource<?>> sources = item == null
                ? List.of(new MapPropertySource(name, Map.of()))
                : ConfigDocuments.parse(name, item);
        return new ConfigData(sources, OPTIONS);
    }

    private RosterConfigSource.Answer answer(RosterConfigSource source, RosterConfigDataResource resource) {
        try {
            RosterConfigSource.Answer answer = source.load(resource.item());
            ConfigItem item = answer.item();
            if (answer.origin() == Origin.LAST_GOOD) {
                log.warn("Roster is away: " + resource + " is "
                        + (item == null
                                ? "missing, as it was when Roster was last there"
                                : "the last good copy, version "
                                        + item.version())
                        + " (" + reason(answer.failure()) + ")");
            } else if (item != null) {
                log.info("Loaded " + resource + ", version " + item.version());
            }
            return answer;
        } catch (RosterConfigUnavailableException e) {
            String message = (e.getCause() instanceof RosterRejectedException ? "Roster refuses: " : "Roster is away: ")
                    + resource
                    + " is not known and there is no last good copy (" + reason(e.getCause())
                    + "). If its import is optional, the application starts without configuration from Roster";
            if (saidThatNothingIsKnown) {
                log.debug(message);
            } else {
                log.error(message);
            }
            saidThatNothingIsKnown = true;
            throw new ConfigDataResourceNotFoundException(resource, e);
        } catch (IllegalArgumentException e) {
            if (resource.named()) {
                throw new ConfigDataResourceNotFoundException(resource, e);
            }
            log.warn("No configuration item can be called '" + resource.item().name()
                    + "': set roster.config.name to give the application's item another name");
            return new RosterConfigSource.Answer(Origin.SERVER, null, null);
        }
    }

    private static String reason(@Nullable Throwable failure) {
        return failure == null ? "unknown" : String.valueOf(failure.getMessage());
    }
}
