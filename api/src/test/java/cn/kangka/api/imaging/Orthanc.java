package cn.kangka.api.imaging;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Starts Debian's Orthanc in a folder of its own, on free ports. ORTHANC and ORTHANC_DICOMWEB may say where it is. */
final class Orthanc {
    private static final List<String> BINARIES = List.of("/usr/sbin/Orthanc", "/usr/bin/Orthanc");
    private static final List<String> PLUGINS =
            List.of("/usr/share/orthanc/plugins/libOrthancDicomWeb.so", "/usr/lib/orthanc/libOrthancDicomWeb.so");

    private final Process process;
    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();

    private Orthanc(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static boolean installed() {
        return find("ORTHANC", BINARIES) != null && find("ORTHANC_DICOMWEB", PLUGINS) != null;
    }

    private static Path find(String variable, List<String> usual) {
        return Stream.concat(Stream.ofNullable(System.getenv(variable)), usual.stream())
                .map(Path::of)
                .filter(Files::exists)
                .findFirst()
                .orElse(null);
    }

    static Orthanc start(Path folder) {
        try {
            int port = freePort();
            Path config = Files.writeString(
                    folder.resolve("orthanc.json"),
                    new JsonObject()
                            .put("StorageDirectory", folder.toString())
                            .put("IndexDirectory", folder.toString())
                            .put("HttpPort", port)
                            .put("DicomServerEnabled", false)
                            .put("RemoteAccessAllowed", false)
                            .put("AuthenticationEnabled", false)
                            .put("DefaultEncoding", "Utf8")
                            .put(
                                    "Plugins",
                                    new JsonArray()
                                            .add(Objects.requireNonNull(find("ORTHANC_DICOMWEB", PLUGINS))
                                                    .toString()))
                            .encode());
            Process process = new ProcessBuilder(
                            Objects.requireNonNull(find("ORTHANC", BINARIES)).toString(), config.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("orthanc.log").toFile())
                    .start();
            Orthanc orthanc = new Orthanc(process, port);
            cn.kangka.api.testing.Clinic.eventually(orthanc::ready);
            return orthanc;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private boolean ready() {
        try {
            return send(HttpRequest.newBuilder(URI.create(base() + "/studies"))
                                    .header("Accept", "application/dicom+json")
                                    .build())
                            .statusCode()
                    == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    String base() {
        return "http://localhost:" + port + "/dicom-web";
    }

    /** Stores a DICOM file by Orthanc's own REST interface. */
    void store(byte[] file) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/instances"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(file))
                .build();
        HttpResponse<String> answer;
        try {
            answer = send(request);
        } catch (UncheckedIOException closed) {
            // Orthanc closes an idle connection after a second, maybe just now; storing twice stores once.
            answer = send(request);
        }
        if (answer.statusCode() != 200) {
            throw new AssertionError("Orthanc refuses the file: " + answer.body());
        }
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    void stop() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
