package dev.roster.server.config.secret;

import dev.roster.server.security.NamespaceName;

/**
 * What secrets are bound to, beside the path of their property.
 *
 * @param namespace the namespace
 * @param item name of the item
 */
public record SecretPlace(NamespaceName namespace, String item) {
    @Override
    public String toString() {
        return namespace + "/" + item;
    }
}
