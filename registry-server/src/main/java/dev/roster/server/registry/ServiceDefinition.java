package dev.roster.server.registry;

import dev.roster.server.security.InvalidArgumentException;
import java.time.Duration;
import java.util.Map;
import dev.roster.server.security.NameForm;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a service as a whole. A service needs none: it exists while it has an instance.
 *
 * @param protectionThreshold share of healthy instances, 0 to 1, below which callers are given all of them, because that many
 *     failures at once are rather those of the checks; 0 switches this off
 * @param owner who answers for it, 1 to {@value #MAX_OWNER_CHARACTERS} characters, null if that is not said
 * @param persistent whether it stays when it has no instance
 * @param metadata free text by name, with the bounds of {@link Traits#metadata}
 * @param selectors filters by name, as {@link InstanceFilter#parse} reads them, for consumers that ask for a selection of
 *     the instances by its name: to {@value #MAX_SELECTORS}
 * @param slowStart within which an instance that has become healthy comes to its whole share of the traffic,
 *     {@link #MIN_SLOW_START} to {@link #MAX_SLOW_START}; zero gives it at once
 * @param flapping when its instances are taken to flap
 */
public record ServiceDefinition(double protectionThreshold, @Nullable String owner, boolean persistent,
        Map<String, String> metadata, Map<String, String> selectors, Duration slowStart, FlapRules flapping) {

    /** Shortest slow start beside none: in less time no connection gets warm. */
    public static final Duration MIN_SLOW_START = Duration.ofSeconds(1);

    /** Longest slow start: what takes longer is no start. */
    public static final Duration MAX_SLOW_START = Duration.ofHours(1);

    /** Longest owner: a name, a team, an address. */
    public static final int MAX_OWNER_CHARACTERS = 200;

    /** Most selectors: a consumer has to know them by heart. */
    public static final int MAX_SELECTORS = 16;

    private static final NameForm SELECTOR_NAME = NameForm.of("._-", 63);

    /** What holds for a service that nobody has defined. */
    public static final ServiceDefinition DEFAULT = new ServiceDefinition(0, null, false, Map.of(), Map.of());

    /** Refuses what is out of range with {@link InvalidArgumentException}, which names the component. */
    public ServiceDefinition {
        if (!(protectionThreshold >= 0 && protectionThreshold <= 1)) {
            throw new InvalidArgumentException("protectionThreshold", protectionThreshold, "0 to 1");
        }
        if (owner != null && owner.isBlank()) {
            throw new InvalidArgumentException("owner", owner, "1 to " + MAX_OWNER_CHARACTERS + " characters");
        }
        FreeText.checkText("owner", owner, MAX_OWNER_CHARACTERS);
        FreeText.checkMetadata(metadata);
        metadata = Map.copyOf(metadata);
        checkSelectors(selectors);
        selectors = Map.copyOf(selectors);
        if (!slowStart.isZero()
                && (slowStart.compareTo(MIN_SLOW_START) < 0 || slowStart.compareTo(MAX_SLOW_START) > 0)) {
            throw new InvalidArgumentException("slowStart", slowStart,
                    "PT0S, or PT1S to PT1H (1 hour), as an ISO 8601 duration");
        }
    }

    /** Makes a definition without slow start, and with the usual rules of flapping. */
    public ServiceDefinition(double protectionThreshold, @Nullable String owner, boolean persistent,
            Map<String, String> metadata, Map<String, String> selectors) {
        this(protectionThreshold, owner, persistent, metadata, selectors, Duration.ZERO, FlapRules.DEFAULT);
    }

    private static void checkSelectors(Map<String, String> selectors) {
        if (selectors.size() > MAX_SELECTORS) {
            throw new InvalidArgumentException("selectors", selectors.size() + " entries",
                    "at most " + MAX_SELECTORS + " entries");
        }
        selectors.forEach((name, filter) -> {
            if (!SELECTOR_NAME.accepts(name)) {
                throw new InvalidArgumentException("selectors", name,
                        "names of 1 to 63 letters, digits, dots, hyphens and underscores,"
                                + " beginning and ending with a letter or a digit");
            }
            InstanceFilter.parse("selectors." + name, filter);
        });
    }
}
