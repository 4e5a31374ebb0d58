package cn.kangka.api.testing;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody with a phone, who logs in and proves a name through the real doors, {@link Neighbours} answering. */
public final class Citizen {
    private static final Pattern CODE = Pattern.compile("\"code\":\"(\\d{6})\"");

    public final String phone;
    private String accessToken;
    private String refreshToken;
    private UUID account;

    private Citizen(String phone) {
        this.phone = phone;
    }

    /** Logged in for the first time: level 0. */
    public static Citizen loggedIn() {
        return loggedIn(Phones.next());
    }

    public static Citizen loggedIn(String phone) {
        Citizen citizen = new Citizen(phone);
        String before = newestCode(phone);
        askForCode(phone).then().statusCode(202);
        String code = Eventually.get("a new code", () -> {
            String newest = newestCode(phone);
            return newest == null || newest.equals(before) ? null : newest;
        });
        citizen.take(tryLogin(phone, code));
        return citizen;
    }

    /** With a real name: the fake index says that this is {@code person}, at {@code level}. */
    public static Citizen named(UUID person, int level) {
        Citizen citizen = loggedIn();
        indexKnows(citizen.phone, person, level);
        citizen.claim("张伟", "110101199003070011").then().statusCode(200);
        return citizen;
    }

    /** From now on the fake index confirms whoever claims with this phone. */
    public static void indexKnows(String phone, UUID person, int level) {
        Neighbours.EMPI.answer(
                "POST",
                "/v1/persons/claim",
                asked -> asked.body().contains(phone),
                asked -> new Neighbours.Answer(200, "{\"person\":\"" + person + "\",\"level\":" + level + "}"));
    }

    public static Response askForCode(String phone) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("phone", phone))
                .post("/v1/login/codes");
    }

    public static Response tryLogin(String phone, String code) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("phone", phone, "code", code))
                .post("/v1/login");
    }

    /** The newest code that notification was asked to send to this phone. */
    public static String codeSentTo(String phone) {
        return Eventually.get("a code for the phone", () -> newestCode(phone));
    }

    private static String newestCode(String phone) {
        return Neighbours.NOTIFICATION.asked("POST", "/v1/notices").stream()
                .filter(asked -> asked.body().contains("\"phone\":\"" + phone + "\""))
                .map(asked -> CODE.matcher(asked.body()))
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .reduce((first, last) -> last)
                .orElse(null);
    }

    public Response claim(String name, String idNumber) {
        return call().contentType(ContentType.JSON)
                .body(Map.of("name", name, "idType", "RESIDENT_ID", "idNumber", idNumber))
                .post("/v1/me/identity");
    }

    public Response refresh() {
        Response answer = refresh(refreshToken);
        if (answer.statusCode() == 200) {
            take(answer);
        }
        return answer;
    }

    public static Response refresh(String refreshToken) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("refreshToken", refreshToken))
                .post("/v1/login/refresh");
    }

    /** A request with this citizen's token. */
    public RequestSpecification call() {
        return given().auth().oauth2(accessToken);
    }

    public UUID account() {
        return account;
    }

    public String accessToken() {
        return accessToken;
    }

    public String refreshToken() {
        return refreshToken;
    }

    private void take(Response answer) {
        JsonPath tokens = answer.then().statusCode(200).extract().jsonPath();
        accessToken = tokens.getString("accessToken");
        refreshToken = tokens.getString("refreshToken");
        account = UUID.fromString(Tokens.claims(accessToken).getString("sub"));
    }
}
