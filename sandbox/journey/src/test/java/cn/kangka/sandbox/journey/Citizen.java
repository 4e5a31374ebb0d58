package cn.kangka.sandbox.journey;

import static org.awaitility.Awaitility.await;

import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A demo person with the app in hand: everything goes over the doors that the app uses. */
final class Citizen {
    private static final Pattern SIX_DIGITS = Pattern.compile("(?<!\\d)\\d{6}(?!\\d)");
    /** Each journey takes people of its own from the list, so that journeys don't disturb each other. */
    private static final AtomicInteger NEXT = new AtomicInteger(40);

    final Map<String, String> person;
    private String accessToken;
    private String refreshToken;

    private Citizen(Map<String, String> person) {
        this.person = person;
    }

    /** The next demo person that no journey has used. */
    static Citizen next() {
        return at(NEXT.getAndIncrement());
    }

    /** The demo person at a position of the sandbox's stable list. */
    static Citizen at(int offset) {
        List<Map<String, String>> people = await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> Doors.sandbox()
                                .get("/people?limit=1&offset=" + offset)
                                .jsonPath()
                                .getList(""),
                        list -> !list.isEmpty());
        return new Citizen(people.get(0));
    }

    /** Somebody whom a test registered at a hospital. */
    static Citizen of(TestPeople person) {
        return new Citizen(person.asListed());
    }

    /** Logs in by phone code and proves who they are: level 2. */
    static Citizen nextWithRealName() {
        Citizen citizen = next();
        citizen.logIn();
        citizen.proveIdentity();
        return citizen;
    }

    String phone() {
        return person.get("phone");
    }

    void logIn() {
        Doors.api()
                .body(Map.of("phone", phone()))
                .post("/v1/login/codes")
                .then()
                .statusCode(202);
        keep(Doors.api()
                .body(Map.of("phone", phone(), "code", newestCode()))
                .post("/v1/login")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath());
    }

    /** The newest code that came by SMS. */
    String newestCode() {
        String text = await().atMost(Duration.ofSeconds(10))
                .until(
                        () -> Doors.sandbox()
                                .get("/sms?phone=" + phone())
                                .jsonPath()
                                .getString("[0].text"),
                        each -> each != null);
        Matcher digits = SIX_DIGITS.matcher(text);
        if (!digits.find()) {
            throw new AssertionError("no code in the SMS");
        }
        String code = digits.group();
        if (digits.find()) {
            throw new AssertionError("more than one run of six digits in the SMS");
        }
        return code;
    }

    void proveIdentity() {
        Doors.api()
                .header("Authorization", "Bearer " + accessToken)
                .body(Map.of(
                        "name", person.get("name"),
                        "idType", person.get("idType"),
                        "idNumber", person.get("idNumber")))
                .post("/v1/me/identity")
                .then()
                .statusCode(200);
        refresh();
    }

    /** For a person who was registered a moment ago; a wrong try would count, so only the index is waited for. */
    void proveIdentityOnce() {
        if (level() < 2) {
            proveIdentity();
        }
    }

    int level() {
        return api().get("/v1/me").jsonPath().getInt("level");
    }

    void refresh() {
        keep(Doors.api()
                .body(Map.of("refreshToken", refreshToken))
                .post("/v1/login/refresh")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath());
    }

    private void keep(JsonPath tokens) {
        accessToken = tokens.getString("accessToken");
        refreshToken = tokens.getString("refreshToken");
    }

    /** Goes on with a login that was made elsewhere, such as in a browser. */
    void useToken(String token) {
        accessToken = token;
    }

    String accessToken() {
        return accessToken;
    }

    String refreshToken() {
        return refreshToken;
    }

    RequestSpecification api() {
        return Doors.api().auth().oauth2(accessToken);
    }

    RequestSpecification bff() {
        return Doors.bff().auth().oauth2(accessToken);
    }

    RequestSpecification notification() {
        return Doors.notification().auth().oauth2(accessToken);
    }

    /** An adult agrees that this citizen books for them; their person id. */
    String caresFor(Citizen relative) {
        String id = api().body(Map.of(
                        "name", relative.person.get("name"),
                        "idType", relative.person.get("idType"),
                        "idNumber", relative.person.get("idNumber"),
                        "relation", "PARENT",
                        "phone", relative.phone()))
                .post("/v1/me/dependants")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        api().body(Map.of("code", relative.newestCode()))
                .post("/v1/me/dependants/" + id + "/agreement")
                .then()
                .statusCode(200);
        return dependant();
    }

    /** The person id of the only one for whom this citizen books. */
    String dependant() {
        return api().get("/v1/me/dependants").jsonPath().getString("items[0].person");
    }

    /** Books a slot; the caller looks at the answer. */
    io.restassured.response.Response book(String slot) {
        return api().header("Idempotency-Key", UUID.randomUUID().toString())
                .body(Map.of("slotId", slot))
                .post("/v1/appointments");
    }
}
