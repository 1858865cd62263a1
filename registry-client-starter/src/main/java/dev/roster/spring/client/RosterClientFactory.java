package dev.roster.spring.client;

import dev.roster.api.config.ConfigClient;
import dev.roster.client.Credentials;
import dev.roster.client.RosterClient;
import dev.roster.client.RosterClientBuilder;
import dev.roster.client.TokenFile;
import java.net.ProxySelector;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.MutuallyExclusiveConfigurationPropertiesException;
import org.springframework.boot.ssl.SslBundle;

/** Makes the client that the properties describe. */
public final class RosterClientFactory {
    private static final String PREFIX = "roster.client.";

    private RosterClientFactory() {}

    /**
     * Makes the client of an application that needs it before there are beans.
     *
     * @param application name of the application, part of the name of its file of last good answers
     * @param identity who follows configuration
     * @param binder knows the SSL bundles
     * @param customizer changes the client at last, null to leave it
     */
    public static RosterClient createEarly(RosterClientProperties properties, String application,
            ConfigClient identity, Binder binder, @Nullable RosterClientCustomizer customizer) {
        return create(properties, new PropertiesRosterConnectionDetails(properties), application, identity,
                bundle -> ClientTls.of(bundle, binder), customizer == null ? List.of() : List.of(customizer));
    }

    /**
     * Makes a client.
     *
     * @param details where Roster is, before what the properties say
     * @param application name of the application, part of the name of its file of last good answers
     * @param identity who follows configuration, null if nobody does
     * @param bundles gives the TLS settings of an SSL bundle
     */
    static RosterClient create(RosterClientProperties properties, RosterConnectionDetails details, String application,
            @Nullable ConfigClient identity, Function<String, SSLContext> bundles,
            List<RosterClientCustomizer> customizers) {
        Supplier<Credentials> credentials = details.getCredentials();
        RosterClientBuilder builder = RosterClient.builder().addresses(details.getAddresses())
                .namespace(properties.namespace())
                .credentials(credentials == null ? credentials(properties) : credentials)
                .connectTimeout(properties.connectTimeout()).requestTimeout(properties.requestTimeout())
                .retryFor(properties.retryFor());
        if (properties.lastGood().enabled()) {
            builder.lastGoodFile(lastGoodFile(properties, application));
        }
        SslBundle given = details.getSslBundle();
        String sslBundle = properties.sslBundle();
        if (given != null) {
            builder.sslContext(given.createSslContext());
        } else if (sslBundle != null) {
            builder.sslContext(bundles.apply(sslBundle));
        }
        ProxySelector proxy = properties.proxySelector();
        if (proxy != null) {
            builder.proxy(proxy);
        }
        if (identity != null) {
            builder.configClient(identity);
        }
        customizers.forEach(customizer -> customizer.customize(builder));
        return builder.build();
    }

    static Path lastGoodFile(RosterClientProperties properties, String application) {
        Path given = properties.lastGood().directory();
        Path directory = given == null ? Path.of(System.getProperty("user.home"), ".roster", "last-good") : given;
        String name = (properties.namespace() + "-" + application).replaceAll("[^A-Za-z0-9._-]", "_");
        return directory.resolve(name + ".json");
    }

    private static Supplier<Credentials> credentials(RosterClientProperties properties) {
        MutuallyExclusiveConfigurationPropertiesException.throwIfMultipleNonNullValuesIn(entries -> {
            entries.put(PREFIX + "token", properties.token());
            entries.put(PREFIX + "token-file", properties.tokenFile());
            entries.put(PREFIX + "username", properties.username());
        });
        String token = properties.token();
        Path tokenFile = properties.tokenFile();
        String username = properties.username();
        String password = properties.password();
        if (tokenFile != null) {
            return new TokenFile(tokenFile);
        }
        Credentials fixed;
        if (token != null) {
            fixed = Credentials.token(token.strip());
        } else if (username != null) {
            if (password == null) {
                throw new InvalidConfigurationPropertyValueException(PREFIX + "password", null,
                        "roster.client.username needs a password");
            }
            fixed = Credentials.user(username, password);
        } else {
            fixed = Credentials.none();
        }
        return () -> fixed;
    }
}
