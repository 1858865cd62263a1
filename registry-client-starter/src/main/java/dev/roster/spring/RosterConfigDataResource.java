package dev.roster.spring;

import org.springframework.boot.context.config.ConfigDataResource;

/**
 * A configuration item to be imported. Two are equal if they name the same item.
 */
final class RosterConfigDataResource extends ConfigDataResource {
    /** Stands for nothing, so that an import which is switched off is not missed. */
    static final RosterConfigDataResource NONE = new RosterConfigDataResource("", "", false);

    private final String namespace;
    private final String item;
    private final boolean named;

    /**
     * Makes a resource.
     *
     * @param named whether the location names this item, so that it is missed when it does not exist
     */
    RosterConfigDataResource(String namespace, String item, boolean named) {
        this.namespace = namespace;
        this.item = item;
        this.named = named;
    }

    String item() {
        return item;
    }

    boolean named() {
        return named;
    }

    /** Returns the name of the property source, the same for every version. */
    String propertySourceName() {
        return RosterConfigDataLocationResolver.PREFIX + namespace + "/" + item;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RosterConfigDataResource that && namespace.equals(that.namespace)
                && item.equals(that.item);
    }

    @Override
    public int hashCode() {
        return 31 * namespace.hashCode() + item.hashCode();
    }

    @Override
    public String toString() {
        return "configuration '" + item + "' of Roster's namespace '" + namespace + "'";
    }
}
