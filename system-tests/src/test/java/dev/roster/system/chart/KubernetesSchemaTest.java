package dev.roster.system.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

/** Every field that the chart writes is one that Kubernetes knows: a misspelt one would be ignored there without a word. */
class KubernetesSchemaTest {

    private static final Map<String, Class<?>> TYPES = Map.of("StatefulSet", StatefulSet.class, "Service",
            Service.class, "Secret", Secret.class, "ServiceAccount", ServiceAccount.class, "NetworkPolicy",
            NetworkPolicy.class, "PodDisruptionBudget", PodDisruptionBudget.class);

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .annotationIntrospector(new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1;

                /** The types would otherwise collect what they do not know. */
                @Override
                public Boolean hasAnySetter(MapperConfig<?> config, Annotated annotated) {
                    return false;
                }
            }).build();

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
    void noticesAFieldThatDoesNotExist() {
        var service = Map.of("kind", "Service", "spec", Map.of("publishNotReadyAdresses", true));

        assertThatThrownBy(() -> STRICT.convertValue(service, Service.class)).isInstanceOf(JacksonException.class)
                .hasMessageContaining("publishNotReadyAdresses");
    }

    @Test
    void knowsEveryFieldByDefault() {
        assertThatEveryFieldIsKnown(Chart.render());
    }

    @Test
    void knowsEveryFieldWhenEverythingIsUsed() {
        assertThatEveryFieldIsKnown(Chart.render("""
                imagePullSecrets: [{name: pull}]
                admin: {passwordSecret: sesame}
                properties: {logging.level.root: WARN}
                extraEnv: [{name: A, value: b}]
                persistence: {storageClass: fast, annotations: {a: b}}
                service: {type: LoadBalancer, annotations: {a: b}}
                networkPolicy: {clients: [{namespaceSelector: {}}]}
                serviceAccount: {annotations: {a: b}}
                podAnnotations: {a: b}
                podLabels: {a: b}
                priorityClassName: important
                nodeSelector: {a: b}
                tolerations: [{key: a, operator: Exists}]
                affinity: {nodeAffinity: {}}
                """));
    }

    private static void assertThatEveryFieldIsKnown(Chart chart) {
        assertThat(chart.manifests()).isNotEmpty().allSatisfy(manifest -> {
            assertThat(TYPES).containsKey(manifest.kind());
            assertThatCode(() -> STRICT.convertValue(manifest.content(), TYPES.get(manifest.kind())))
                    .as("%s %s", manifest.kind(), manifest.name()).doesNotThrowAnyException();
        });
    }
}
