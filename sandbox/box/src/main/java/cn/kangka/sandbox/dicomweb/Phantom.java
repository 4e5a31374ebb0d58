package cn.kangka.sandbox.dicomweb;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** The head phantom of Shepp and Logan (1974) with the contrast of Toft's variant, a little different per slice. */
final class Phantom {
    /** Intensity, half axes, centre, angle in degrees. */
    private static final double[][] ELLIPSES = {
        {1, .69, .92, 0, 0, 0},
        {-.8, .6624, .874, 0, -.0184, 0},
        {-.2, .11, .31, .22, 0, -18},
        {-.2, .16, .41, -.22, 0, 18},
        {.1, .21, .25, 0, .35, 0},
        {.1, .046, .046, 0, .1, 0},
        {.1, .046, .046, 0, -.1, 0},
        {.1, .046, .023, -.08, -.605, 0},
        {.1, .023, .023, 0, -.606, 0},
        {.1, .023, .046, .06, -.605, 0}
    };

    private Phantom() {}

    /**
     * The picture of one slice.
     *
     * @param format {@code png} or {@code jpeg}
     */
    static byte[] picture(int size, int slice, String format) {
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_GRAY);
        WritableRaster raster = image.getRaster();
        double scale = 1 - (slice - 1) * 0.06;
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                double x = (2.0 * column / (size - 1) - 1) / scale;
                double y = (1 - 2.0 * row / (size - 1)) / scale;
                raster.setSample(column, row, 0, (int) Math.round(Math.min(1, Math.max(0, density(x, y))) * 255));
            }
        }
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            ImageIO.write(image, format, out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double density(double x, double y) {
        double sum = 0;
        for (double[] ellipse : ELLIPSES) {
            double angle = Math.toRadians(ellipse[5]);
            double dx = x - ellipse[3];
            double dy = y - ellipse[4];
            double along = (dx * Math.cos(angle) + dy * Math.sin(angle)) / ellipse[1];
            double across = (dy * Math.cos(angle) - dx * Math.sin(angle)) / ellipse[2];
            sum += along * along + across * across <= 1 ? ellipse[0] : 0;
        }
        return sum;
    }
}
