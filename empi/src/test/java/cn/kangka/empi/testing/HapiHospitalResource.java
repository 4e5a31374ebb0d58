package cn.kangka.empi.testing;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.app.HL7Service;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.protocol.ReceivingApplication;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A hospital, P001, whose interface is HAPI's own server: it subscribes, parses what it gets, and lets HAPI acknowledge it; and
 * it has an endpoint for FHIR messages.
 */
public class HapiHospitalResource implements QuarkusTestResourceLifecycleManager {
    public static final List<Message> RECEIVED = new CopyOnWriteArrayList<>();
    public static final FhirEndpoint ENDPOINT = new FhirEndpoint();
    private final HapiContext context = new DefaultHapiContext();
    private HL7Service server;

    @Override
    public Map<String, String> start() {
        try (ServerSocket free = new ServerSocket(0)) {
            int port = free.getLocalPort();
            free.close();
            context.setValidationContext(ValidationContextFactory.defaultValidation());
            server = context.newServer(port, false);
            server.registerApplication(new Acknowledging());
            server.startAndWait();
            JsonArray sources = new JsonArray(Files.readString(Path.of("src/test/resources/sources.json")));
            sources.add(new JsonObject()
                    .put("id", "P001")
                    .put("name", "HAPI 医院")
                    .put("kind", "HOSPITAL")
                    .put("facility", "P001")
                    .put("application", "HIS")
                    .put("authority", new JsonObject().put("name", "P001").put("oid", "2.999.8.1"))
                    .put("mllpHost", "localhost")
                    .put("mllpPort", port)
                    .put("charset", "UTF-8")
                    .put("bookingMode", "KANGKA_FILLS")
                    .put("fhirEndpoint", "http://localhost:" + ENDPOINT.start() + "/fhir")
                    .put("subscribes", true));
            Path file = Files.createTempFile("sources", ".json");
            Files.writeString(file, sources.encode());
            return Map.of("kangka.hospital.sources-file", file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {
        server.stopAndWait();
        ENDPOINT.stop();
        try {
            context.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Acknowledging implements ReceivingApplication<Message> {
        @Override
        public Message processMessage(Message message, Map<String, Object> metadata) throws HL7Exception {
            RECEIVED.add(message);
            try {
                return message.generateACK();
            } catch (IOException e) {
                throw new HL7Exception(e);
            }
        }

        @Override
        public boolean canProcess(Message message) {
            return true;
        }
    }
}
