package dev.roster.system.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.DryRun;
import com.marcnuri.helm.Helm;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The objects that the chart makes, by default and with changed values. */
class ChartRenderingTest {

    private static KubernetesApi kubernetes;

    @BeforeAll
    static void startKubernetes() {
        kubernetes = new KubernetesApi();
    }

    @AfterAll
    static void stopKubernetes() {
        kubernetes.close();
    }

    @Test
    void lintsWithoutComplaint() {
        var lint = Chart.lint();

        assertThat(lint.isFailed()).as("%s", lint.getMessages()).isFalse();
    }

    @Test
    void makesAClusterOfThree() {
        var chart = Chart.render();

        assertThat(chart.kinds()).containsExactlyInAnyOrder("StatefulSet/demo-roster", "Service/demo-roster",
                "Service/demo-roster-headless", "Secret/demo-roster-cluster-tls", "ServiceAccount/demo-roster",
                "NetworkPolicy/demo-roster", "PodDisruptionBudget/demo-roster");
        assertThat(chart.statefulSet().get("spec.replicas")).isEqualTo(3);
        assertThat(chart.statefulSet().text("spec.podManagementPolicy")).isEqualTo("Parallel");
        assertThat(chart.manifests()).allSatisfy(
                manifest -> assertThat(manifest.text("metadata.namespace")).isEqualTo("infra"));
    }

    @Test
    void runsTheVersionThatItBelongsTo() {
        var container = Chart.render().container();

        assertThat(container.text("image")).isEqualTo("roster:" + System.getProperty("roster.version"));
    }

    @Test
    void everySelectorFindsThePods() {
        var chart = Chart.render("networkPolicy: {clients: [{podSelector: {matchLabels: {app: shop}}}]}");
        var labels = chart.statefulSet().map("spec.template.metadata.labels");

        var ours = chart.podSelectors().stream().filter(selector -> !selector.equals(Map.of("app", "shop"))).toList();

        // StatefulSet, both services, budget, two of the spread, policy: itself, its two sources.
        assertThat(ours).hasSize(9).allSatisfy(
                selector -> assertThat(labels.entrySet().containsAll(selector.entrySet())).as("%s", selector).isTrue());
    }

    @Test
    void servicesLeadToPortsOfThePods() {
        var chart = Chart.render();
        var ports = chart.container().items("ports").stream()
                .collect(Collectors.toMap(port -> port.text("name"), port -> port.get("containerPort")));

        assertThat(ports).isEqualTo(Map.of("http", 7400, "raft", 7401));
        assertThat(chart.matching("Service").flatMap(service -> service.items("spec.ports").stream()))
                .allSatisfy(port -> assertThat(ports).containsKey(port.text("targetPort")));
        assertThat(chart.only("Service", "demo-roster").items("spec.ports")).singleElement()
                .satisfies(port -> assertThat(port.get("port")).isEqualTo(7400));
    }

    @Test
    void membersHaveNamesBeforeTheyAreReady() {
        var chart = Chart.render();
        var headless = chart.only("Service", chart.statefulSet().text("spec.serviceName"));

        assertThat(headless.text("spec.clusterIP")).isEqualTo("None");
        assertThat(headless.get("spec.publishNotReadyAddresses")).isEqualTo(true);
        assertThat(environment(chart)).containsEntry("ROSTER_CLUSTER_MEMBERS",
                "demo-roster-0=demo-roster-0.demo-roster-headless.infra.svc:7401,"
                        + "demo-roster-1=demo-roster-1.demo-roster-headless.infra.svc:7401,"
                        + "demo-roster-2=demo-roster-2.demo-roster-headless.infra.svc:7401");
        assertThat(chart.container().items("env"))
                .filteredOn(variable -> variable.text("name").equals("ROSTER_CLUSTER_MEMBER")).singleElement()
                .satisfies(variable -> assertThat(variable.text("valueFrom.fieldRef.fieldPath"))
                        .isEqualTo("metadata.name"));
    }

    @Test
    void probesTellAliveFromReady() {
        var container = Chart.render("probes: {startupSeconds: 120, periodSeconds: 7}").container();

        assertThat(container.text("startupProbe.httpGet.path")).isEqualTo("/actuator/health/liveness");
        assertThat(container.text("livenessProbe.httpGet.path")).isEqualTo("/actuator/health/liveness");
        assertThat(container.text("readinessProbe.httpGet.path")).isEqualTo("/actuator/health/readiness");
        assertThat(List.of("startup", "liveness", "readiness")).allSatisfy(
                probe -> assertThat(container.text(probe + "Probe.httpGet.port")).isEqualTo("http"));
        assertThat((int) container.get("startupProbe.periodSeconds")
                * (int) container.get("startupProbe.failureThreshold")).isEqualTo(120);
        assertThat(container.get("readinessProbe.periodSeconds")).isEqualTo(7);
    }

