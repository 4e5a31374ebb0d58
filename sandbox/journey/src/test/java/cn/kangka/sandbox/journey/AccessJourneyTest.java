package cn.kangka.sandbox.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import cn.kangka.sandbox.launch.Region;
import cn.kangka.sandbox.testing.SecurityTable;
import cn.kangka.sandbox.testing.SecurityTable.Route;
import cn.kangka.sandbox.testing.TestTokens;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Walks the table of docs/security.md across the started region: what it says is what happens, in every service. */
@StartedRegion.Use
@Order(6)
class AccessJourneyTest {
    private static final Path TABLE = Path.of("..", "..", "docs", "security.md");
    private static final List<String> SERVICES = List.of("api", "mobile-bff", "notification", "empi");
    private static final Set<Integer> REFUSED = Set.of(401, 403);

    private static List<Bearer> bearers;

    @Test
    void every_route_that_a_service_offers_is_in_the_table() {
        for (String service : SERVICES) {
            Set<String> missing = new TreeSet<>(offered(service));
            assertThat(missing).as(service).isNotEmpty();
            SecurityTable.of(TABLE, service).forEach(route -> missing.remove(shape(route.name())));
            assertThat(missing).as(service).isEmpty();
        }
    }

    @Test
    void without_a_token_what_is_closed_is_401_and_what_is_open_is_not() {
        List<String> wrong = walk((route, status) -> route.open() ? status != 401 : status == 401, null);
        assertThat(wrong).isEmpty();
    }

