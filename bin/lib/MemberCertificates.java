import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Makes what members need to trust one another: an authority and a certificate for all of them, in PEM files that
 * {@code roster.cluster.tls.*} may name. The authority's key is thrown away, so nobody can make further ones. Run from its
 * source by the JDK's launcher; the work is done by the JDK's keytool. The folder is closed to others, the files in it are not:
 * a container, whose user is another one, can read those that are mounted into it.
 *
 * <pre>
 * FOLDER HOST…    writes ca.crt, tls.crt and tls.key into FOLDER, which must not hold any yet; a HOST is a name or an address
 * </pre>
 */
final class MemberCertificates {

    private static final String DAYS = "3650";

    private final Path work;
    private final String password = HexFormat.of().formatHex(new SecureRandom().generateSeed(16));

    private MemberCertificates(Path work) {
        this.work = work;
    }

    public static void main(String[] args) throws Exception {
        var folder = Path.of(args[0]);
        var hosts = List.of(args).subList(1, args.length);
        var target = folder.resolve("tls.key");
        if (Files.exists(target)) {
            System.err.println("roster: " + target + " is there already; members that use it would no longer know new ones");
            System.exit(1);
        }
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        var work = Files.createTempDirectory(folder, "making");
        try {
            new MemberCertificates(work).make(folder, hosts);
        } finally {
            try (var files = Files.walk(work)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        System.out.println("roster: made ca.crt, tls.crt and tls.key for " + String.join(", ", hosts) + " in " + folder);
    }

    private void make(Path folder, List<String> hosts) throws IOException, InterruptedException, GeneralSecurityException {
        var names = hosts.stream().map(host -> (host.matches("[0-9.]+|.*:.*") ? "ip:" : "dns:") + host)
                .collect(Collectors.joining(","));
        keytool("-genkeypair", "-alias", "ca", "-dname", "CN=Roster cluster", "-keyalg", "EC", "-groupname", "secp256r1",
                "-validity", DAYS, "-ext", "bc:c", "-ext", "ku:c=keyCertSign");
        keytool("-genkeypair", "-alias", "member", "-dname", "CN=Roster member", "-keyalg", "EC", "-groupname", "secp256r1");
        keytool("-certreq", "-alias", "member", "-file", work.resolve("request").toString());
        keytool("-gencert", "-alias", "ca", "-infile", work.resolve("request").toString(), "-outfile",
                folder.resolve("tls.crt").toString(), "-rfc", "-validity", DAYS, "-ext", "san=" + names, "-ext",
                "eku=serverAuth,clientAuth");
        keytool("-exportcert", "-alias", "ca", "-rfc", "-file", folder.resolve("ca.crt").toString());

        var keys = KeyStore.getInstance(work.resolve("keys").toFile(), password.toCharArray());
        var key = keys.getKey("member", password.toCharArray());
        Files.writeString(folder.resolve("tls.key"), "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(key.getEncoded())
                + "\n-----END PRIVATE KEY-----\n");
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(Arrays.asList(arguments));
        command.addAll(List.of("-keystore", work.resolve("keys").toString(), "-storetype", "PKCS12", "-storepass:env",
                "KEYTOOL_PASSWORD"));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("KEYTOOL_PASSWORD", password);
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("keytool has failed: " + output);
        }
    }
}
