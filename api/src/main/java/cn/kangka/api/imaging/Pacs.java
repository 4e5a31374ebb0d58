package cn.kangka.api.imaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.core.http.HttpClient;
import io.vertx.mutiny.core.http.HttpClientRequest;
import io.vertx.mutiny.core.http.HttpClientResponse;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.util.TypeLiteral;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Speaks DICOMweb (PS3.18: QIDO-RS, WADO-RS rendered) with hospitals' picture archives. */
@ApplicationScoped
class Pacs {
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int NOT_FOUND = 404;
    private static final String DICOM_JSON = "application/dicom+json";
    private static final String JPEG = "image/jpeg";
    private static final Set<String> PICTURES = Set.of(JPEG, "image/png");
    private static final int WAITING_PER_CONNECTION = 8;

    /** Where an archive is: the hospital's id and the base address of its DICOMweb. */
    record Archive(String source, String base) {}

    private final HttpClient http;
    private final PacsGuards guards;
    private final ObjectMapper json;
    private final ImagingConfig config;

    Pacs(Vertx vertx, PacsGuards guards, ObjectMapper json, ImagingConfig config) {
        this.guards = guards;
        this.json = json;
        this.config = config;
        this.http = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout((int) config.timeout().toMillis())
                        .setIdleTimeout((int) config.timeout().toMillis() * 2)
                        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                        .setMaxWaitQueueSize(config.connections() * WAITING_PER_CONNECTION),
                new PoolOptions().setHttp1MaxSize(config.connections()));
    }

    @PreDestroy
    void close() {
        http.closeAndForget();
    }

    /** The patient's studies. */
    Uni<List<PacsStudy>> studies(Archive archive, String patientId) {
        String query = "/studies?PatientID=" + URLEncoder.encode(patientId, UTF_8) + "&limit=" + config.mostStudies()
                + "&includefield="
                + String.join("&includefield=", Dicom.STUDY_DESCRIPTION, Dicom.MODALITIES, Dicom.IMAGES);
        return list(archive, query).map(answer -> PacsStudy.of(answer, patientId));
    }

    /** The study's images. */
    Uni<List<PacsInstance>> instances(Archive archive, String studyUid, String patientId) {
        return list(archive, "/studies/" + studyUid + "/instances?includefield=" + Dicom.PATIENT_ID)
                .map(answer -> PacsInstance.of(answer, studyUid, patientId));
    }

    /** The study's series, as the archive tells them. */
    Uni<JsonNode> series(Archive archive, String studyUid) {
        return list(archive, "/studies/" + studyUid + "/series?includefield=" + Dicom.SERIES_DESCRIPTION);
    }

    private Uni<JsonNode> list(Archive archive, String path) {
        return guards.call(archive.source(), new TypeLiteral<Uni<JsonNode>>() {}, () -> get(archive, path, DICOM_JSON)
                .flatMap(response -> response.statusCode() == NO_CONTENT
                        ? Uni.createFrom().item(json.createArrayNode())
                        : bounded(response.toMulti().map(Buffer::getBytes), config.largestList())
                                .collect()
                                .in(io.vertx.core.buffer.Buffer::buffer, io.vertx.core.buffer.Buffer::appendBytes)
                                .map(this::parse)));
    }

    private JsonNode parse(io.vertx.core.buffer.Buffer body) {
        try {
            return json.readTree(body.getBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * An image as a picture.
     *
     * @param edge longest edge in pixels; 0 for the whole
     */
    Uni<Picture> picture(Archive archive, String studyUid, PacsInstance image, int edge) {
        String path = "/studies/" + studyUid + "/series/" + image.seriesUid() + "/instances/" + image.uid()
                + "/rendered" + (edge == 0 ? "" : "?viewport=" + edge + "," + edge);
        return guards.call(archive.source(), new TypeLiteral<Uni<Picture>>() {}, () -> get(archive, path, JPEG)
                .map(this::picture));
    }

    private Picture picture(HttpClientResponse response) {
        String type = String.valueOf(response.getHeader("Content-Type"))
                .replaceFirst(";.*", "")
                .strip();
        String length = response.getHeader("Content-Length");
        Long bytes = length == null ? null : Long.valueOf(length);
        if (!PICTURES.contains(type) || bytes != null && bytes > config.largestPicture()) {
            response.request().reset();
            throw new IllegalStateException("not a picture, or too large");
        }
        return new Picture(type, bounded(response.toMulti().map(Buffer::getBytes), config.largestPicture()));
    }

    /** The answer's head; the body is held back until somebody reads it. */
    private Uni<HttpClientResponse> get(Archive archive, String path, String accept) {
        RequestOptions request = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(archive.base() + path)
                .putHeader("Accept", accept);
        return http.request(request)
                .flatMap(HttpClientRequest::send)
                .invoke(HttpClientResponse::pause)
                .invoke(Pacs::check);
    }

    private static void check(HttpClientResponse response) {
        int status = response.statusCode();
        if (status == OK || status == NO_CONTENT) {
            return;
        }
        response.request().reset();
        if (status == NOT_FOUND) {
            throw new NoSuchPicture();
        }
        throw new IllegalStateException("the archive answers " + status);
    }

    private static Multi<byte[]> bounded(Multi<byte[]> bytes, long most) {
        return Multi.createFrom().deferred(() -> {
            AtomicLong sum = new AtomicLong();
            return bytes.invoke(chunk -> {
                if (sum.addAndGet(chunk.length) > most) {
                    throw new IllegalStateException("the archive sends more than is taken");
                }
            });
        });
    }
}
