package cn.kangka.sandbox.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ManifestTest {
    private static final KubernetesSerialization YAML = new KubernetesSerialization();
    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
    private static final Path K8S = ROOT.resolve("k8s");
    private static final Set<String> SERVICES = Set.of("api", "empi", "notification", "mobile-bff");
    /** Resources of operators that the client has no model for. */
    private static final Set<String> FOREIGN = Set.of("postgresql.cnpg.io/v1 Cluster");

    @TestFactory
    Stream<DynamicTest> every_manifest_holds_only_properties_that_kubernetes_knows() throws IOException {
        return manifests().stream()
                .map(file -> DynamicTest.dynamicTest(K8S.relativize(file).toString(), () -> {
                    List<HasMetadata> resources = read(file);
                    assertThat(resources).isNotEmpty();
                    for (HasMetadata resource : resources) {
                        if (resource instanceof GenericKubernetesResource foreign) {
                            assertThat(FOREIGN).contains(foreign.getApiVersion() + " " + foreign.getKind());
                        } else {
                            assertThat(UnknownProperties.of(resource))
                                    .as(resource.getKind())
                                    .isEmpty();
                        }
                    }
                }));
    }

    @Test
    void an_unknown_property_would_be_found() {
        HasMetadata wrong = YAML.unmarshal("""
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: wrong
                spec:
                  template:
                    spec:
                      containers:
                        - name: c
                          imagePullPolicies: Never
                """);
        assertThat(UnknownProperties.of(wrong)).containsExactly("imagePullPolicies");
    }

    @TestFactory
    Stream<DynamicTest> every_environment_variable_is_one_that_the_service_declares() {
        return SERVICES.stream()
                .sorted()
                .map(service -> DynamicTest.dynamicTest(service, () -> {
                    Set<String> declared = declared(service);
                    List<String> unknown = variables(service).stream()
                            .filter(name -> !declared.contains(name))
                            .toList();
                    assertThat(unknown).isEmpty();
                }));
    }

    /** Defaults that hold in the sandbox only: a cluster that forgets one talks to nobody. */
    @Test
    void what_has_no_default_for_a_cluster_is_set() throws IOException {
        assertThat(variables("notification")).contains("KANGKA_SMS_URL", "KANGKA_FCM_URL", "KANGKA_FCM_CREDENTIALS");
        assertThat(variables("api")).contains("KANGKA_PARTNER_TOKEN_URLS", "KANGKA_PARTNER_CLIENTS_FILE");
        assertThat(variables("empi")).contains("KANGKA_HOSPITAL_SOURCES_FILE");
        for (String overlay : List.of("dev", "prod")) {
            assertThat(read(K8S.resolve("overlays").resolve(overlay).resolve("providers.yaml")))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            io.fabric8.kubernetes.api.model.ConfigMap.class,
                            providers -> assertThat(providers.getData()).containsOnlyKeys("sms-url", "token-urls"));
        }
    }

    /** Everything is denied by default: whom one may call must also be let in there. */
    @Test
    void whoever_may_be_called_lets_the_caller_in() throws IOException {
        List<NetworkPolicy> policies = new ArrayList<>();
        for (Path file : manifests()) {
            read(file).stream()
                    .filter(NetworkPolicy.class::isInstance)
                    .map(NetworkPolicy.class::cast)
                    .forEach(policies::add);
        }
        Set<String> open = new TreeSet<>();
        Set<String> wanted = new TreeSet<>();
        for (NetworkPolicy policy : policies) {
            String self = labels(policy.getSpec().getPodSelector());
            policy.getSpec().getIngress().forEach(rule -> rule.getFrom().stream()
                    .filter(peer -> peer.getPodSelector() != null)
                    .forEach(peer -> open.add(labels(peer.getPodSelector()) + " to " + self)));
            policy.getSpec().getEgress().forEach(rule -> rule.getTo().stream()
                    .filter(peer -> peer.getPodSelector() != null)
                    .forEach(peer -> wanted.add(self + " to " + labels(peer.getPodSelector()))));
        }
        wanted.removeIf(call -> call.endsWith("=redis}")); // By reference: another overlay's business.
        assertThat(wanted).hasSizeGreaterThan(5);
        assertThat(open).containsAll(wanted);
    }

    private static String labels(LabelSelector selector) {
        return String.valueOf(selector.getMatchLabels());
    }

    @TestFactory
    Stream<DynamicTest> every_container_is_confined_and_probed() {
        return SERVICES.stream()
                .sorted()
                .map(service -> DynamicTest.dynamicTest(service, () -> {
                    Deployment deployment = deployment(service);
                    Container container = container(deployment);
                    assertThat(deployment
                                    .getSpec()
                                    .getTemplate()
                                    .getSpec()
                                    .getSecurityContext()
                                    .getRunAsNonRoot())
                            .isTrue();
                    assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                            .isTrue();
                    assertThat(container.getSecurityContext().getCapabilities().getDrop())
                            .containsExactly("ALL");
                    assertThat(container.getReadinessProbe()).isNotNull();
                    assertThat(container.getLivenessProbe()).isNotNull();
                    assertThat(container.getStartupProbe()).isNotNull();
                    assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
                    assertThat(container.getResources().getLimits()).containsKey("memory");
                }));
    }

    @TestFactory
    Stream<DynamicTest> every_service_has_its_budget_scaling_policy_and_image() {
        return SERVICES.stream()
                .sorted()
                .map(service -> DynamicTest.dynamicTest(service, () -> {
                    Set<String> kinds = read(K8S.resolve("base").resolve(service + ".yaml")).stream()
                            .map(HasMetadata::getKind)
                            .collect(Collectors.toSet());
                    assertThat(kinds)
                            .containsExactlyInAnyOrder(
                                    "Deployment",
                                    "Service",
                                    "PodDisruptionBudget",
                                    "HorizontalPodAutoscaler",
                                    "NetworkPolicy");
                    String image = Files.readString(K8S.resolve("images").resolve(service + ".Dockerfile"));
                    assertThat(image).contains(service + "/target/quarkus-app/").contains("USER 10001");
                }));
    }

    @Test
    void kustomizations_name_files_that_exist() throws IOException {
        try (Stream<Path> files = Files.walk(K8S)) {
            for (Path file :
                    files.filter(each -> each.endsWith("kustomization.yaml")).toList()) {
                Map<?, ?> kustomization = YAML.unmarshal(Files.readString(file), Map.class);
                for (Object resource : (List<?>) kustomization.get("resources")) {
                    assertThat(file.getParent().resolve(resource.toString())).exists();
                }
            }
        }
    }

    private static List<Path> manifests() throws IOException {
        try (Stream<Path> files = Files.walk(K8S)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.endsWith("kustomization.yaml"))
                    .sorted()
                    .toList();
        }
    }

    private static List<HasMetadata> read(Path file) throws IOException {
        List<HasMetadata> resources = new ArrayList<>();
        for (String document : Files.readString(file).split("(?m)^---$")) {
            resources.add(YAML.unmarshal(document));
        }
        return resources;
    }

    private static Deployment deployment(String service) throws IOException {
        return read(K8S.resolve("base").resolve(service + ".yaml")).stream()
                .filter(Deployment.class::isInstance)
                .map(Deployment.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static Container container(Deployment deployment) {
        return deployment.getSpec().getTemplate().getSpec().getContainers().get(0);
    }

    private static Set<String> variables(String service) throws IOException {
        Set<String> names = container(deployment(service)).getEnv().stream()
                .map(EnvVar::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        for (HasMetadata resource : read(K8S.resolve("base/shared.yaml"))) {
            if (resource instanceof io.fabric8.kubernetes.api.model.ConfigMap shared) {
                names.addAll(shared.getData().keySet());
            }
        }
        return names;
    }

    private static Set<String> declared(String service) throws IOException {
        Properties properties = new Properties();
        for (Path file : List.of(
                ROOT.resolve("kit/src/main/resources/META-INF/microprofile-config.properties"),
                ROOT.resolve(service).resolve("src/main/resources/application.properties"))) {
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            }
        }
        return properties.stringPropertyNames().stream()
                .map(name -> name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }
}
