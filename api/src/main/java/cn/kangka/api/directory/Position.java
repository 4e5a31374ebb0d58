package cn.kangka.api.directory;

import cn.kangka.kit.problem.Problems;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A place on earth in degrees, WGS 84. */
@Schema(description = "degrees, WGS 84")
public record Position(
        @Schema(examples = "30.25", minimum = "-90", maximum = "90")
        double latitude,

        @Schema(examples = "120.17", minimum = "-180", maximum = "180")
        double longitude) {
    private static final Pattern PAIR = Pattern.compile("(-?\\d{1,2}(?:\\.\\d{1,8})?),(-?\\d{1,3}(?:\\.\\d{1,8})?)");
    private static final double POLE = 90;
    private static final double DATE_LINE = 180;

    /** Whether there can be such a place. */
    static boolean possible(double latitude, double longitude) {
        return Math.abs(latitude) <= POLE && Math.abs(longitude) <= DATE_LINE;
    }

    /** Reads {@code lat,lon}; null stays null, 422 with the field's name when it is no position. */
    public static Position parse(String field, String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        Matcher pair = PAIR.matcher(text.strip());
        if (pair.matches()) {
            double latitude = Double.parseDouble(pair.group(1));
            double longitude = Double.parseDouble(pair.group(2));
            if (possible(latitude, longitude)) {
                return new Position(latitude, longitude);
            }
        }
        throw Problems.invalid(field, "format");
    }

    /** The position, or null when either is unknown. */
    static Position of(Double latitude, Double longitude) {
        return latitude == null || longitude == null ? null : new Position(latitude, longitude);
    }
}
