package cn.kangka.sandbox.dicomweb;

import cn.kangka.sandbox.region.DemoRegion;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.LocalDate;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * The routes of DICOMweb: QIDO-RS searches, WADO-RS metadata and rendered pictures. Each hospital's below
 * {@code /pacs/<source>/dicom-web}, all together below {@code /dicom-web}. DICOM files themselves are not served.
 */
public final class PictureArchive {
    private static final String DICOM_JSON = "application/dicom+json; charset=utf-8";
    private static final String STUDIES = "/studies";
    private static final String STUDY = STUDIES + "/:study";
    private static final String SERIES = STUDY + "/series";
    private static final String INSTANCES = SERIES + "/:series/instances";
    private static final String INSTANCE = INSTANCES + "/:instance";
    private static final int MOST = 200;

    private final Studies studies;

    private PictureArchive(Studies studies) {
        this.studies = studies;
    }

    /** Adds the routes. */
    public static void mount(Router router, DemoRegion region, LocalDate firstDay) {
        PictureArchive archive = new PictureArchive(new Studies(region, firstDay));
        archive.routes(router, "/dicom-web");
        archive.routes(router, "/pacs/:source/dicom-web");
    }

    private void routes(Router router, String base) {
        router.get(base + STUDIES).handler(this::searchStudies);
        router.get(base + STUDY + "/metadata").handler(context -> each(context, DicomJson::study, true));
        router.get(base + SERIES).handler(context -> each(context, DicomJson::series, false));
        router.get(base + SERIES + "/:series/metadata").handler(context -> each(context, DicomJson::series, true));
        router.get(base + INSTANCES).handler(context -> each(context, null, false));
        router.get(base + STUDY + "/instances").handler(context -> each(context, null, false));
        router.get(base + INSTANCE + "/metadata").handler(this::instanceMetadata);
        router.get(base + INSTANCE + "/rendered").handler(this::rendered);
        router.get(base + INSTANCE + "/frames/1/rendered").handler(this::rendered);
    }

    private void searchStudies(RoutingContext context) {
        String patient = parameter(context, "PatientID", "00100020");
        String uid = parameter(context, "StudyInstanceUID", "0020000D");
        JsonArray found = new JsonArray();
        studies.find(context.pathParam("source"), patient, uid).stream()
                .skip(number(context, "offset", 0))
                .limit(Math.min(MOST, number(context, "limit", MOST)))
                .forEach(study -> found.add(DicomJson.study(study, base(context))));
        answer(context, found);
    }

    /** Series or instances of a study, or the metadata of all its instances. */
    private void each(RoutingContext context, BiFunction<Study, String, JsonObject> series, boolean metadata) {
        List<Study> found = studies.find(context.pathParam("source"), null, context.pathParam("study"));
        if (found.isEmpty()) {
            context.fail(404);
            return;
        }
        Study study = found.get(0);
        JsonArray all = new JsonArray();
        if (series != null && !metadata) {
            all.add(series.apply(study, base(context)));
        } else {
            IntStream.rangeClosed(1, Study.SLICES)
                    .mapToObj(slice -> metadata
                            ? DicomJson.metadata(study, slice, base(context))
                            : DicomJson.instance(study, slice, base(context)))
                    .forEach(all::add);
        }
        answer(context, all);
    }

    private void instanceMetadata(RoutingContext context) {
        withSlice(
                context,
                (study, slice) ->
                        answer(context, new JsonArray().add(DicomJson.metadata(study, slice, base(context)))));
    }

    private void rendered(RoutingContext context) {
        String accept = String.valueOf(context.request().getHeader(HttpHeaders.ACCEPT));
        String format = accept.contains("png") ? "png" : "jpeg";
        withSlice(context, (study, slice) -> context.vertx()
                .executeBlocking(() -> Buffer.buffer(Phantom.picture(DicomJson.SIZE, slice, format)), false)
                .onSuccess(picture -> context.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "image/" + format)
                        .end(picture))
                .onFailure(context::fail));
    }

    /** What is done with an instance. */
    private interface SliceAction {
        void on(Study study, int slice);
    }

    private void withSlice(RoutingContext context, SliceAction action) {
        List<Study> found = studies.find(context.pathParam("source"), null, context.pathParam("study"));
        int slice = found.isEmpty() ? 0 : found.get(0).slice(context.pathParam("instance"));
        if (slice == 0) {
            context.fail(404);
        } else {
            action.on(found.get(0), slice);
        }
    }

    private static String parameter(RoutingContext context, String keyword, String tag) {
        String value = context.queryParams().get(keyword);
        return value == null ? context.queryParams().get(tag) : value;
    }

    private static int number(RoutingContext context, String name, int otherwise) {
        String value = context.queryParams().get(name);
        return value != null && value.matches("\\d{1,6}") ? Integer.parseInt(value) : otherwise;
    }

    private static String base(RoutingContext context) {
        String uri = context.request().absoluteURI();
        return uri.substring(0, uri.indexOf("/dicom-web") + "/dicom-web".length());
    }

    private static void answer(RoutingContext context, JsonArray body) {
        context.response().putHeader(HttpHeaders.CONTENT_TYPE, DICOM_JSON).end(body.encode());
    }
}
