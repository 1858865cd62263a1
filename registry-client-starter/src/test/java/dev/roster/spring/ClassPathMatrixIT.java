package dev.roster.spring;

import static dev.roster.spring.Library.GATEWAY;
import static dev.roster.spring.Library.INTEGRATION;
import static dev.roster.spring.Library.REACTOR;
import static dev.roster.spring.Library.SERVLET;
import static dev.roster.spring.Library.WEBFLUX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.roster.spring.testing.FakeRoster;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Small real applications in JVMs of their own: with only the jars of their combination, on the oldest Java that is promised and on
 * that of the tests. Two of them, which differ in everything; all with {@code -Droster.matrix.wide=true}.
 */
class ClassPathMatrixIT {
    private static final int OLDEST = 17;
    private static final Path JVMS = Path.of("/usr/lib/jvm");

    /** Jars of what tests use besides; no application has them. */
    private static final Predicate<String> TESTING = Pattern
            .compile("testcontainers|docker|junit|mockito|assertj|awaitility|registry-test|registry-server|"
                    + "test-autoconfigure|spring-boot-test|spring-boot-starter-test|spring-test|spring-core-test")
            .asPredicate();

    @TempDir
    static Path classes;

    @TempDir
    Path lastGood;

    /**
     * An application.
     *
     * @param missing libraries that it does not have
     * @param context what its context must be
     * @param beans some of its beans of the starter
     * @param noBeans beans of the starter that it must not have
     */
    record Combination(String name, Set<Library> missing, String context, List<String> beans, List<String> noBeans) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Arguments> applications() {
        int newest = Runtime.version().feature();
        Combination bare = new Combination("no web server, nothing else", EnumSet.allOf(Library.class),
                "AnnotationConfigApplicationContext", List.of("rosterDiscoveryClient"),
                List.of("rosterReactiveDiscoveryClient", "rosterLoadBalancerCacheEviction", "rosterMetrics",
                        "rosterHealthIndicator"));
        Combination servlet = new Combination("servlet, nothing else", EnumSet.complementOf(EnumSet.of(SERVLET)),
                "AnnotationConfigServletWebServerApplicationContext", bare.beans(), bare.noBeans());
        Combination reactive = new Combination("reactive, nothing else",
                EnumSet.complementOf(EnumSet.of(WEBFLUX, REACTOR)),
                "AnnotationConfigReactiveWebServerApplicationContext",
                List.of("rosterDiscoveryClient", "rosterReactiveDiscoveryClient"),
                List.of("rosterLoadBalancerCacheEviction", "rosterMetrics", "rosterHealthIndicator"));
        Combination usual = new Combination("servlet with LoadBalancer and Actuator",
                EnumSet.of(GATEWAY, WEBFLUX, INTEGRATION), "AnnotationConfigServletWebServerApplicationContext",
                List.of("rosterLoadBalancerCacheEviction", "rosterMetrics", "rosterHealthIndicator"),
                List.of("rosterReactiveDiscoveryClient"));
        Combination gateway = new Combination("gateway with LoadBalancer and Actuator", EnumSet.of(SERVLET),
                "AnnotationConfigReactiveWebServerApplicationContext",
                List.of("rosterLoadBalancerCacheEviction", "rosterMetrics", "rosterHealthIndicator",
                        "rosterReactiveDiscoveryClient"),
                List.of());
        return Boolean.getBoolean("roster.matrix.wide")
                ? Stream.of(bare, servlet, reactive, usual, gateway)
                        .flatMap(each -> Stream.of(Arguments.of(each, OLDEST), Arguments.of(each, newest)))
                : Stream.of(Arguments.of(servlet, OLDEST), Arguments.of(gateway, newest));
    }

    @BeforeAll
    static void compileForTheOldestJava() throws IOException {
        Path source = Path.of("src/test/resources/matrix/MatrixApplication.java");
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, "--release", String.valueOf(OLDEST),
                "-proc:none", "-cp", classPath(jar -> true), "-d", classes.toString(), source.toString());
        assertThat(result).isZero();
    }

    @ParameterizedTest(name = "{0}, Java {1}")
    @MethodSource("applications")
    void registersFindsAndIsConfigured(Combination given, int java) throws IOException, InterruptedException {
        Optional<Path> program = program(java);
        assumeTrue(program.isPresent(), "there is no Java " + java + " here");
        Predicate<String> leftOut = Library.owners(given.missing()).or(TESTING);

        try (FakeRoster roster = new FakeRoster()) {
            roster.register("stock", "a", "h", 1).publish("orders", "greeting: hello");
            Path log = lastGood.resolve("output");
            List<String> command = new ArrayList<>(List.of(program.get().toString(), "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC", "-Xmx192m", "-cp",
                    classes + File.pathSeparator
                            + classPath(jar -> !leftOut.test(jar.getFileName().toString())),
                    "MatrixApplication", "--spring.application.name=orders", "--spring.config.import=roster:",
                    "--roster.client.addresses=" + roster.address(), "--roster.client.last-good.directory=" + lastGood,
                    "--server.port=0", "--roster.discovery.host=127.0.0.1", "--roster.discovery.drain=0s",
                    "--roster.discovery.health.interval=100ms"));
            if (!given.context().contains("WebServer")) {
                command.add("--roster.discovery.port=1");
            }
            Process application = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile())
                    .start();
            boolean ended = application.waitFor(2, TimeUnit.MINUTES);
            application.destroyForcibly().waitFor();
            String output = Files.readString(log, StandardCharsets.UTF_8);

            assertThat(ended).as(output).isTrue();
            assertThat(application.exitValue()).as(output).isZero();
            assertThat(output.lines()).contains("JAVA " + java, "CONTEXT " + given.context(), "FOUND 1",
                    "CONFIGURED hello", "REGISTERED").containsAll(named(given.beans()))
                    .noneMatch(named(given.noBeans())::contains);
            assertThat(roster.calls()).anyMatch(call -> call.startsWith("DELETE"));
        }
    }

    private static List<String> named(List<String> beans) {
        return beans.stream().map(bean -> "BEAN " + bean).toList();
    }

    /** Returns the class path of the tests but for their classes; test runners may hide it behind a jar of their own. */
    private static String classPath(Predicate<Path> wanted) {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(all.split(File.pathSeparator)).map(Path::of)
                .filter(jar -> !jar.endsWith("test-classes") && wanted.test(jar)).map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Optional<Path> program(int java) throws IOException {
        if (java == Runtime.version().feature()) {
            return Optional.of(Path.of(System.getProperty("java.home"), "bin", "java"));
        }
        List<Path> homes = new ArrayList<>();
        String given = System.getenv("JAVA_" + java + "_HOME");
        if (given != null) {
            homes.add(Path.of(given));
        }
        if (Files.isDirectory(JVMS)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(JVMS)) {
                found.forEach(homes::add);
            }
        }
        for (Path home : homes) {
            Path release = home.resolve("release");
            if (Files.exists(release) && Files.readString(release).contains("JAVA_VERSION=\"" + java + ".")) {
                return Optional.of(home.resolve("bin/java"));
            }
        }
        return Optional.empty();
    }
}
