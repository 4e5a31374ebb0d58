package cn.kangka.sandbox.dicomweb;

import cn.kangka.sandbox.population.Resident;
import cn.kangka.sandbox.population.Sex;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.format.DateTimeFormatter;

/** The DICOM JSON model (PS3.18 annex F) of studies, series and instances. */
final class DicomJson {
    private static final String CT_IMAGE_STORAGE = "1.2.840.10008.5.1.4.1.1.2";
    static final int SIZE = 256;

    private DicomJson() {}

    static JsonObject study(Study study, String base) {
        Resident patient = study.patient().written();
        JsonObject json = new JsonObject();
        put(json, "00080005", "CS", "ISO_IR 192");
        put(json, "00080020", "DA", study.date().format(DateTimeFormatter.BASIC_ISO_DATE));
        put(json, "00080030", "TM", "103000");
        put(json, "00080050", "SH", "CT" + patient.index());
        put(json, "00080061", "CS", "CT");
        put(json, "00081030", "LO", "头颅CT平扫");
        put(json, "00081190", "UR", base + "/studies/" + study.uid());
        json.put(
                "00100010",
                new JsonObject()
                        .put("vr", "PN")
                        .put("Value", new JsonArray().add(new JsonObject().put("Ideographic", patient.name()))));
        put(json, "00100020", "LO", study.patient().localId());
        put(json, "00100030", "DA", patient.birthDate().format(DateTimeFormatter.BASIC_ISO_DATE));
        put(json, "00100040", "CS", patient.sex() == Sex.MALE ? "M" : "F");
        put(json, "0020000D", "UI", study.uid());
        put(json, "00200010", "SH", "S" + patient.index());
        put(json, "00201206", "IS", 1);
        return put(json, "00201208", "IS", Study.SLICES);
    }

    static JsonObject series(Study study, String base) {
        JsonObject json = new JsonObject();
        put(json, "00080060", "CS", "CT");
        put(json, "0008103E", "LO", "轴位 5mm");
        put(json, "00081190", "UR", base + "/studies/" + study.uid() + "/series/" + study.seriesUid());
        put(json, "0020000D", "UI", study.uid());
        put(json, "0020000E", "UI", study.seriesUid());
        put(json, "00200011", "IS", 1);
        return put(json, "00201209", "IS", Study.SLICES);
    }

    static JsonObject instance(Study study, int slice, String base) {
        String url = base + "/studies/" + study.uid() + "/series/" + study.seriesUid() + "/instances/"
                + study.instanceUid(slice);
        JsonObject json = new JsonObject();
        put(json, "00080016", "UI", CT_IMAGE_STORAGE);
        put(json, "00080018", "UI", study.instanceUid(slice));
        put(json, "00080060", "CS", "CT");
        put(json, "00081190", "UR", url);
        put(json, "0020000D", "UI", study.uid());
        put(json, "0020000E", "UI", study.seriesUid());
        put(json, "00200013", "IS", slice);
        put(json, "00280008", "IS", 1);
        put(json, "00280010", "US", SIZE);
        return put(json, "00280011", "US", SIZE);
    }

    /** Everything but the pixels. */
    static JsonObject metadata(Study study, int slice, String base) {
        JsonObject json = study(study, base).mergeIn(series(study, base)).mergeIn(instance(study, slice, base));
        put(json, "00180050", "DS", 5);
        put(json, "00280002", "US", 1);
        put(json, "00280004", "CS", "MONOCHROME2");
        put(json, "00280100", "US", 8);
        put(json, "00280101", "US", 8);
        put(json, "00280102", "US", 7);
        return put(json, "00280103", "US", 0);
    }

    private static JsonObject put(JsonObject json, String tag, String representation, Object value) {
        return json.put(tag, new JsonObject().put("vr", representation).put("Value", new JsonArray().add(value)));
    }
}
