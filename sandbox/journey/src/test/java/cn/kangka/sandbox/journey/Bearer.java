package cn.kangka.sandbox.journey;

import cn.kangka.sandbox.testing.SecurityTable.Route;
import io.restassured.path.json.JsonPath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Somebody with a token that the region really issued.
 *
 * @param level of a citizen's account; 0 for others
 * @param scopes of a client's token
 */
record Bearer(String name, String role, int level, List<String> scopes, String token) {
    private static final List<String> STAFF =
            List.of("agent", "supervisor", "clerk", "registrar", "editor", "integration", "auditor", "admin");

    static Bearer citizen(Citizen citizen, int level) {
        return new Bearer("citizen of level " + level, "citizen", level, List.of(), citizen.accessToken());
    }

    /** Every member of staff, by password. */
    static List<Bearer> staff() {
        return STAFF.stream()
                .map(role -> new Bearer(role, role, 0, List.of(), Staff.token(role)))
                .toList();
    }

    /** A bank, a terminal, a hospital's system and the service for outside checks, by their own keys. */
    static List<Bearer> clients() {
        List<Bearer> bearers = new ArrayList<>();
        bearers.add(client("partner", Clients.find("/partners", "bank")));
        for (String role : List.of("terminal", "hospital", "service")) {
            bearers.add(client(role, Clients.find("/clients", role)));
        }
        return bearers;
    }

    private static Bearer client(String role, Map<String, Object> client) {
        String token = Clients.token(client);
        String claims = new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8);
        String scopes = new JsonPath(claims).getString("scope");
        return new Bearer(role, role, 0, scopes == null ? List.of() : List.of(scopes.split(" ")), token);
    }

    /** Whether a row of the table lets this one in. */
    boolean isAllowed(Route route) {
        return route.role().equals(role)
                && level >= route.level()
                && (route.scope().isEmpty() || scopes.contains(route.scope()));
    }
}
