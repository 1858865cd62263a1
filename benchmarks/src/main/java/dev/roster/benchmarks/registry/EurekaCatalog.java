package dev.roster.benchmarks.registry;

import dev.roster.benchmarks.measure.ExecutableJar;
import dev.roster.benchmarks.measure.Ports;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * One Eureka server of Spring Cloud Netflix, with its own defaults, save that Tomcat does not close a connection after a hundred
 * requests. It has no members that would have to agree.
 */
final class EurekaCatalog implements Catalog {

    private final int port = Ports.free();
    private final Process process;

    EurekaCatalog(Path directory) throws IOException {
        process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar",
                ExecutableJar.of("benchmarks-eureka-server").toString(),
                "--server.port=" + port, "--server.tomcat.max-keep-alive-requests=-1").redirectErrorStream(true)
                .redirectOutput(Redirect.to(directory.resolve("eureka.log").toFile())).start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "kill-eureka"));
        Ports.awaitListener(port);
    }

    /** Says what Spring Cloud's client says of an application. */
    @Override
    public byte[] register(String service, String id) {
        return HttpConnection.request("POST", "/eureka/apps/" + app(service), """
                {"instance":{"instanceId":"%s","hostName":"10.0.0.1","app":"%s","ipAddr":"10.0.0.1","status":"UP",\
                "overriddenStatus":"UNKNOWN","port":{"$":8080,"@enabled":"true"},\
                "securePort":{"$":443,"@enabled":"false"},"countryId":1,\
                "dataCenterInfo":{"@class":"com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo","name":"MyOwn"},\
                "leaseInfo":{"renewalIntervalInSecs":10,"durationInSecs":600},\
                "metadata":{"zone":"zone-a","tags":"blue","management.port":"8081"},\
                "homePageUrl":"http://10.0.0.1:8080/","statusPageUrl":"http://10.0.0.1:8081/actuator/info",\
                "healthCheckUrl":"http://10.0.0.1:8081/actuator/health","vipAddress":"%s","secureVipAddress":"%s"}}"""
                .formatted(id, app(service), service, service));
    }

    @Override
    public byte[] renew(String service, String id) {
        return HttpConnection.request("PUT", "/eureka/apps/" + app(service) + "/" + id + "?status=UP", "");
    }

    @Override
    public byte[] lookup(String service) {
        return HttpConnection.request("GET", "/eureka/apps/" + app(service), null);
    }

    private static String app(String service) {
        return service.toUpperCase(Locale.ROOT);
    }

    @Override
    public List<Integer> ports() {
        return List.of(port);
    }

    @Override
    public List<ProcessHandle> servers() {
        return List.of(process.toHandle());
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
