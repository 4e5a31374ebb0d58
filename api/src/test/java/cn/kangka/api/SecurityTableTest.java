package cn.kangka.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.api.testing.Citizen;
import cn.kangka.api.testing.Neighbours;
import cn.kangka.kit.id.Ids;
import cn.kangka.sandbox.testing.RegionResource;
import cn.kangka.sandbox.testing.SecurityTable;
import cn.kangka.sandbox.testing.SecurityTable.Route;
import cn.kangka.sandbox.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Walks this service's part of docs/security.md: what it says is what happens, and no route is missing in it. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class SecurityTableTest {
    private static final List<String> ROLES = List.of(
            "citizen",
            "agent",
            "supervisor",
            "clerk",
            "registrar",
            "auditor",
            "editor",
            "integration",
            "admin",
            "partner",
            "terminal",
            "hospital",
            "service");

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void every_route_is_in_the_table() {
        Set<String> missing = new TreeSet<>(offered());
        table().forEach(route -> missing.remove(route.name()));

        assertThat(missing).isEmpty();
    }

    @Test
    void without_a_token_closed_routes_are_401_and_open_ones_are_not() {
        for (Route route : offeredRows()) {
            int status = call(route, null);

            if (route.open()) {
                assertThat(status).as(route.name()).isNotEqualTo(403);
            } else {
                assertThat(status).as(route.name()).isEqualTo(401);
            }
        }
    }

    @Test
    void a_token_of_a_role_that_the_table_does_not_name_is_403() {
        Map<String, Set<String>> allowed = offeredRows().stream()
                .collect(Collectors.groupingBy(Route::name, Collectors.mapping(Route::role, Collectors.toSet())));
        for (Route route : offeredRows()) {
            if (route.open() || route.forAnyToken()) {
                continue;
            }
            for (String role : ROLES) {
                if (!allowed.get(route.name()).contains(role)) {
                    assertThat(call(route, token(role)))
                            .as(route.name() + " as " + role)
                            .isEqualTo(403);
                }
            }
        }
    }

    @Test
    void a_citizen_below_the_level_is_403() {
        String token = Citizen.loggedIn().accessToken();
        for (Route route : offeredRows()) {
            if (route.role().equals("citizen") && route.level() > 0) {
                // 400: what has a body is validated before the level is known.
                assertThat(call(route, token)).as(route.name()).isIn(400, 403);
            }
        }
    }

    private static String token(String role) {
        return TestTokens.sign(
                "kangka", "kangka", Ids.next().toString(), List.of(role), Map.of("scope", "", "channel", "bank"));
    }

    /** By the JDK's client: this is some hundred requests, and RestAssured takes its time for each. */
    private static int call(Route route, String token) {
        String path = route.path().replaceAll("\\{[^}]+}", Ids.next().toString());
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
                .timeout(Duration.ofSeconds(20))
                .header("Idempotency-Key", Ids.next().toString());
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (route.method().equals("GET")) {
            request.GET();
        } else {
            request.header("Content-Type", "application/json")
                    .method(route.method(), HttpRequest.BodyPublishers.ofString("{}"));
        }
        return HTTP.sendAsync(request.build(), HttpResponse.BodyHandlers.discarding())
                .join()
                .statusCode();
    }

    private static List<Route> offeredRows() {
        Set<String> offered = offered();
        List<Route> rows =
                table().stream().filter(route -> offered.contains(route.name())).toList();
        assertThat(rows).hasSizeGreaterThan(15);
        return rows;
    }

    private static List<Route> table() {
        return SecurityTable.of(Path.of("../docs/security.md"), "api");
    }

    private static Set<String> offered() {
        Map<String, Map<String, Object>> paths = given().accept("application/json")
                .get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getMap("paths");
        Set<String> offered = new TreeSet<>();
        paths.forEach((path, methods) -> methods.keySet().stream()
                .filter(method -> method.matches("get|post|put|patch|delete"))
                .forEach(method -> offered.add(method.toUpperCase(Locale.ROOT) + " " + path)));
        return offered;
    }
}
