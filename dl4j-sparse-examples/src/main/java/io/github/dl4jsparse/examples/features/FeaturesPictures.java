package io.github.dl4jsparse.examples.features;

import io.github.dl4jsparse.diagnostics.FilterSheet;
import io.github.dl4jsparse.examples.picture.Canvas;
import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import io.github.dl4jsparse.task.FeatureLearner;
import io.github.dl4jsparse.task.NearestNeighbours;
import io.github.dl4jsparse.task.data.ExampleSet;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The pictures of {@code features}. */
final class FeaturesPictures {
    private static final int TILE = 56;
    private static final int GAP = 8;
    private static final int ROWS = 10;
    private static final int NEIGHBOURS = 8;
    private static final int CELL = 44;
    private static final int NAMES = 110;
    private static final int ZOOM = 8;
    private static final int FILTER_COLUMNS = 8;
    /** Layers: contrast normalisation, then the first code. */
    private static final int FIRST_CODE = 1;

    private FeaturesPictures() {}

    /** The filters of the first stage. */
    static BufferedImage filters(FeatureLearner learner) {
        MultiLayerNetwork net = learner.network();
        ConvolutionalListaLayer layer =
                (ConvolutionalListaLayer) net.getLayer(FIRST_CODE).conf().getLayer();
        INDArray encoder = net.getLayer(FIRST_CODE).getParam(ConvolutionalListaLayer.ENCODER);
        return Canvas.titled(
                "Filters of the first stage",
                encoder.size(0) + " maps, after training with labels",
                FilterSheet.of(layer, FILTER_COLUMNS, ZOOM)
                        .draw(encoder.reshape('c', encoder.size(0), encoder.length() / encoder.size(0))
                                .transpose()));
    }

    /** Images of different classes, each with those whose features are nearest. */
    static BufferedImage neighbours(FeatureLearner learner, ExampleSet images) {
        int count = Math.min(NEIGHBOURS, images.size() - 1);
        INDArray features = learner.embed(images.features());
        int[] shown = spread(images);
        int[][] nearest = new NearestNeighbours(features).ofEach(Math.max(1, count));
        BufferedImage sheet = Canvas.white((count + 1) * (TILE + GAP) + GAP, shown.length * (TILE + GAP) + GAP);
        Graphics2D g = Canvas.graphics(sheet);
        for (int row = 0; row < shown.length; row++) {
            int y = GAP + row * (TILE + GAP);
            g.drawImage(picture(images, shown[row]), GAP, y, TILE, TILE, null);
            for (int k = 0; k < count; k++) {
                int other = nearest[shown[row]][k];
                int x = 2 * GAP + (k + 1) * (TILE + GAP) - GAP;
                g.drawImage(picture(images, other), x, y, TILE, TILE, null);
                boolean same = images.labels().get(other).equals(images.labels().get(shown[row]));
                g.setColor(same ? Canvas.BLUE : Canvas.RED);
                g.setStroke(same ? new BasicStroke(2) : new BasicStroke(3, 0, 0, 1, new float[] {6, 4}, 0));
                g.drawRect(x - 2, y - 2, TILE + 3, TILE + 3);
            }
        }
        g.dispose();
        return Canvas.titled(
                "Nearest by their features",
                "left: an image; right: its nearest, framed blue if of its class, orange and dashed if not",
                sheet);
    }

    /** The first image of each class in turn, ten at most. */
    private static int[] spread(ExampleSet images) {
        List<String> classes = images.classes();
        return IntStream.range(0, ROWS)
                .map(row -> nth(images, classes.get(row % classes.size()), row / classes.size()))
                .filter(i -> i >= 0)
                .toArray();
    }

    private static int nth(ExampleSet images, String label, int number) {
        return IntStream.range(0, images.size())
                .filter(i -> images.labels().get(i).equals(label))
                .skip(number)
                .findFirst()
                .orElse(-1);
    }

    private static BufferedImage picture(ExampleSet images, int number) {
        INDArray image = images.features().slice(number, 0);
        int height = (int) image.size(1);
        int width = (int) image.size(2);
        boolean colour = image.size(0) == 3;
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int rgb = 0;
                for (int c = 0; c < 3; c++) {
                    double value = image.getDouble(colour ? c : 0, y, x);
                    rgb = rgb << 8 | (int) Math.round(255 * Math.max(0, Math.min(1, value)));
                }
                picture.setRGB(x, y, rgb);
            }
        }
        return picture;
    }

    /** How many images of each class were taken for which. */
    static BufferedImage confusion(Evaluation evaluation, List<String> classes) {
        int n = classes.size();
        BufferedImage sheet = Canvas.white(NAMES + n * CELL, NAMES + n * CELL);
        Graphics2D g = Canvas.graphics(sheet);
        g.setFont(Canvas.TEXT);
        for (int actual = 0; actual < n; actual++) {
            int number = actual;
            int y = NAMES + actual * CELL;
            int all = IntStream.range(0, n)
                    .map(i -> evaluation.getConfusionMatrix().getCount(number, i))
                    .sum();
            g.setColor(Canvas.INK);
            g.drawString(shortened(g, classes.get(actual), NAMES - 10), 4, y + CELL / 2 + 4);
            upright(g, shortened(g, classes.get(actual), NAMES - 10), NAMES + actual * CELL + CELL / 2 + 4, NAMES - 6);
            for (int answer = 0; answer < n; answer++) {
                int count = evaluation.getConfusionMatrix().getCount(actual, answer);
                double share = all == 0 ? 0 : (double) count / all;
                g.setColor(shade(actual == answer ? Canvas.BLUE : Canvas.RED, share));
                g.fillRect(NAMES + answer * CELL + 1, y + 1, CELL - 2, CELL - 2);
                g.setColor(share > 0.5 ? Color.WHITE : Canvas.INK);
                String text = count == 0 ? "" : String.valueOf(count);
                int width = g.getFontMetrics().stringWidth(text);
                g.drawString(text, NAMES + answer * CELL + (CELL - width) / 2, y + CELL / 2 + 4);
            }
        }
        g.dispose();
        return Canvas.titled(
                "Confusion",
                String.format(
                        Locale.ROOT,
                        "rows: the class; columns: the answer; %.1f %% right",
                        100 * evaluation.accuracy()),
                sheet);
    }

    /** Draws a text from below to above. */
    private static void upright(Graphics2D g, String text, int x, int y) {
        AffineTransform before = g.getTransform();
        g.rotate(-Math.PI / 2, x, y);
        g.drawString(text, x, y);
        g.setTransform(before);
    }

    private static Color shade(Color full, double share) {
        return new Color(mixed(full.getRed(), share), mixed(full.getGreen(), share), mixed(full.getBlue(), share));
    }

    private static int mixed(int full, double share) {
        return (int) Math.round(255 + share * (full - 255));
    }

    private static String shortened(Graphics2D g, String text, int width) {
        String kept = text;
        while (kept.length() > 2 && g.getFontMetrics().stringWidth(kept) > width) {
            kept = kept.substring(0, kept.length() - 2) + "\u2026";
        }
        return kept;
    }
}
