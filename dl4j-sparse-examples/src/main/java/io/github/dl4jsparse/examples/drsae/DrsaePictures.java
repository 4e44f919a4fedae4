package io.github.dl4jsparse.examples.drsae;

import io.github.dl4jsparse.diagnostics.FilterSheet;
import io.github.dl4jsparse.diagnostics.UnitAngles;
import io.github.dl4jsparse.examples.data.Digits;
import io.github.dl4jsparse.examples.picture.Canvas;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Locale;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The pictures of {@code drsae} that are made of images: the decoder's filters and the progressive reconstructions. */
final class DrsaePictures {
    private static final int MARGIN = Canvas.MARGIN;
    private static final int LINE = Canvas.LINE_HEIGHT;
    private static final int FILTER_SIZE = 56;
    private static final int IMAGE_SIZE = 56;
    private static final int ERROR = 16;

    private final Digits digits;
    private final MultiLayerNetwork pretrained;
    private final MultiLayerNetwork trained;

    DrsaePictures(Digits digits, MultiLayerNetwork pretrained, MultiLayerNetwork trained) {
        this.digits = digits;
        this.pretrained = pretrained;
        this.trained = trained;
    }

    /** The columns of the decoder before and after joint training, each sheet ordered by angle, part-units first. */
    BufferedImage filters() {
        BufferedImage before = filtersBefore();
        BufferedImage after = filtersAfter();
        BufferedImage picture =
                Canvas.white(before.getWidth() + after.getWidth(), Math.max(before.getHeight(), after.getHeight()));
        Graphics2D g = Canvas.graphics(picture);
        g.drawImage(before, 0, 0, null);
        g.drawImage(after, before.getWidth(), 0, null);
        g.dispose();
        return picture;
    }

    /** The columns of the decoder before joint training, by angle. */
    BufferedImage filtersBefore() {
        return filterSheet("Decoder filters before joint training", pretrained);
    }

    /** The columns of the decoder after joint training, by angle. */
    BufferedImage filtersAfter() {
        return filterSheet("Decoder filters after joint training", trained);
    }

    private BufferedImage filterSheet(String title, MultiLayerNetwork net) {
        UnitAngles angles = DrsaeMeasurement.angles(net);
        INDArray dictionary = net.getLayer(0).getParam(ListaLayer.DECODER);
        int columns = (int) Math.ceil(Math.sqrt(dictionary.size(1)));
        BufferedImage sheet = new FilterSheet(digits.height(), digits.width(), columns, zoom(FILTER_SIZE))
                .draw(dictionary, angles.order());
        return Canvas.titled(
                title,
                "by rising angle: " + angles.partUnits() + " part-units first, " + angles.categoricalUnits()
                        + " categorical last",
                sheet);
    }

    /** Screen pixels a pixel, for images of about this many screen pixels. */
    private int zoom(int size) {
        return Math.max(1, size / digits.height());
    }

    /** For an image of each class: the image, and what the decoder makes of the code after each iteration. */
    BufferedImage progressive() {
        UnsupervisedLayer lista = (UnsupervisedLayer) trained.getLayer(0);
        int[] chosen = digits.firstOfEachClass();
        INDArray images = Nd4j.pullRows(digits.test().getFeatures(), 1, chosen);
        INDArray codes = lista.trajectory(images);
        int steps = (int) codes.size(0);
        int zoom = zoom(IMAGE_SIZE);
        int width = digits.width() * zoom;
        int height = digits.height() * zoom;
        int gap = MARGIN / 2;
        int line = height + ERROR + gap;
        int top = Canvas.CAPTION + LINE;
        BufferedImage picture =
                Canvas.white(MARGIN + (steps + 1) * (width + gap) + 2 * MARGIN, top + chosen.length * line + MARGIN);
        Graphics2D g = Canvas.graphics(picture);
        Canvas.caption(
                g,
                "Reconstruction after each iteration",
                "an image of each class, then D z after t steps, and |x - D z|",
                MARGIN);
        for (int column = 0; column <= steps; column++) {
            g.setColor(Canvas.FAINT_INK);
            int left = MARGIN + column * (width + gap) + (column > 0 ? MARGIN : 0);
            centred(g, column == 0 ? "input" : "t = " + column, left + width / 2, top - gap);
            INDArray shown = column == 0
                    ? images
                    : lista.decode(codes.get(NDArrayIndex.point(column - 1)).dup('c'));
            for (int row = 0; row < chosen.length; row++) {
                float[] pixels = shown.getRow(row).toFloatVector();
                drawImage(g, pixels, brightest(images, row), left, top + row * line, zoom);
                if (column > 0) {
                    double error = shown.getRow(row).distance2(images.getRow(row));
                    error(g, error, left + width / 2, top + row * line + height);
                }
            }
        }
        g.dispose();
        return picture;
    }

    /** The error of a reconstruction, below its picture. */
    private static void error(Graphics2D g, double error, int middle, int bottom) {
        g.setColor(Canvas.FAINT_INK);
        centred(g, String.format(Locale.ROOT, "%.3f", error), middle, bottom + ERROR - 3);
    }

    private static float brightest(INDArray images, int row) {
        return Math.max(images.getRow(row).maxNumber().floatValue(), Float.MIN_NORMAL);
    }

    private static void centred(Graphics2D g, String text, int middle, int baseline) {
        FontMetrics metrics = g.getFontMetrics();
        g.drawString(text, middle - metrics.stringWidth(text) / 2, baseline);
    }

    /** White is zero and black the brightest pixel of the input, in every column. */
    private void drawImage(Graphics2D g, float[] pixels, float brightest, int left, int top, int zoom) {
        for (int k = 0; k < pixels.length; k++) {
            float level = 1 - Math.min(1, Math.max(0, pixels[k] / brightest));
            g.setColor(new Color(level, level, level));
            g.fillRect(left + k % digits.width() * zoom, top + k / digits.width() * zoom, zoom, zoom);
        }
        g.setColor(Canvas.LINE);
        g.drawRect(left - 1, top - 1, digits.width() * zoom + 1, digits.height() * zoom + 1);
    }
}
