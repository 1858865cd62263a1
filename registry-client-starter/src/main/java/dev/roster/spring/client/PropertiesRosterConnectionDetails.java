package dev.roster.spring.client;

import java.net.URI;
import java.util.List;

/** Where Roster is as the properties say; credentials and TLS are theirs as well. */
record PropertiesRosterConnectionDetails(RosterClientProperties properties) implements RosterConnectionDetails {

    @Override
    public List<URI> getAddresses() {
        return properties.addresses();
    }
}
