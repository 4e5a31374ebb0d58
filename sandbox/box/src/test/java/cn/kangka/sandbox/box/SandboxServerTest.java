package cn.kangka.sandbox.box;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.sandbox.hl7.Answers;
import cn.kangka.sandbox.hl7.MllpClient;
import cn.kangka.sandbox.region.SandboxSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxServerTest {
    private static final String BOOKING = """
            MSH|^~\\&|KANGKA|EMPI|HIS|%s|20260302100000+0800||%s|B1|P|2.5.1|||||CHN|%s
            %s|018f-1|
            """;

    @TempDir
    static Path folder;

    private static RegionDouble region;
    private static Sandbox sandbox;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        region = new RegionDouble();
        region.status = new JsonObject()
                .put("appliedAt", Instant.now().toString())
                .put("causedAt", Instant.now().plusSeconds(3_600).toString());
        sandbox = Sandbox.start(SandboxSettings.in(folder)
                .withPorts(0, 0)
                .withServices(region.uri(), "127.0.0.1", region.mllp.port(), region.uri())
                .withDemo(true, 400, 6_000));
        sandbox.prepareFiles();
        sandbox.startServers();
        sandbox.seed(step -> {});
        Waiting.until("people are listed", Duration.ofSeconds(20), () -> sandbox.people()
                .isComplete());
    }

    @AfterAll
    static void stop() {
        sandbox.close();
        region.close();
    }

    @Test
    void people_are_adults_with_a_phone_of_their_own_in_a_stable_order() throws Exception {
        JsonArray all = list("/people?limit=1000");
        assertThat(all.size()).isBetween(150, 330);
        Set<String> phones = new HashSet<>();
        for (Object each : all) {
            JsonObject person = (JsonObject) each;
            assertThat(person.fieldNames())
                    .containsExactlyInAnyOrder("name", "idType", "idNumber", "phone", "birthDate", "sex");
            assertThat(phones.add(person.getString("phone"))).isTrue();
        }
        JsonArray part = list("/people?limit=5&offset=10");
        assertThat(part.stream().toList())
                .isEqualTo(all.stream().skip(10).limit(5).toList());
        assertThat(get("/people?limit=ten").statusCode()).isEqualTo(400);
    }

    @Test
    void agents_partners_and_clients_have_what_a_login_needs() throws Exception {
        assertThat(list("/agents").getJsonObject(0).fieldNames()).contains("username", "password", "role");
        JsonArray partners = list("/partners");
        assertThat(partners.stream().map(partner -> ((JsonObject) partner).getString("channel")))
                .containsExactly("bank", "telecom", "web");
        assertThat(partners.getJsonObject(0).getJsonObject("privateKeyJwk").getString("d"))
                .isNotBlank();
        assertThat(partners.getJsonObject(0).getJsonArray("scopes")).contains("slots:read", "appointments:write");
        JsonArray clients = list("/clients");
        assertThat(clients.stream().map(client -> ((JsonObject) client).getString("role")))
                .contains("terminal", "service");
    }

    @Test
    void whoever_is_new_among_the_staff_gets_a_password_and_the_others_keep_theirs() throws Exception {
        Path file = folder.resolve("sandbox/staff.json");
        Map<String, JsonObject> before = byName(Files.readString(file));
        JsonArray older = new JsonArray();
        before.values().stream()
                .filter(member -> !member.getString("username").equals("doctor"))
                .forEach(older::add);
        Files.writeString(file, older.encode());
        sandbox.prepareFiles();

        Map<String, JsonObject> after = byName(Files.readString(file));
        JsonObject doctor = after.remove("doctor");
        assertThat(doctor.getJsonArray("sources")).containsExactly("C001");
        assertThat(doctor.getString("password"))
                .isNotBlank()
                .isNotEqualTo(before.get("doctor").getString("password"));
        before.remove("doctor");
        assertThat(after).isEqualTo(before);
    }

    private static Map<String, JsonObject> byName(String staff) {
        Map<String, JsonObject> members = new LinkedHashMap<>();
        new JsonArray(staff)
                .stream()
                        .map(JsonObject.class::cast)
                        .forEach(member -> members.put(member.getString("username"), member));
        return members;
    }

    @Test
    void keys_and_passwords_survive_a_second_preparation_and_only_public_keys_are_handed_out() throws Exception {
        String staff = Files.readString(folder.resolve("sandbox/staff.json"));
        String clients = Files.readString(folder.resolve("sandbox/clients.json"));
        sandbox.prepareFiles();
        assertThat(Files.readString(folder.resolve("sandbox/staff.json"))).isEqualTo(staff);
        assertThat(Files.readString(folder.resolve("sandbox/clients.json"))).isEqualTo(clients);
        for (Object client : new JsonArray(clients)) {
            assertThat(((JsonObject) client).getJsonObject("jwk").containsKey("d"))
                    .isFalse();
        }
    }

    @Test
    void sources_name_hospitals_centres_and_the_senders_of_public_test_messages() throws Exception {
        JsonArray sources = new JsonArray(Files.readString(folder.resolve("sandbox/sources.json")));
        assertThat(sources).hasSize(7 + 100 + 5 + 14);
        JsonObject national = sources.getJsonObject(110);
        assertThat(national.getString("application")).isEqualTo("NID_AUTH");
        assertThat(national.getJsonObject("authority").getString("oid")).isEqualTo("2.16.840.1.113883.3.72.5.9.9");
        assertThat(national.getJsonObject("authority").getBoolean("citableByAll"))
                .isTrue();
        assertThat(sources.stream()
                        .filter(source ->
                                ((JsonObject) source).getString("charset").equals("GB18030")))
                .hasSize(2);
        assertThat(sources.stream().filter(source -> ((JsonObject) source).getBoolean("acceptsAnyAuthority", false)))
                .hasSize(14);
    }

    @Test
    void hospitals_are_listed_with_their_port_and_state() throws Exception {
        JsonArray hospitals = list("/hospitals");
        assertThat(hospitals).hasSize(7);
        assertThat(hospitals.getJsonObject(0).getInteger("mllpPort"))
                .isEqualTo(sandbox.ports().mllp().get("H001"));
        assertThat(list("/hospitals?all=true")).hasSize(8);
        assertThat(get("/hospitals/H009/messages").statusCode()).isEqualTo(404);
    }

    @Test
    void a_hospital_that_decides_itself_answers_with_its_number_or_its_refusal() throws Exception {
        String ask = BOOKING.formatted("H002", "SRM^S01^SRM_S01", "GB 18030-2000", "ARQ");
        String accepted = ask("H002", ask);
        assertThat(Answers.segmentField(accepted, "MSA", 1)).isEqualTo("AA");
        assertThat(Answers.segmentField(accepted, "SCH", 2)).startsWith("H002-");
        assertThat(Answers.segmentField(ask("H002", ask), "SCH", 2))
                .isEqualTo(Answers.segmentField(accepted, "SCH", 2));
        assertThat(post("/hospitals/H002/mode", "{\"mode\":\"refusing\"}").statusCode())
                .isEqualTo(200);
        assertThat(ask("H002", ask)).contains("|AE|").contains("暂不接受");
        String cancel = BOOKING.formatted("H002", "SRM^S04^SRM_S01", "GB 18030-2000", "ARQ");
        assertThat(Answers.segmentField(ask("H002", cancel), "MSA", 1)).isEqualTo("AA");
        assertThat(post("/hospitals/H002/mode", "{\"mode\":\"up\"}").statusCode())
                .isEqualTo(200);
        assertThat(post("/hospitals/H002/mode", "{\"mode\":\"asleep\"}").statusCode())
                .isEqualTo(422);
    }

    @Test
    void a_hospital_that_is_down_refuses_connections_until_it_is_up_again() throws Exception {
        String inform = BOOKING.formatted("H003", "SIU^S12^SIU_S12", "UNICODE UTF-8", "SCH");
        assertThat(post("/hospitals/H003/mode", "{\"mode\":\"down\"}").statusCode())
                .isEqualTo(200);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> ask("H003", inform))
                .isInstanceOf(IOException.class);
        assertThat(post("/hospitals/H003/mode", "{\"mode\":\"up\"}").statusCode())
                .isEqualTo(200);
        assertThat(Answers.segmentField(ask("H003", inform), "MSA", 1)).isEqualTo("AA");
    }

    @Test
    void a_result_is_sent_when_asked_for() throws Exception {
        String registration = region.messages().stream()
                .filter(message -> Answers.field(message, 9).equals("R0.0"))
                .findFirst()
                .orElseThrow();
        String hospital = Answers.field(registration, 3);
        String idNumber = list("/people?limit=1").getJsonObject(0).getString("idNumber");
        HttpResponse<String> sent = post(
                "/hospitals/" + hospital + "/results",
                new JsonObject()
                        .put("idNumber", idNumber)
                        .put("panel", "lipids")
                        .encode());
        assertThat(sent.statusCode()).isEqualTo(200);
        JsonObject answer = new JsonObject(sent.body());
        assertThat(answer.getString("ack")).isEqualTo("AA");
        assertThat(region.messages())
                .anyMatch(message -> Answers.segmentField(message, "OBR", 3).equals(answer.getString("report"))
                        && Answers.segmentField(message, "OBX", 3).equals("14647-2^总胆固醇^LN"));
        assertThat(post("/hospitals/" + hospital + "/results", "{\"idNumber\":\"1\"}")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void life_goes_on_at_its_pace() throws InterruptedException {
        int before = region.mllp.received().size();
        sandbox.live();
        Waiting.until(
                "ten messages of everyday life",
                Duration.ofSeconds(20),
                () -> region.mllp.received().size() > before + 10);
    }

    @Test
    void sms_and_pushes_can_be_read() throws Exception {
        post("/sms", "{\"to\":\"13900000001\",\"text\":\"123456\",\"id\":\"1\"}");
        assertThat(list("/sms?phone=13900000001").getJsonObject(0).getString("text"))
                .isEqualTo("123456");
        assertThat(list("/push?token=none")).isEmpty();
    }

    @Test
    void the_page_is_there() throws Exception {
        HttpResponse<String> page = get("/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("lang=\"zh-CN\"");
        assertThat(get("/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void the_archive_lists_a_patients_study_and_shows_its_picture() throws Exception {
        String registration = region.messages().stream()
                .filter(message -> Answers.field(message, 9).equals("R0.0"))
                .findFirst()
                .orElseThrow();
        String hospital = Answers.field(registration, 3);
        String localId = Answers.segmentField(registration, "PID", 3).split("\\^")[0];
        String base = "/pacs/" + hospital + "/dicom-web/studies";
        JsonArray studies = list(base + "?PatientID=" + localId);
        assertThat(studies).hasSize(1);
        assertThat(value(studies.getJsonObject(0), "00100020")).isEqualTo(localId);
        String study = base + "/" + value(studies.getJsonObject(0), "0020000D");
        JsonObject series = list(study + "/series").getJsonObject(0);
        String instances = study + "/series/" + value(series, "0020000E") + "/instances";
        assertThat(list(instances)).hasSize(5);
        String instance = instances + "/" + value(list(instances).getJsonObject(2), "00080018");
        assertThat(value(list(instance + "/metadata").getJsonObject(0), "00280004"))
                .isEqualTo("MONOCHROME2");
        HttpResponse<byte[]> picture = HTTP.send(
                HttpRequest.newBuilder(uri(instance + "/rendered"))
                        .header("Accept", "image/png")
                        .build(),
                BodyHandlers.ofByteArray());
        assertThat(picture.headers().firstValue("content-type")).contains("image/png");
        assertThat(ImageIO.read(new ByteArrayInputStream(picture.body())).getWidth())
                .isEqualTo(256);
        assertThat(list(base + "?PatientID=19999999")).isEmpty();
        assertThat(get(base + "/2.999.1/series").statusCode()).isEqualTo(404);
        List<String> others = List.of("H001", "H002", "H003", "H004", "H005", "H006", "H007");
        String other = others.get((others.indexOf(hospital) + 1) % others.size());
        assertThat(get(instance.replace(hospital, other) + "/rendered").statusCode())
                .isEqualTo(404);
    }

    private static Object value(JsonObject dataset, String tag) {
        return dataset.getJsonObject(tag).getJsonArray("Value").getValue(0);
    }

    private static String ask(String hospital, String message) throws IOException {
        Charset charset = Charset.forName(hospital.equals("H002") ? "GB18030" : "UTF-8");
        try (MllpClient client =
                MllpClient.connect("127.0.0.1", sandbox.ports().mllp().get(hospital), Duration.ofSeconds(5), charset)) {
            return client.send(message);
        }
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + sandbox.ports().http() + path);
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private static JsonArray list(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        return new JsonArray(answer.body());
    }

    private static HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(uri(path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }
}
