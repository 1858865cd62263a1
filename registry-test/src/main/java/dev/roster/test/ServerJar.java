package dev.roster.test;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.jar.Manifest;

/** Finds the executable jar of the server. */
final class ServerJar {
    static final String PROPERTY = "roster.server.jar";
    private static final String START_CLASS = "dev.roster.server.boot.RosterServer";

    private ServerJar() {}

    /**
     * Returns the jar that the system property {@value #PROPERTY} names, else the one on the class path.
     *
     * @throws IllegalStateException if there is none
     */
    static Path find() {
        String given = System.getProperty(PROPERTY);
        if (given != null) {
            Path jar = Path.of(given);
            if (!Files.isRegularFile(jar)) {
                throw new IllegalStateException("system property " + PROPERTY + ": there is no file " + jar);
            }
            return jar;
        }
        try {
            for (URL url : Collections.list(ServerJar.class.getClassLoader().getResources("META-INF/MANIFEST.MF"))) {
                Optional<Path> jar = serverJar(url);
                if (jar.isPresent()) {
                    return jar.get();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the class path cannot be read", e);
        }
        throw new IllegalStateException(
                "the executable jar of the Roster server is not on the class path: expected the "
                        + "dependency dev.roster:registry-server with classifier exec, or the system property "
                        + PROPERTY);
    }

    private static Optional<Path> serverJar(URL manifestUrl) throws IOException {
        URLConnection connection = manifestUrl.openConnection();
        if (!(connection instanceof JarURLConnection jar)) {
            return Optional.empty();
        }
        connection.setUseCaches(false);
        try (InputStream in = connection.getInputStream()) {
            Manifest manifest = new Manifest(in);
            if (!START_CLASS.equals(manifest.getMainAttributes().getValue("Start-Class"))) {
                return Optional.empty();
            }
            return Optional.of(Path.of(new URI(jar.getJarFileURL().toString())));
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }
}
