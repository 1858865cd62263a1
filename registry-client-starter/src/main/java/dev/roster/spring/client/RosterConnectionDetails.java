package dev.roster.spring.client;

import dev.roster.client.Credentials;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.ssl.SslBundle;

/**
 * Where Roster is, when something else than the properties says so, such as a container of a test. Only for the client that is made as a
 * bean: one that imports configuration is made before there are any.
 */
public interface RosterConnectionDetails extends ConnectionDetails {

    /** Returns the URLs of the members of the cluster; at least one. */
    List<URI> getAddresses();

    /** Returns what gives the credentials, asked for each request; null for those of the properties. */
    default @Nullable Supplier<Credentials> getCredentials() {
        return null;
    }

    /** Returns whom the client trusts and which certificate it shows; null for what the properties say. */
    default @Nullable SslBundle getSslBundle() {
        return null;
    }
}
