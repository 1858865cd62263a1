package dev.roster.server.config.effective;

import dev.roster.server.config.ConfigSecrets;
import dev.roster.server.config.ConfigView;
import dev.roster.server.config.ItemKey;
import dev.roster.server.config.ItemName;
import dev.roster.server.config.ItemNotFoundException;
import dev.roster.server.config.Release;
import dev.roster.server.config.ReleaseEntry.Action;
import dev.roster.server.config.SecretForm;
import dev.roster.server.config.VersionNotFoundException;
import dev.roster.server.config.effective.EffectiveConfig.Source;
import dev.roster.server.config.format.DocumentFormat;
import dev.roster.server.config.format.DocumentProperties;
import dev.roster.server.config.format.DocumentProperty;
import dev.roster.server.config.gray.GrayView;
import dev.roster.server.security.Caller;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Store;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells which properties an application, or one instance of it, ends up with, and how two such sets differ. May be used by any thread; shows this
 * member's replica.
 *
 * <p>Later items win over earlier ones, later documents of an item over earlier ones. A document with
 * {@code spring.config.activate.on-profile} counts only if that holds. TOML, XML and text do not count: the starter makes no
 * properties of them.
 *
 * <p>Secrets come decrypted to callers who may read them and do not ask for another form, and encrypted to all others: an edge
 * has to mask them. So a secret
 * that was written again is a difference to those who may not read it, whatever it says.
 */
public final class EffectiveConfigs {

    /** Most properties of an answer. */
    public static final int MAX_PROPERTIES = 20_000;

    /** Most characters of the values of an answer. */
    static final int MAX_CHARACTERS = 8 * 1024 * 1024;

    /** Most values that are gathered for an answer, those that others win over included. */
    static final int MAX_VALUES = 200_000;

    private static final String CONDITION = "spring.config.activate.on-profile";

    private static final Set<DocumentFormat> FORMATS = Set.of(DocumentFormat.YAML, DocumentFormat.PROPERTIES,
            DocumentFormat.JSON);

    /** Properties that are kept of documents that were read, some 200 bytes each. */
    private static final int MAX_KEPT_PROPERTIES = 200_000;

    private final ReadDocuments documents = new ReadDocuments(MAX_KEPT_PROPERTIES);
    private final Store store;
    private final @Nullable ConfigSecrets secrets;

    /** Makes one that decrypts no secrets for anybody. */
    public EffectiveConfigs(Store store) {
        this.store = store;
        this.secrets = null;
    }

    /** Makes one that decrypts secrets for those who may read them. */
    public EffectiveConfigs(Store store, ConfigSecrets secrets) {
        this.store = store;
        this.secrets = secrets;
    }

    /**
     * Returns the configuration of an application.
     *
     * @param prefix what names of properties must begin with, possibly empty
     * @param wanted how secrets are asked for; null for decrypted if the caller may read them, and encrypted otherwise
     * @throws dev.roster.server.security.ForbiddenException if they are asked for in the clear and the caller may not read them
     */
    public EffectiveConfig get(Caller caller, Target target, String prefix, @Nullable SecretForm wanted) {
        caller.require(Role.READER);
        return resolve(store.view(), target, prefix, form(caller, target.namespace(), wanted));
    }

    /**
     * Returns how the configuration of one application differs from that of another, or of the same one elsewhere, or of another
     * instance of it.
     *
     * @param wanted how secrets are asked for, as above; of either namespace by itself
     */
    public Comparison compare(Caller caller, Target from, Target to, @Nullable SecretForm wanted) {
        caller.require(Role.READER);
        ReadView view = store.view();
        EffectiveConfig left = resolve(view, from, "", form(caller, from.namespace(), wanted));
        EffectiveConfig right = resolve(view, to, "", form(caller, to.namespace(), wanted));
        return Comparison.of(view.revision().value(), chosen(left), chosen(right),
                left.complete() && right.complete());
    }

    /**
     * Returns how the properties of one version of an item differ from those of another, or of another item. So it shows what
     * a rollback would take effect on.
     *
     * @param from the first item
     * @param fromVersion its version, null for the current one
     * @param to the other item
     * @param toVersion its version, null for the current one
     * @param wanted how secrets are asked for, as above
     * @throws ItemNotFoundException if the current version of an item is wanted that does not exist
     * @throws VersionNotFoundException if a version is not there
     */
    public Comparison compare(Caller caller, ItemKey from, @Nullable Long fromVersion, ItemKey to,
            @Nullable Long toVersion, @Nullable SecretForm wanted) {
        caller.require(Role.READER);
        ConfigView view = new ConfigView(store.view());
        Release left = shown(view.getRelease(from, fromVersion), form(caller, from.namespace(), wanted));
        Release right = shown(view.getRelease(to, toVersion), form(caller, to.namespace(), wanted));
        DocumentProperties leftRead = DocumentProperties.read(left.entry().format(), left.content());
        DocumentProperties rightRead = DocumentProperties.read(right.entry().format(), right.content());
        return Comparison.of(view.revision(), all(left, leftRead), all(right, rightRead),
                leftRead.complete() && rightRead.complete());
    }

