package cn.kangka.sandbox.journey;

import java.util.Map;

/** Staff of the sandbox, logged in by password. */
final class Staff {
    private Staff() {}

    static Map<String, Object> find(String role) {
        return Doors.sandbox().get("/agents").jsonPath().getMap("find { it.role == '" + role + "' }");
    }

    /** The one of this name. */
    static Map<String, Object> named(String username) {
        return Doors.sandbox().get("/agents").jsonPath().getMap("find { it.username == '" + username + "' }");
    }

    static String token(String role) {
        Map<String, Object> member = find(role);
        return Doors.api()
                .body(Map.of("username", member.get("username"), "password", member.get("password")))
                .post("/v1/staff/login")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getString("accessToken");
    }
}