    @Test
    void podsHaveNoPrivileges() {
        var chart = Chart.render();
        var pod = new Manifest(chart.statefulSet().map("spec.template"));
        var container = chart.container();

        assertThat(pod.get("spec.automountServiceAccountToken")).isEqualTo(false);
        assertThat(pod.get("spec.securityContext.runAsNonRoot")).isEqualTo(true);
        assertThat(pod.get("spec.securityContext.fsGroup")).isEqualTo(7400);
        assertThat(pod.text("spec.securityContext.seccompProfile.type")).isEqualTo("RuntimeDefault");
        assertThat(container.get("securityContext.readOnlyRootFilesystem")).isEqualTo(true);
        assertThat(container.get("securityContext.allowPrivilegeEscalation")).isEqualTo(false);
        assertThat(container.get("securityContext.capabilities.drop")).isEqualTo(List.of("ALL"));
    }

    @Test
    void writesToItsVolumeAndToTmpOnly() {
        var chart = Chart.render("persistence: {size: 20Gi, storageClass: fast, annotations: {team: infra}}");
        var claim = chart.statefulSet().items("spec.volumeClaimTemplates").getFirst();

        assertThat(chart.container().items("volumeMounts")).filteredOn(mount -> mount.find("readOnly") == null)
                .extracting(mount -> mount.text("name") + " " + mount.text("mountPath"))
                .containsExactlyInAnyOrder("data /var/lib/roster", "tmp /tmp");
        assertThat(environment(chart)).containsEntry("ROSTER_DATADIR", "/var/lib/roster");
        assertThat(claim.name()).isEqualTo("data");
        assertThat(claim.text("spec.resources.requests.storage")).isEqualTo("20Gi");
        assertThat(claim.text("spec.storageClassName")).isEqualTo("fast");
        assertThat(claim.map("metadata.annotations")).isEqualTo(Map.of("team", "infra"));
    }

    @Test
    void onlyMembersReachTheMembersPort() {
        var policy = Chart.render().only("NetworkPolicy", "demo-roster");

        var raft = policy.items("spec.ingress").stream()
                .filter(rule -> rule.text("ports.0.port").equals("raft")).toList();
        var http = policy.items("spec.ingress").stream()
                .filter(rule -> rule.text("ports.0.port").equals("http")).toList();

        assertThat(raft).singleElement().satisfies(
                rule -> assertThat(rule.items("from")).singleElement().satisfies(
                        source -> assertThat(source.map("podSelector.matchLabels"))
                                .isEqualTo(policy.map("spec.podSelector.matchLabels"))));
        assertThat(http).singleElement().satisfies(rule -> assertThat(rule.find("from")).isNull());
    }

    @Test
    void clientsCanBeLimited() {
        var policy = Chart.render("networkPolicy: {clients: [{namespaceSelector: {}}]}")
                .only("NetworkPolicy", "demo-roster");

        var sources = policy.items("spec.ingress").getFirst().items("from");

        assertThat(sources).hasSize(2).anySatisfy(
                source -> assertThat(source.get("namespaceSelector")).isEqualTo(Map.of()));
    }

    @Test
    void aSingleServerHasNoClusterAround() {
        var chart = Chart.render("replicaCount: 1");

        assertThat(chart.matching("Secret")).isEmpty();
        assertThat(environment(chart).keySet()).noneMatch(name -> name.contains("TLS") || name.endsWith("MEMBERS"));
        assertThat(chart.container().items("ports")).extracting(port -> port.text("name")).containsExactly("http");
    }

    @Test
    void takesPropertiesAndVariables() {
        var container = Chart.render("""
                properties: {roster.registry.default-ttl: 20s, logging.level.root: WARN, server.port: 7400}
                extraEnv: [{name: JDK_JAVA_OPTIONS, value: -Xlog:gc}]
                """).container();

        assertThat((List<?>) container.get("args")).asString().isEqualTo("[--logging.level.root=WARN, "
                + "--roster.registry.default-ttl=20s, --server.port=7400]");
        assertThat(container.items("env")).anySatisfy(
                variable -> assertThat(variable.content()).isEqualTo(
                        Map.of("name", "JDK_JAVA_OPTIONS", "value", "-Xlog:gc")));
    }

