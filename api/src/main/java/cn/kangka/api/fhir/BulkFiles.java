package cn.kangka.api.fhir;

import cn.kangka.api.fhir.BulkPublication.Kind;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.stream.Stream;

/**
 * Sends the published files of {@link BulkResource} as they lie compressed here, a part after the other as the client takes
 * them: however many fetch however slowly, a file is in memory once.
 */
@ApplicationScoped
class BulkFiles {
    private static final String PATH = "/fhir/bulk/(?<hospital>[^/]+)/(?<kind>Location|Schedule|Slot)\\.ndjson";
    static final String NDJSON = "application/fhir+ndjson";
    private static final String GZIP = "gzip";
    private static final int NOT_MODIFIED = 304;

    private final BulkPublication publication;

    BulkFiles(BulkPublication publication) {
        this.publication = publication;
    }

    void register(@Observes Router router) {
        router.routeWithRegex(PATH)
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .order(-1)
                .handler(this::send);
    }

    private void send(RoutingContext request) {
        Context here = request.vertx().getOrCreateContext();
        publication
                .file(request.pathParam("hospital"), Kind.valueOf(request.pathParam("kind")))
                .subscribe()
                .with(file -> here.runOnContext(now -> send(request, file)), failure -> request.next());
    }

    private void send(RoutingContext request, BulkFile file) {
        HttpServerResponse response = request.response();
        publication.caching(file.tag()).forEach(response::putHeader);
        if (same(file.tag(), request.request().getHeader(HttpHeaderNames.IF_NONE_MATCH))) {
            response.setStatusCode(NOT_MODIFIED).end();
            return;
        }
        boolean zipped = takesGzip(request.request().getHeader(HttpHeaderNames.ACCEPT_ENCODING));
        if (zipped) {
            response.putHeader(HttpHeaderNames.CONTENT_ENCODING, GZIP);
        }
        response.putHeader(HttpHeaderNames.CONTENT_TYPE, NDJSON);
        if (HttpMethod.HEAD.equals(request.request().method())) {
            response.end();
            return;
        }
        response.setChunked(true);
        Multi<Buffer> parts = zipped ? file.zippedParts() : file.plain();
        parts.onItem()
                .transformToUniAndConcatenate(part -> Uni.createFrom()
                        .completionStage(() -> response.write(part).toCompletionStage()))
                .onItem()
                .ignoreAsUni()
                .subscribe()
                .with(sent -> response.end(), gone -> response.reset());
    }

    private static boolean takesGzip(String takes) {
        return takes != null
                && Stream.of(takes.split(","))
                        .map(String::strip)
                        .anyMatch(each -> each.startsWith(GZIP) && !each.matches(".*q=0(\\.0*)?"));
    }

    /** Whether that is the version that the client has (If-None-Match). */
    static boolean same(String tag, String known) {
        return known != null && known.contains("\"" + tag + "\"");
    }
}
