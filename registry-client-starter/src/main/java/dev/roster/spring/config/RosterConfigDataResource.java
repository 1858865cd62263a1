package dev.roster.spring.config;

import org.springframework.boot.context.config.ConfigDataResource;

/**
 * A configuration item to be imported. Two are equal if they name the same item.
 */
final class RosterConfigDataResource extends ConfigDataResource {
    /** Stands for nothing, so that an import which is switched off is not missed. */
    static final RosterConfigDataResource NONE = new RosterConfigDataResource(new ItemName("", ""), false);

    private final ItemName item;
    private final boolean named;

    /**
     * Makes a resource.
     *
     * @param named whether the location names this item, so that it is missed when it does not exist
     */
    RosterConfigDataResource(ItemName item, boolean named) {
        this.item = item;
        this.named = named;
    }

    ItemName item() {
        return item;
    }

    boolean named() {
        return named;
    }

    /** Returns the name of the property source, the same for every version. */
    String propertySourceName() {
        return RosterConfigDataLocationResolver.PREFIX + item.namespace() + "/" + item.name();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RosterConfigDataResource that && item.equals(that.item);
    }

    @Override
    public int hashCode() {
        return item.hashCode();
    }

    @Override
    public String toString() {
        return item.toString();
    }
}