    @Test
    void takesTheAdminsPasswordFromASecret() {
        var chart = Chart.render("admin: {passwordSecret: sesame}");
        var file = Path.of(environment(chart).get("ROSTER_SECURITY_ADMINPASSWORDFILE"));

        var mount = chart.container().items("volumeMounts").stream()
                .filter(candidate -> file.startsWith(candidate.text("mountPath"))).findFirst().orElseThrow();
        var volume = chart.statefulSet().items("spec.template.spec.volumes").stream()
                .filter(candidate -> candidate.text("name").equals(mount.text("name"))).findFirst().orElseThrow();

        assertThat(volume.text("secret.secretName")).isEqualTo("sesame");
        assertThat(mount.text("mountPath") + "/" + volume.text("secret.items.0.path")).isEqualTo(file.toString());
        assertThat(environment(Chart.render())).doesNotContainKey("ROSTER_SECURITY_ADMINPASSWORDFILE");
    }

    @Test
    void takesAnImageByDigest() {
        var digest = "sha256:" + "0123456789abcdef".repeat(4);

        var container = Chart.render("image: {repository: example.org/roster, tag: x, digest: '" + digest
                + "', pullPolicy: Always}").container();

        assertThat(container.text("image")).isEqualTo("example.org/roster@" + digest);
        assertThat(container.text("imagePullPolicy")).isEqualTo("Always");
    }

    @Test
    void everyOptionalPartCanBeLeftOut() {
        var chart = Chart.render("""
                networkPolicy: {enabled: false}
                podDisruptionBudget: {enabled: false}
                serviceAccount: {create: false}
                topologySpread: []
                """);

        assertThat(chart.kinds()).containsExactlyInAnyOrder("StatefulSet/demo-roster", "Service/demo-roster",
                "Service/demo-roster-headless", "Secret/demo-roster-cluster-tls");
        assertThat(chart.statefulSet().text("spec.template.spec.serviceAccountName")).isEqualTo("default");
        assertThat(chart.statefulSet().find("spec.template.spec.topologySpreadConstraints")).isNull();
    }

    @Test
    void placesPodsAsAsked() {
        var pod = new Manifest(Chart.render("""
                nodeSelector: {disk: nvme}
                tolerations: [{key: registry, operator: Exists}]
                affinity: {nodeAffinity: {}}
                priorityClassName: important
                podLabels: {team: infra}
                podAnnotations: {note: hello}
                imagePullSecrets: [{name: pull}]
                topologySpread: [{topologyKey: rack, maxSkew: 2, whenUnsatisfiable: DoNotSchedule}]
                """).statefulSet().map("spec.template"));

        assertThat(pod.map("spec.nodeSelector")).isEqualTo(Map.of("disk", "nvme"));
        assertThat(pod.text("spec.tolerations.0.key")).isEqualTo("registry");
        assertThat(pod.map("spec.affinity")).isEqualTo(Map.of("nodeAffinity", Map.of()));
        assertThat(pod.text("spec.priorityClassName")).isEqualTo("important");
        assertThat(pod.text("metadata.labels.team")).isEqualTo("infra");
        assertThat(pod.text("metadata.annotations.note")).isEqualTo("hello");
        assertThat(pod.text("spec.imagePullSecrets.0.name")).isEqualTo("pull");
        assertThat(pod.items("spec.topologySpreadConstraints")).singleElement().satisfies(spread -> {
            assertThat(spread.text("topologyKey")).isEqualTo("rack");
            assertThat(spread.get("maxSkew")).isEqualTo(2);
        });
    }

    @Test
    void takesOtherNames() {
        var chart = Chart.render("fullnameOverride: registry");

        assertThat(chart.kinds()).contains("StatefulSet/registry", "Service/registry", "Service/registry-headless");
        assertThat(environment(chart).get("ROSTER_CLUSTER_MEMBERS"))
                .startsWith("registry-0=registry-0.registry-headless.infra.svc:7401,");
    }

    @Test
    void notesSayHowToGetIn() {
        var notes = new Helm(Chart.FOLDER).install().withName("demo").withNamespace("infra").withKubeVersion("1.31.0")
                .clientOnly().withDryRunOption(DryRun.CLIENT).call().getOutput();

        assertThat(notes).contains("http://demo-roster.infra.svc:7400",
                "kubectl -n infra port-forward service/demo-roster 7400:7400",
                "for i in 0 1 2; do kubectl -n infra exec demo-roster-$i -- cat /var/lib/roster/admin-password");
    }

    private static Map<String, String> environment(Chart chart) {
        return chart.container().items("env").stream().filter(variable -> variable.find("value") != null)
                .collect(Collectors.toMap(variable -> variable.text("name"), variable -> variable.text("value")));
    }
}
