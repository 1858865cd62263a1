package dev.roster.spring.container;

import dev.roster.spring.discovery.RosterServiceInstance;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;

/** What is known of the server's image: see {@code docker/README.md}. */
final class ServerImage {
    static final String CONNECTION_NAME = "roster";
    static final int PORT = 7400;
    static final String ADMIN = "admin";

    private static final String PASSWORD_FILE_VARIABLE = "ROSTER_SECURITY_ADMINPASSWORDFILE";
    private static final String PASSWORD_FILE = "/var/lib/roster/admin-password";

    private ServerImage() {}

    static URI address(String host, int port, @Nullable SslBundle sslBundle) {
        return RosterServiceInstance.uri(sslBundle == null ? "http" : "https", host, port);
    }

    /** Returns the file that has the password: the one the server was given, else the one that it writes. */
    static String passwordFile(Map<String, String> environment) {
        return environment.getOrDefault(PASSWORD_FILE_VARIABLE, PASSWORD_FILE);
    }

    static String firstLine(InputStream file) throws IOException {
        return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().findFirst().orElse("").strip();
    }
}
