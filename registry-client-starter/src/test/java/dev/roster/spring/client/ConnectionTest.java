package dev.roster.spring.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.roster.spring.testing.FakeRoster;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** How applications reach Roster: TLS, tokens that rotate, several servers. */
@ExtendWith(OutputCaptureExtension.class)
class ConnectionTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String PASSWORD = "changeit";

    /** No name server knows this name (RFC 2606), so only a proxy can be asked for it. */
    private static final String NOWHERE = "http://roster.invalid:7400";

    @TempDir
    static Path keys;

    @TempDir
    Path files;

    private final List<ConfigurableApplicationContext> contexts = new ArrayList<>();
    private final List<FakeRoster> servers = new ArrayList<>();

    @BeforeAll
    static void makeCertificate() throws IOException, InterruptedException {
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", "roster", "-keyalg", "EC", "-dname", "CN=roster", "-ext", "san=ip:127.0.0.1",
                "-storetype", "PKCS12", "-keystore", keys.resolve("roster.p12").toString(), "-storepass", PASSWORD)
                .redirectErrorStream(true).start();
        assertThat(keytool.waitFor()).as("keytool").isZero();
    }

    @AfterEach
    void stop() {
        contexts.forEach(ConfigurableApplicationContext::close);
        servers.forEach(FakeRoster::close);
    }

    private FakeRoster server(SSLContext tls) {
        FakeRoster server = new FakeRoster(tls);
        servers.add(server);
        return server;
    }

    private static SSLContext serverTls() throws Exception {
        KeyStore store = KeyStore.getInstance(keys.resolve("roster.p12").toFile(), PASSWORD.toCharArray());
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD.toCharArray());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), null, null);
        return tls;
    }

    private ConfigurableApplicationContext run(String addresses, String... arguments) {
        SpringApplication application = new SpringApplication(Application.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setDefaultProperties(Map.of("spring.application.name", "orders", "roster.client.addresses",
                addresses, "roster.client.last-good.directory", files.toString(), "roster.discovery.port", "8080",
                "roster.discovery.host", "127.0.0.1", "roster.discovery.drain", "0s", "roster.discovery.ttl", "1s",
                "roster.config.timeout", "5s", "spring.main.banner-mode", "off"));
        ConfigurableApplicationContext context = application.run(arguments);
        contexts.add(context);
        return context;
    }

    private static String[] bundle(String name, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--roster.client.ssl-bundle=" + name,
                "--spring.ssl.bundle.jks.office.truststore.location=file:" + keys.resolve("roster.p12"),
                "--spring.ssl.bundle.jks.office.truststore.password=" + PASSWORD,
                "--spring.ssl.bundle.jks.office.truststore.type=PKCS12"));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    @Test
    void trustsWhomTheSslBundleTrusts() throws Exception {
        FakeRoster roster = server(serverTls());

        run(roster.address(), bundle("office"));

        await().atMost(SOON).until(() -> roster.instances("orders").size() == 1);
    }

    @Test
    void trustsTheSameBeforeThereAreBeans() throws Exception {
        FakeRoster roster = server(serverTls()).publish("orders", "a: 1");

        ConfigurableApplicationContext context = run(roster.address(),
                bundle("office", "--spring.config.import=roster:"));

        assertThat(context.getEnvironment().getProperty("a")).isEqualTo("1");
    }

    @Test
    void trustsNobodyElse() throws Exception {
        FakeRoster roster = server(serverTls()).publish("orders", "a: 1");

        assertThatThrownBy(() -> run(roster.address(), "--spring.config.import=roster:", "--roster.config.timeout=1s"))
                .hasStackTraceContaining("unable to find valid certification path");
    }

    @Test
    void saysWhichSslBundlesThereAre(CapturedOutput output) {
        assertThatThrownBy(() -> run("https://127.0.0.1:1", bundle("home", "--spring.config.import=roster:")))
                .isInstanceOf(InvalidConfigurationPropertyValueException.class);

        assertThat(output).contains("APPLICATION FAILED TO START", "roster.client.ssl-bundle", "there are [office]");
    }

    @Test
    void goesThroughAProxy() {
        FakeRoster proxy = server(null).publish("orders", "a: 1");

        ConfigurableApplicationContext context = run(NOWHERE, "--roster.client.proxy=" + proxy.address(),
                "--spring.config.import=roster:");

        assertThat(context.getEnvironment().getProperty("a")).isEqualTo("1");
        await().atMost(SOON).until(() -> proxy.instances("orders").size() == 1);
    }

    @Test
    void goesThroughTheProxyOfTheJvmUnlessToldOtherwise() {
        FakeRoster proxy = server(null);
        FakeRoster roster = server(null);
        withProxyOfTheJvm(proxy, () -> {
            run(NOWHERE);
            await().atMost(SOON).until(() -> proxy.instances("orders").size() == 1);

            run(roster.address(), "--roster.client.proxy=none");
            await().atMost(SOON).until(() -> roster.instances("orders").size() == 1);
        });
    }

    private static void withProxyOfTheJvm(FakeRoster proxy, Runnable action) {
        URI address = URI.create(proxy.address());
        Map<String, String> settings = Map.of("http.proxyHost", address.getHost(), "http.proxyPort",
                String.valueOf(address.getPort()), "http.nonProxyHosts", "");
        try {
            settings.forEach(System::setProperty);
            action.run();
        } finally {
            settings.keySet().forEach(System::clearProperty);
        }
    }

    @Test
    void usesATokenThatRotates() throws IOException {
        FakeRoster roster = server(null);
        Path token = Files.writeString(files.resolve("token"), "rst_first\n");
        run(roster.address(), "--roster.client.token-file=" + token);
        await().atMost(SOON).until(() -> roster.tokens().contains("Bearer rst_first"));

        Files.writeString(token, "rst_second\n");
        Files.setLastModifiedTime(token, FileTime.from(Instant.now().plusSeconds(60)));

        await().atMost(SOON).until(() -> roster.tokens().contains("Bearer rst_second"));
    }

    @Test
    void goesOnWithAnotherServerWhenOneIsAway() {
        FakeRoster one = server(null);
        FakeRoster other = server(null);
        run(one.address() + "," + other.address());
        await().atMost(SOON).until(() -> one.instances("orders").size() + other.instances("orders").size() == 1);
        FakeRoster used = one.instances("orders").isEmpty() ? other : one;
        FakeRoster spare = used == one ? other : one;

        used.leave();

        await().atMost(SOON).until(() -> spare.instances("orders").size() == 1);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}
}
