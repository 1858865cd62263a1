package dev.roster.spring.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.roster.spring.testing.Applications;
import dev.roster.spring.testing.FakeRoster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import org.springframework.web.service.registry.ImportHttpServices;

/** Services called by their names, with each of Spring's clients, in a blocking and in a reactive application. */
class CallingServicesTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @RegisterExtension
    final Applications applications = new Applications().with("roster.discovery.register", "false");

    private final FakeRoster roster = applications.roster();
    private final List<HttpServer> servers = new ArrayList<>();

    @AfterEach
    void stop() {
        servers.forEach(server -> server.stop(0));
    }

    private ConfigurableApplicationContext run(WebApplicationType type, String... arguments) {
        return applications.run(type, Application.class, arguments);
    }

    /** Starts a service that answers with its own id, and registers it. */
    private void serve(String id, String zone, String metadata) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = id.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        servers.add(server);
        roster.register("stock", id, "127.0.0.1", server.getAddress().getPort(), zone, metadata);
    }

    @Test
    void answersRestClientsAndInterfacesOfABlockingApplication() throws IOException {
        serve("a", "z1", "");
        ConfigurableApplicationContext context = run(WebApplicationType.SERVLET);
        RestClient client = context.getBean(RestClient.Builder.class).baseUrl("http://stock").build();
        Stock stock = HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client)).build()
                .createClient(Stock.class);

        assertThat(client.get().uri("/").retrieve().body(String.class)).isEqualTo("a");
        assertThat(stock.name()).isEqualTo("a");
    }

    @Test
    void answersWebClientsOfAReactiveApplication() throws IOException {
        serve("a", "z1", "");
        ConfigurableApplicationContext context = run(WebApplicationType.REACTIVE);
        WebClient client = context.getBean(WebClient.Builder.class).baseUrl("http://stock").build();

        assertThat(client.get().uri("/").retrieve().bodyToMono(String.class).block(SOON)).isEqualTo("a");
    }

    @Test
    void answersInterfacesThatBootMakes() throws IOException {
        serve("a", "z1", "");
        ConfigurableApplicationContext context = applications.run(WebApplicationType.SERVLET, Interfaces.class);

        assertThat(context.getBean(Stock.class).name()).isEqualTo("a");
    }

    @Test
    void answersRoutesOfAGateway() throws IOException {
        String gateway = "spring.cloud.gateway.server.webflux.";
        serve("a", "z1", "");
        ConfigurableApplicationContext context = run(WebApplicationType.REACTIVE, "--" + gateway + "enabled=true",
                "--" + gateway + "routes[0].id=shop", "--" + gateway + "routes[0].uri=lb://stock",
                "--" + gateway + "routes[0].predicates[0]=Path=/shop/**",
                "--" + gateway + "routes[0].filters[0]=StripPrefix=1");
        String port = context.getEnvironment().getProperty("local.server.port");
        WebClient caller = WebClient.create("http://127.0.0.1:" + port);
        assertThat(ask(caller, "/shop/")).isEqualTo("a");

        serve("b", "z1", "");
        roster.deregister("stock", "a");

        await().atMost(SOON).until(() -> ask(caller, "/shop/").equals("b"));
    }

    @Test
    void makesGatewaysRouteToServicesThatComeLater() throws IOException {
        String gateway = "spring.cloud.gateway.server.webflux.";
        ConfigurableApplicationContext context = run(WebApplicationType.REACTIVE, "--" + gateway + "enabled=true",
                "--" + gateway + "discovery.locator.enabled=true", "--roster.discovery.names-interval=100ms");
        String port = context.getEnvironment().getProperty("local.server.port");
        WebClient caller = WebClient.create("http://127.0.0.1:" + port);

        serve("a", "z1", "");

        await().atMost(SOON).ignoreExceptionsInstanceOf(WebClientResponseException.class)
                .until(() -> ask(caller, "/stock/").equals("a"));
    }

    private static String ask(WebClient caller, String path) {
        return caller.get().uri(path).retrieve().bodyToMono(String.class).block(SOON);
    }

    @Test
    void prefersInstancesOfTheOwnZoneUntilTheyAreGone() throws IOException {
        serve("near", "east", "");
        serve("far", "west", "");
        LoadBalancerClient loadBalancer = run(WebApplicationType.NONE, "--roster.discovery.zone=east")
                .getBean(LoadBalancerClient.class);
        assertThat(chosen(loadBalancer, 10)).containsExactly("near");

        roster.deregister("stock", "near");

        await().atMost(SOON).untilAsserted(() -> assertThat(chosen(loadBalancer, 10)).containsExactly("far"));
    }

    @Test
    void asksOtherRegistriesForWhatRosterDoesNotHave() throws IOException {
        serve("ours", "z1", "");
        LoadBalancerClient loadBalancer = run(WebApplicationType.NONE, "--roster.discovery.order=-1",
                "--spring.cloud.discovery.reactive.enabled=false",
                "--spring.cloud.discovery.client.simple.instances.stock[0].uri=http://127.0.0.1:1",
                "--spring.cloud.discovery.client.simple.instances.users[0].uri=http://127.0.0.1:2",
                "--spring.cloud.discovery.client.simple.instances.users[0].instance-id=theirs")
                .getBean(LoadBalancerClient.class);

        assertThat(chosen(loadBalancer, 5)).containsExactly("ours");
        assertThat(loadBalancer.choose("users")).extracting(ServiceInstance::getInstanceId).isEqualTo("theirs");
    }

    @Test
    void choosesByTagsAndWeights() throws IOException {
        serve("plain", "z1", "");
        serve("canary", "z1", "\"tags\": \"canary\"");
        serve("resting", "z1", "\"tags\": \"canary,ssd\", \"weight\": \"0\"");

        assertThat(chosen(run(WebApplicationType.NONE, "--roster.load-balancer.tags.stock=canary")
                .getBean(LoadBalancerClient.class), 20)).containsExactly("canary");
        assertThat(chosen(run(WebApplicationType.NONE).getBean(LoadBalancerClient.class), 100))
                .containsExactlyInAnyOrder("plain", "canary");
    }

    @Test
    void leavesTheChoiceToAnotherConfigurationOfLoadBalancer() throws IOException {
        serve("near", "east", "");
        serve("far", "west", "");

        ConfigurableApplicationContext context = run(WebApplicationType.NONE, "--roster.discovery.zone=east",
                "--spring.cloud.loadbalancer.configurations=weighted");

        assertThat(chosen(context.getBean(LoadBalancerClient.class), 10)).containsExactlyInAnyOrder("near", "far");
    }

    private static Set<String> chosen(LoadBalancerClient loadBalancer, int times) {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < times; i++) {
            ServiceInstance instance = loadBalancer.choose("stock");
            assertThat(instance).isNotNull();
            ids.add(instance.getInstanceId());
        }
        return ids;
    }

    interface Stock {
        @GetExchange("/")
        String name();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @ImportHttpServices(group = "stock", types = Stock.class)
    static class Interfaces {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        @LoadBalanced
        RestClient.Builder restClients() {
            return RestClient.builder();
        }

        @Bean
        @LoadBalanced
        WebClient.Builder webClients() {
            return WebClient.builder();
        }
    }
}
