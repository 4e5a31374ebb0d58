package cn.kangka.sandbox.region;

import java.nio.charset.Charset;
import java.util.List;

/**
 * A hospital or a community health centre.
 *
 * @param id H001…, C001…; also MSH-4 of its messages and the name of its domain of patient ids
 * @param application MSH-3 of its messages
 * @param oid of its domain of patient ids
 * @param charset of its messages
 * @param address where it is
 * @param latitude with {@code longitude} in degrees, WGS 84
 */
public record Institution(
        String id,
        String name,
        String englishName,
        Kind kind,
        String application,
        String oid,
        Charset charset,
        BookingMode bookingMode,
        String address,
        double latitude,
        double longitude,
        List<Department> departments) {

    /** What is told apart when people look for one. */
    public enum Kind {
        HOSPITAL,
        CENTRE
    }

    /** All centres speak over one connection. */
    public String line() {
        return kind == Kind.CENTRE ? DemoRegion.CENTRES_LINE : id;
    }
}
