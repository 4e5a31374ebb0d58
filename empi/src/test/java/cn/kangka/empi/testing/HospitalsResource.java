package cn.kangka.empi.testing;

import cn.kangka.sandbox.hl7.HospitalDouble;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Hospitals that listen on real sockets, beside the sources of {@code sources.json}: K001 and K003 let us fill
 * their appointments, K002 fills its own and speaks GB18030. P001 speaks by HAPI, and has an endpoint for FHIR messages.
 */
public class HospitalsResource implements QuarkusTestResourceLifecycleManager {
    public static final HospitalDouble K001 = HospitalDouble.start();
    public static final HospitalDouble K002 = HospitalDouble.start(0, Charset.forName("GB18030"));
    public static final HospitalDouble K003 = HospitalDouble.start(0, StandardCharsets.UTF_8);

    /** HAPI's own server. */
    public static final HapiHospital P001 = HapiHospital.start();

    /** Where P001 has FHIR messages sent. */
    public static final FhirEndpoint ENDPOINT = new FhirEndpoint();

    @Override
    public Map<String, String> start() {
        try {
            JsonArray sources = new JsonArray(Files.readString(Path.of("src/test/resources/sources.json")));
            sources.add(hospital("K001", K001.port(), "UTF-8", "KANGKA_FILLS"));
            sources.add(hospital("K002", K002.port(), "GB18030", "HOSPITAL_FILLS"));
            sources.add(hospital("K003", K003.port(), "UTF-8", "KANGKA_FILLS"));
            sources.add(hospital("P001", P001.port(), "UTF-8", "KANGKA_FILLS")
                    .put("fhirEndpoint", "http://localhost:" + ENDPOINT.start() + "/fhir"));
            Path file = Files.createTempFile("sources", ".json");
            Files.writeString(file, sources.encode());
            return Map.of("kangka.hospital.sources-file", file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonObject hospital(String id, int port, String charset, String mode) {
        return new JsonObject()
                .put("id", id)
                .put("name", id + " 医院")
                .put("kind", "HOSPITAL")
                .put("facility", id)
                .put("application", "HIS")
                .put("authority", new JsonObject().put("name", id).put("oid", "2.999.9." + id.substring(1)))
                .put("mllpHost", "localhost")
                .put("mllpPort", port)
                .put("charset", charset)
                .put("bookingMode", mode)
                .put("subscribes", false);
    }

    @Override
    public void stop() {
        // Daemon threads; they end with the run.
    }
}