    /** Masks are put on by the edge, so that what was written again can be told from what is the same. */
    private static SecretForm form(Caller caller, NamespaceName namespace, @Nullable SecretForm wanted) {
        return ConfigSecrets.form(caller, namespace, wanted) == SecretForm.PLAIN ? SecretForm.PLAIN : SecretForm.CIPHER;
    }

    private Release shown(Release release, SecretForm form) {
        return secrets == null ? release : secrets.show(release, form);
    }

    private EffectiveConfig resolve(ReadView store, Target target, String prefix, SecretForm form) {
        GrayView view = new GrayView(store, target.client());
        int count = 0;
        Map<String, Deque<Origin>> values = new TreeMap<>();
        List<Source> sources = new ArrayList<>();
        boolean complete = true;
        for (ItemName item : target.items()) {
            Release release = view.findRelease(new ItemKey(target.namespace(), item))
                    .map(found -> shown(found, form)).orElse(null);
            sources.add(release == null
                    ? new Source(item, null, false)
                    : new Source(item, release.entry().version(), isGray(release)));
            if (release != null && FORMATS.contains(release.entry().format())) {
                DocumentProperties read = documents.read(release);
                complete &= read.complete();
                for (DocumentProperty property : active(read, target)) {
                    if (property.path().startsWith(prefix)) {
                        if (++count > MAX_VALUES) {
                            throw new InvalidArgumentException("prefix", prefix,
                                    "a prefix that at most " + MAX_VALUES + " values have");
                        }
                        values.computeIfAbsent(property.path(), name -> new ArrayDeque<>())
                                .addFirst(origin(release, property));
                    }
                }
            }
        }
        List<EffectiveProperty> properties = bounded(values);
        return new EffectiveConfig(store.revision().value(), sources, properties,
                complete && properties.size() == values.size());
    }

    /** Returns as many properties as an answer may have. */
    private static List<EffectiveProperty> bounded(Map<String, Deque<Origin>> values) {
        List<EffectiveProperty> properties = new ArrayList<>();
        long characters = 0;
        for (Map.Entry<String, Deque<Origin>> entry : values.entrySet()) {
            characters += entry.getValue().stream().mapToLong(origin -> origin.value().length()).sum();
            if (properties.size() == MAX_PROPERTIES || characters > MAX_CHARACTERS) {
                break;
            }
            properties.add(property(entry.getKey(), List.copyOf(entry.getValue())));
        }
        return properties;
    }

    /** Returns the properties of those documents whose condition holds, without the conditions. */
    private static List<DocumentProperty> active(DocumentProperties read, Target target) {
        Map<Integer, Boolean> conditions = new HashMap<>();
        Set<String> profiles = Set.copyOf(target.profiles());
        for (DocumentProperty property : read.properties()) {
            if (isCondition(property)) {
                boolean holds = false;
                for (String expression : property.value().split(",", -1)) {
                    holds |= ProfileExpression.holds(expression.strip(), profiles);
                }
                conditions.merge(property.document(), holds, Boolean::logicalOr);
            }
        }
        return read.properties().stream().filter(property -> !isCondition(property))
                .filter(property -> conditions.getOrDefault(property.document(), true)).toList();
    }

    private static boolean isCondition(DocumentProperty property) {
        return property.path().equals(CONDITION) || property.path().startsWith(CONDITION + "[");
    }

    private static EffectiveProperty property(String name, List<Origin> origins) {
        return new EffectiveProperty(name, origins.getFirst(), origins.subList(1, origins.size()));
    }

    private static Map<String, Origin> chosen(EffectiveConfig config) {
        Map<String, Origin> chosen = new TreeMap<>();
        config.properties().forEach(property -> chosen.put(property.name(), property.chosen()));
        return chosen;
    }

    /** Returns all properties of a version. What several documents say of one is told apart by their numbers. */
    private static Map<String, Origin> all(Release release, DocumentProperties read) {
        Map<String, Origin> all = new TreeMap<>();
        for (DocumentProperty property : read.properties()) {
            String name = property.document() == 0
                    ? property.path()
                    : property.path() + " #" + (property.document() + 1);
            all.put(name, origin(release, property));
        }
        return all;
    }

    private static Origin origin(Release release, DocumentProperty property) {
        return new Origin(property.value(), release.item().name(), release.entry().version(), isGray(release),
                property.line(), property.column());
    }

    private static boolean isGray(Release release) {
        return release.entry().action() == Action.STAGED;
    }
}
