package dev.roster.server.registry.check;

import dev.roster.server.registry.CheckTls;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Whom a check believes by TLS. */
final class TlsTrust {

    /** Older ones are broken (RFC 8996). */
    static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private TlsTrust() {}

    /** Returns who judges certificates. */
    static TrustManager manager(CheckTls.Trust trust) throws GeneralSecurityException, IOException {
        return switch (trust) {
            case CheckTls.SystemAuthorities _ -> manager((KeyStore) null);
            case CheckTls.Authorities authorities -> manager(store(authorities));
            case CheckTls.Nobody _ -> new Anybody();
        };
    }

    /**
     * Speaks TLS over a connection: when this returns the peer has shown that it is the one.
     *
     * @param host who it has to be unless the check names another
     */
    static SSLSocket over(Socket socket, CheckTls tls, String host) throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[]{manager(tls.trust())}, null);
        String name = tls.serverName();
        SSLSocket secured = (SSLSocket) context.getSocketFactory().createSocket(socket, name == null ? host : name,
                socket.getPort(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        if (tls.isVerified()) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    private static TrustManager manager(@Nullable KeyStore authorities) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(authorities);
        return Arrays.stream(factory.getTrustManagers()).filter(X509ExtendedTrustManager.class::isInstance).findFirst()
                .orElseThrow(() -> new GeneralSecurityException("Java has no judge of certificates"));
    }

    private static KeyStore store(CheckTls.Authorities authorities) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (X509Certificate certificate : authorities.certificates()) {
            store.setCertificateEntry("ca-" + store.size(), certificate);
        }
        return store;
    }

    /** Believes whoever answers. */
    private static final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            // Whoever it is.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            // Whoever it is.
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
            // Whoever it is.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
            // Whoever it is.
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
            // Whoever it is.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
            // Whoever it is.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
