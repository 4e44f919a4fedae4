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
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The pictures of {@code drsae} that are made of images: the decoder's filters and the progressive reconstructions. */
final class DrsaePictures {
    private static final int MARGIN = Canvas.MARGIN;
    private static final int LINE = Canvas.LINE_HEIGHT;
    private static final int FILTER_SIZE = 42;
    private static final int IMAGE_SIZE = 56;

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
        BufferedImage before = filterSheet(pretrained);
        BufferedImage after = filterSheet(trained);
        int top = Canvas.CAPTION;
        int right = 2 * MARGIN + before.getWidth();
        BufferedImage picture = Canvas.white(right + after.getWidth() + MARGIN, top + before.getHeight() + MARGIN);
        Graphics2D g = Canvas.graphics(picture);
        caption(g, "Decoder filters before joint training", pretrained, MARGIN);
        caption(g, "Decoder filters after joint training", trained, right);
        g.drawImage(before, MARGIN, top, null);
        g.drawImage(after, right, top, null);
        g.dispose();
        return picture;
    }

    private static void caption(Graphics2D g, String title, MultiLayerNetwork net, int left) {
        UnitAngles angles = DrsaeMeasurement.angles(net);
        Canvas.caption(
                g,
                title,
                "by rising angle: " + angles.partUnits() + " part-units first, " + angles.categoricalUnits()
                        + " categorical last",
                left);
    }

    private BufferedImage filterSheet(MultiLayerNetwork net) {
        INDArray dictionary = net.getLayer(0).getParam(ListaLayer.DECODER);
        int columns = (int) Math.ceil(Math.sqrt(dictionary.size(1)));
        int zoom = Math.max(1, FILTER_SIZE / digits.height());
        return new FilterSheet(digits.height(), digits.width(), columns, zoom)
                .draw(dictionary, DrsaeMeasurement.angles(net).order());
    }

    /** For an image of each class: the image, and what the decoder makes of the code after each iteration. */
    BufferedImage progressive() {
        UnsupervisedLayer lista = (UnsupervisedLayer) trained.getLayer(0);
        int[] chosen = digits.firstOfEachClass();
        INDArray images = Nd4j.pullRows(digits.test().getFeatures(), 1, chosen);
        INDArray codes = lista.trajectory(images);
        int steps = (int) codes.size(0);
        int zoom = Math.max(1, IMAGE_SIZE / digits.height());
        int width = digits.width() * zoom;
        int height = digits.height() * zoom;
        int gap = MARGIN / 2;
        int top = Canvas.CAPTION + LINE;
        BufferedImage picture = Canvas.white(
                MARGIN + (steps + 1) * (width + gap) + 2 * MARGIN, top + chosen.length * (height + gap) + MARGIN);
        Graphics2D g = Canvas.graphics(picture);
        Canvas.caption(
                g,
                "Reconstruction after each iteration",
                "an image of each class, then D z after t iterations",
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
                drawImage(g, pixels, brightest(images, row), left, top + row * (height + gap), zoom);
            }
        }
        g.dispose();
        return picture;
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
