package dev.roster.spring.client;

import java.util.List;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;
import org.springframework.boot.autoconfigure.ssl.JksSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.PemSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.PropertiesSslBundle;
import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundles;

/** The TLS settings that an SSL bundle gives the client: whom it trusts, and which certificate of its own it shows. */
final class ClientTls {
    private static final String PROPERTY = "roster.client.ssl-bundle";

    private ClientTls() {}

    /** Returns those of a bundle of the application. */
    static SSLContext of(String bundle, SslBundles bundles) {
        try {
            return bundles.getBundle(bundle).createSslContext();
        } catch (NoSuchSslBundleException e) {
            throw unknown(bundle, bundles.getBundleNames());
        }
    }

    /** Returns those of a bundle of the properties, before there are beans. */
    static SSLContext of(String bundle, Binder binder) {
        SslProperties.Bundles bundles = binder.bindOrCreate("spring.ssl", Bindable.of(SslProperties.class)).getBundle();
        PemSslBundleProperties pem = bundles.getPem().get(bundle);
        JksSslBundleProperties jks = bundles.getJks().get(bundle);
        if (pem != null) {
            return PropertiesSslBundle.get(pem).createSslContext();
        }
        if (jks != null) {
            return PropertiesSslBundle.get(jks).createSslContext();
        }
        TreeSet<String> names = new TreeSet<>(bundles.getPem().keySet());
        names.addAll(bundles.getJks().keySet());
        throw unknown(bundle, List.copyOf(names));
    }

    private static InvalidConfigurationPropertyValueException unknown(String bundle, List<String> names) {
        return new InvalidConfigurationPropertyValueException(PROPERTY, bundle,
                "There is no such SSL bundle (spring.ssl.bundle); there are " + names + ".");
    }
}
