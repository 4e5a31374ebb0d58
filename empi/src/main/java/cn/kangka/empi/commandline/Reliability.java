package cn.kangka.empi.commandline;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Whether probabilities mean what they say: of pairs said to be 70 % likely, how many are of one human? */
final class Reliability {
    private static final int BINS = 10;
    private static final int SIZE = 400;
    private static final int MARGIN = 50;

    private final long[] pairs = new long[BINS];
    private final long[] hits = new long[BINS];
    private final double[] said = new double[BINS];

    /** Reads what {@code link} wrote as pairs. */
    static Reliability of(CsvFile file, Map<String, String> labels) {
        Reliability reliability = new Reliability();
        file.forEach(
                List.of("probability"),
                row -> reliability.add(
                        Double.parseDouble(row.get("probability")),
                        labels.getOrDefault(row.get(0), "\u0000" + row.get(0)).equals(labels.get(row.get(1)))));
        return reliability;
    }

    private void add(double probability, boolean hit) {
        int bin = (int) Math.min(BINS - 1.0, probability * BINS);
        pairs[bin]++;
        said[bin] += probability;
        hits[bin] += hit ? 1 : 0;
    }

    void print(PrintWriter out) {
        out.println("said          pairs   mean said   of one human");
        for (int bin = 0; bin < BINS; bin++) {
            if (pairs[bin] > 0) {
                out.printf(
                        Locale.ROOT,
                        "%.1f to %.1f %9d      %.4f         %.4f%n",
                        bin / (double) BINS,
                        (bin + 1) / (double) BINS,
                        pairs[bin],
                        said[bin] / pairs[bin],
                        hits[bin] / (double) pairs[bin]);
            }
        }
    }

    /** The curve as a picture; the diagonal is what it should be. */
    void draw(Path file) throws IOException {
        StringBuilder svg = new StringBuilder();
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 500 500\" font-family=\"sans-serif\""
                + " font-size=\"14\"><rect width=\"500\" height=\"500\" fill=\"white\"/>");
        line(svg, 0, 0, 1, 1, "#999");
        line(svg, 0, 0, 1, 0, "#333");
        line(svg, 0, 0, 0, 1, "#333");
        svg.append("<polyline fill=\"none\" stroke=\"#0b6b5d\" stroke-width=\"2\" points=\"");
        StringBuilder dots = new StringBuilder();
        for (int bin = 0; bin < BINS; bin++) {
            if (pairs[bin] > 0) {
                double x = x(said[bin] / pairs[bin]);
                double y = y(hits[bin] / (double) pairs[bin]);
                svg.append(number(x)).append(',').append(number(y)).append(' ');
                dots.append("<circle cx=\"%s\" cy=\"%s\" r=\"4\" fill=\"#0b6b5d\"><title>%d</title></circle>"
                        .formatted(number(x), number(y), pairs[bin]));
            }
        }
        svg.append("\"/>").append(dots);
        svg.append(
                "<text x=\"250\" y=\"490\" text-anchor=\"middle\">said probability</text>"
                        + "<text x=\"15\" y=\"250\" transform=\"rotate(-90 15 250)\" text-anchor=\"middle\">of one human</text></svg>");
        Files.writeString(file, svg, StandardCharsets.UTF_8);
    }

    private static void line(StringBuilder svg, double x1, double y1, double x2, double y2, String colour) {
        svg.append("<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\"/>"
                .formatted(number(x(x1)), number(y(y1)), number(x(x2)), number(y(y2)), colour));
    }

    private static double x(double share) {
        return MARGIN + share * SIZE;
    }

    private static double y(double share) {
        return MARGIN + (1 - share) * SIZE;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