    @Test
    void forged_stale_and_misdirected_tokens_are_401_everywhere(Region region) throws Exception {
        Path keys = region.options().data().resolve("keys");
        List<String> wrong = new ArrayList<>();
        for (String service : SERVICES) {
            Map<String, Map<String, String>> byRole = new HashMap<>();
            for (Route route : distinct(SecurityTable.of(TABLE, service))) {
                String role = route.forAnyToken() ? "citizen" : route.role();
                Map<String, String> forged = byRole.get(role);
                if (forged == null) {
                    forged = ForgedTokens.of(keys, role, service);
                    byRole.put(role, forged);
                }
                forged.forEach((what, token) -> {
                    int status = RouteCalls.status(route, token);
                    if (status != 401) {
                        wrong.add(service + " " + route.name() + ", " + what + ": " + status);
                    }
                });
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void each_role_and_level_passes_where_the_table_says_and_nowhere_else() throws IOException {
        List<Bearer> bearers = bearers();
        List<String> wrong = new ArrayList<>();
        for (String service : SERVICES) {
            List<Route> routes = SecurityTable.of(TABLE, service);
            for (String name : closed(routes)) {
                List<Route> rows = routes.stream()
                        .filter(route -> route.name().equals(name))
                        .toList();
                for (Bearer bearer : bearers) {
                    int status = RouteCalls.status(rows.get(0), bearer.token());
                    if (!isRight(rows, bearer, status)) {
                        wrong.add(service + " " + name + " as " + bearer.name() + ": " + status);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static boolean isRight(List<Route> rows, Bearer bearer, int status) {
        List<Route> allowing = rows.stream().filter(bearer::isAllowed).toList();
        if (allowing.isEmpty()) {
            return status == 403;
        }
        return status < 500 && (!REFUSED.contains(status) || allowing.stream().allMatch(AccessJourneyTest::asksMore));
    }

    /** The role alone is not enough, and this walk has no more. */
    private static boolean asksMore(Route route) {
        return route.remark().contains("caller's check") || route.remark().contains("issuer");
    }

    @Test
    void a_service_s_own_token_opens_its_neighbour_and_only_as_a_service(Region region) {
        TestTokens.useKeys(region.options().data().resolve("keys"));
        String api = TestTokens.service("api", "empi");
        Doors.empi().auth().oauth2(api).get("/v1/sources").then().statusCode(200);
        String empi = TestTokens.service("empi", "api");
        Doors.api()
                .auth()
                .oauth2(empi)
                .body(Map.of("events", List.of()))
                .post("/v1/region-events")
                .then()
                .statusCode(200);
        // Of the services, only the index tells what happened in hospitals.
        Doors.api()
                .auth()
                .oauth2(TestTokens.service("notification", "api"))
                .body(Map.of("events", List.of()))
                .post("/v1/region-events")
                .then()
                .statusCode(403);
        Doors.api().auth().oauth2(empi).get("/v1/me").then().statusCode(403);
    }

    @Test
    void the_citizens_door_passes_citizens_routes_only() throws IOException {
        List<Bearer> bearers = bearers();
        List<Route> routes = Stream.of("api", "notification", "empi")
                .flatMap(service -> SecurityTable.of(TABLE, service).stream())
                .toList();
        Set<String> citizens = new TreeSet<>();
        routes.stream()
                .filter(route -> route.role().equals("citizen") || route.open() || route.forAnyToken())
                .forEach(route -> citizens.add(route.name()));
        List<String> wrong = new ArrayList<>();
        for (Route route : routes) {
            if (citizens.contains(route.name())) {
                continue;
            }
            bearers.stream().filter(each -> each.isAllowed(route)).limit(1).forEach(bearer -> {
                int status = RouteCalls.status("mobile-bff", route, bearer.token());
                if (status != 404 && status != 405) {
                    wrong.add(route.name() + " as " + bearer.name() + ": " + status);
                }
            });
        }
        assertThat(wrong).isEmpty();
        for (Route route : routes) {
            if (route.role().equals("citizen")) {
                assertThat(RouteCalls.status("mobile-bff", route, null))
                        .as(route.name())
                        .isEqualTo(401);
            }
        }
    }

    @Test
    void another_s_things_look_like_nothing_and_the_owner_learns_who_tried() {
        Citizen citizen = Citizen.nextWithRealName();
        Citizen stranger = Citizen.nextWithRealName();
        String card = CitizenJourneyTest.regionalCard(citizen);
        String booking = citizen.book(Slots.free("H001").get(0).get("id").toString())
                .then()
                .statusCode(201)
                .extract()
                .jsonPath()
                .getString("id");
        Refusals.sameAsNothing(stranger::api, "POST", "/v1/me/cards/%s/code", card);
        Refusals.sameAsNothing(stranger::api, "POST", "/v1/me/cards/%s/loss", card);
        Refusals.sameAsNothing(stranger::api, "GET", "/v1/appointments/%s", booking);
        Refusals.sameAsNothing(stranger::api, "GET", "/v1/appointments/%s/alternatives", booking);
        Refusals.sameAsNothing(stranger::api, "POST", "/v1/appointments/%s/cancel", booking);
        Refusals.sameAsNothing(
                () -> Clients.as(Clients.find("/partners", "bank")), "GET", "/v1/appointments/%s", booking);
        citizen.api().get("/v1/appointments/" + booking).then().body("status", equalTo("BOOKED"));
        citizen.api()
                .get("/v1/me/cards")
                .then()
                .body("items.find { it.id == '" + card + "' }.status", equalTo("ACTIVE"));
        List<String> denied = citizen.api()
                .get("/v1/me/access-log?limit=100")
                .jsonPath()
                .getList("items.findAll { it.outcome == 'DENIED' }.action");
        assertThat(denied).contains("appointment.read", "appointment.cancel");
    }

    @Test
    void a_login_that_was_ended_is_refused_at_once() {
        Citizen citizen = Citizen.nextWithRealName();
        List<String> own = List.of("/v1/me", "/v1/me/reports", "/v1/me/cards", "/v1/me/appointments", "/v1/me/imaging");
        own.forEach(path -> citizen.api().get(path).then().statusCode(200));
        citizen.api().post("/v1/logout").then().statusCode(204);
        own.forEach(path ->
                assertThat(citizen.api().get(path).statusCode()).as(path).isEqualTo(401));
        Doors.api()
                .body(Map.of("refreshToken", citizen.refreshToken()))
                .post("/v1/login/refresh")
                .then()
                .statusCode(401);

        String agent = Staff.token("agent");
        Doors.api().auth().oauth2(agent).get("/v1/appointments").then().statusCode(200);
        Doors.api().auth().oauth2(agent).post("/v1/logout").then().statusCode(204);
        Doors.api().auth().oauth2(agent).get("/v1/appointments").then().statusCode(401);
    }

    /** Calls every row without and with a token, and tells where it went wrong. */
    private static List<String> walk(BiPredicate<Route, Integer> right, String token) {
        List<String> wrong = new ArrayList<>();
        for (String service : SERVICES) {
            for (Route route : SecurityTable.of(TABLE, service)) {
                int status = RouteCalls.status(route, token);
                if (!right.test(route, status)) {
                    wrong.add(service + " " + route.name() + ": " + status);
                }
            }
        }
        return wrong;
    }

    /** One row of each route that needs a token. */
    private static List<Route> distinct(List<Route> routes) {
        Set<String> seen = new TreeSet<>();
        return routes.stream()
                .filter(route -> !route.open() && seen.add(route.name()))
                .toList();
    }

    /** Names of routes that need a token of a role; ending a session would end the walk. */
    private static Set<String> closed(List<Route> routes) {
        Set<String> names = new TreeSet<>();
        routes.stream()
                .filter(route -> !route.open() && !route.forAnyToken())
                .forEach(route -> names.add(route.name()));
        return names;
    }

    /** Everybody, logged in once for all tests of this class. */
    private static synchronized List<Bearer> bearers() throws IOException {
        if (bearers == null) {
            bearers = logIn();
        }
        return bearers;
    }

    private static List<Bearer> logIn() throws IOException {
        Citizen phoneOnly = Citizen.next();
        phoneOnly.logIn();
        TestPeople person = TestPeople.invent();
        HospitalJourneyTest.register("H001", "A-" + person.idNumber(), person);
        Citizen named = HospitalJourneyTest.loggedIn(person.withAnotherPhone());
        List<Bearer> all = new ArrayList<>();
        all.add(Bearer.citizen(phoneOnly, 0));
        all.add(Bearer.citizen(named, 1));
        all.add(Bearer.citizen(Citizen.nextWithRealName(), 2));
        all.addAll(Bearer.staff());
        all.addAll(Bearer.clients());
        assertThat(phoneOnly.level()).isZero();
        assertThat(named.level()).isEqualTo(1);
        return all;
    }

    private static Set<String> offered(String service) {
        Map<String, Map<String, Object>> paths = RestAssured.given()
                .get(Doors.url(RouteCalls.port(service)) + "/q/openapi?format=json")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getMap("paths");
        Set<String> offered = new TreeSet<>();
        paths.forEach((path, methods) -> methods.keySet().stream()
                .filter(method -> method.matches("get|post|put|patch|delete"))
                .forEach(method -> offered.add(shape(method.toUpperCase(Locale.ROOT) + " " + path))));
        return offered;
    }

    /** Without the names of ids. */
    private static String shape(String route) {
        return route.replaceAll("\\{[^}]+}", "{}");
    }
}
