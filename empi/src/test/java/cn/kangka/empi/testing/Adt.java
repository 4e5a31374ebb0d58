package cn.kangka.empi.testing;

import cn.kangka.empi.identity.ResidentId;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Messages as the region's hospitals write them. */
public final class Adt {
    private static final AtomicInteger SEQUENCE = new AtomicInteger();

    private Adt() {}

    /** A resident id that nobody had before, with a right check character. */
    public static String residentId(String birth) {
        String body = "330102" + birth + String.format("%03d", SEQUENCE.incrementAndGet() % 1000);
        return body + ResidentId.check(body);
    }

    /** A phone that nobody had before, and no neighbour of one. */
    public static String phone() {
        return "139" + String.format("%08d", SEQUENCE.incrementAndGet() * 38_196_601L % 100_000_000L);
    }

    /** A control id that nobody had before. */
    public static String control() {
        return UUID.randomUUID().toString().substring(0, 20);
    }

    /** A header of an ADT event. */
    public static String header(String source, String trigger, String control) {
        String application = source.startsWith("C") ? "CENTRE" : "HIS";
        return "MSH|^~\\&|" + application + "|" + source + "|KANGKA|REGION|20261101080000||ADT^" + trigger + "|"
                + control + "|P|2.5.1||||||UNICODE UTF-8\rEVN|" + trigger + "|20261101080000\r";
    }

    /** A PID with the local id, a resident id, a Chinese name and a phone. */
    public static String pid(
            String source, String localId, String residentId, String name, String birth, String phone) {
        return new Patient(name, birth, "M", residentId, phone, "人民路1号").pid(source, localId);
    }

    /** A whole registration. */
    public static String register(
            String source, String trigger, String localId, String residentId, String name, String birth, String phone) {
        return header(source, trigger, control()) + pid(source, localId, residentId, name, birth, phone);
    }

    /** A whole registration, or an update (A08). */
    public static String register(String source, String trigger, String localId, Patient patient) {
        return header(source, trigger, control()) + patient.pid(source, localId);
    }

    /** The hospital merged a chart of the patient into another one (A40). */
    public static String merge(String source, String chart, Patient patient, String retired) {
        return register(source, "A40", chart, patient) + "MRG|" + retired + "^^^" + source + "^MR\r";
    }
}
