package cn.kangka.empi.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * MLLP over TLS, and hospitals that identify themselves: L001 by a certificate, L002 and L003 by one that they share, L004
 * by a port, L005 by a port and a certificate.
 */
public final class Lines implements QuarkusTestResourceLifecycleManager {
    private static Path folder;
    private static Certificates strangers;
    private static Certificates authority;
    private static int plainPort;
    private static int securePort;

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("kangka-lines");
            authority = new Certificates(folder, "region");
            plainPort = freePort();
            securePort = freePort();
            JsonArray sources = new JsonArray(Files.readString(Path.of("src/test/resources/sources.json")))
                    .add(source("L001").put("certificate", "his.l001.test"))
                    .add(source("L002").put("certificate", "line.test"))
                    .add(source("L003").put("certificate", "line.test"))
                    .add(source("L004").put("receivePort", plainPort))
                    .add(source("L005").put("receivePort", securePort).put("certificate", "his.l005.test"));
            Path file = Files.writeString(folder.resolve("sources.json"), sources.encode());
            return Map.of(
                    "kangka.hospital.sources-file",
                    file.toString(),
                    "kangka.mllp.tls-port",
                    "0",
                    "quarkus.tls.mllp.key-store.p12.path",
                    authority.issue("empi", "localhost").toString(),
                    "quarkus.tls.mllp.key-store.p12.password",
                    Certificates.PASSWORD,
                    "quarkus.tls.mllp.trust-store.p12.path",
                    authority.trust().toString(),
                    "quarkus.tls.mllp.trust-store.p12.password",
                    Certificates.PASSWORD);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonObject source(String id) {
        return new JsonObject()
                .put("id", id)
                .put("name", id)
                .put("facility", id)
                .put("application", "HIS")
                .put("authority", new JsonObject().put("name", id))
                .put("mllpPort", 0);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Whom the server trusts, and who issued its certificate. */
    public static Certificates authority() {
        return authority;
    }

    /** Another one, whom nobody trusts. */
    public static synchronized Certificates strangers() {
        if (strangers == null) {
            strangers = new Certificates(folder, "strangers");
        }
        return strangers;
    }

    /** Of L004. */
    public static int plainPort() {
        return plainPort;
    }

    /** Of L005. */
    public static int securePort() {
        return securePort;
    }

    @Override
    public void stop() {
        // The folder is a temporary one.
    }
}
