package io.github.dl4jsparse.examples.drsae;

import io.github.dl4jsparse.diagnostics.FilterSheet;
import io.github.dl4jsparse.diagnostics.UnitAngles;
import io.github.dl4jsparse.examples.data.Digits;
import io.github.dl4jsparse.examples.picture.Canvas;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Pictures of the units of a network: the images that drive them, the classes they vote for. */
final class DrsaeUnits {
    private static final int PAIR_SIZE = 56;
    private static final int LARGE = 84;
    private static final int PAIRS_ACROSS = 8;
    private static final int MOST_IN_CLASS = 6;
    private static final int IMAGES = 1000;
    /** A unit is driven by one image of so many. */
    private static final int DRIVING = 20;

    private static final int CLASSIFIER = 2;

    private final Digits digits;
    private final MultiLayerNetwork net;
    private final INDArray images;

    DrsaeUnits(Digits digits, MultiLayerNetwork net) {
        this.digits = digits;
        this.net = net;
        INDArray all = digits.test().getFeatures();
        this.images = all.get(NDArrayIndex.interval(0, Math.min(IMAGES, all.size(0))));
    }

    /** Held-out images, at most 1000. */
    INDArray images() {
        return images;
    }

    private UnsupervisedLayer code() {
        return (UnsupervisedLayer) net.getLayer(0);
    }

    private INDArray decoder() {
        return net.getLayer(0).getParam(ListaLayer.DECODER);
    }

    /** The mean error of a reconstruction after each iteration, of held-out images. */
    double[] errors() {
        INDArray codes = code().trajectory(images);
        return IntStream.range(0, (int) codes.size(0))
                .mapToDouble(step -> {
                    INDArray made =
                            code().decode(codes.get(NDArrayIndex.point(step)).dup('c'));
                    return images.sub(made).norm2(1).meanNumber().doubleValue();
                })
                .toArray();
    }

    /** Each filter, and right of it the mean of the twentieth of the held-out images that drives it most. */
    BufferedImage drivers() {
        float[][] codes = code().encode(images).toFloatMatrix();
        float[][] inputs = images.toFloatMatrix();
        float[][] filters = decoder().toFloatMatrix();
        int units = codes[0].length;
        int pixels = digits.height() * digits.width();
        float[][] pairs = new float[2 * pixels][units];
        for (int unit = 0; unit < units; unit++) {
            float[] driving = mean(inputs, strongest(codes, unit));
            float filter = largest(filters, unit);
            for (int k = 0; k < pixels; k++) {
                int left = k / digits.width() * 2 * digits.width() + k % digits.width();
                pairs[left][unit] = filters[k][unit] / filter;
                pairs[left + digits.width()][unit] = driving[k];
            }
        }
        return new FilterSheet(
                        digits.height(), 2 * digits.width(), PAIRS_ACROSS, Math.max(1, PAIR_SIZE / digits.height()))
                .draw(Nd4j.createFromArray(pairs), DrsaeMeasurement.angles(net).order());
    }

    /** The images for which a unit is strongest, a twentieth of all at most. */
    private static int[] strongest(float[][] codes, int unit) {
        return IntStream.range(0, codes.length)
                .filter(i -> codes[i][unit] != 0)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -Math.abs(codes[i][unit])))
                .limit(Math.max(1, codes.length / DRIVING))
                .mapToInt(i -> i)
                .toArray();
    }

    /** The mean of some images, scaled so that its largest pixel is 1; zeros of none. */
    private static float[] mean(float[][] images, int[] which) {
        float[] sum = new float[images[0].length];
        float largest = Float.MIN_NORMAL;
        for (int k = 0; k < sum.length; k++) {
            for (int i : which) {
                sum[k] += images[i][k];
            }
            largest = Math.max(largest, Math.abs(sum[k]));
        }
        for (int k = 0; k < sum.length; k++) {
            sum[k] /= largest;
        }
        return sum;
    }

    private static float largest(float[][] values, int column) {
        float largest = Float.MIN_NORMAL;
        for (float[] row : values) {
            largest = Math.max(largest, Math.abs(row[column]));
        }
        return largest;
    }

    /** The categorical units, largest angle first. */
    private int[] categorical() {
        double[] angles = DrsaeMeasurement.angles(net).angles();
        return IntStream.range(0, angles.length)
                .filter(unit -> angles[unit] > UnitAngles.CATEGORICAL_ABOVE)
                .boxed()
                .sorted(Comparator.comparingDouble(unit -> -angles[unit]))
                .mapToInt(unit -> unit)
                .toArray();
    }

    /** The categorical units below the class that the classifier gives them the largest weight for, at most six a class. */
    BufferedImage votes() {
        INDArray weights = net.getLayer(CLASSIFIER).getParam("W");
        List<List<Integer>> byClass = new ArrayList<>();
        for (int k = 0; k < Digits.CLASSES; k++) {
            byClass.add(new ArrayList<>());
        }
        for (int unit : categorical()) {
            byClass.get(weights.getRow(unit).argMax().getInt(0)).add(unit);
        }
        for (int k = 0; k < Digits.CLASSES; k++) {
            int voted = k;
            byClass.get(k).sort(Comparator.comparingDouble(unit -> -weights.getDouble(unit, voted)));
        }
        int rows = Math.min(
                MOST_IN_CLASS, byClass.stream().mapToInt(List::size).max().orElse(0));
        int zoom = Math.max(1, LARGE / digits.height());
        FilterSheet one = new FilterSheet(digits.height(), digits.width(), 1, zoom);
        int step = digits.width() * zoom + 2 * one.gap() + Canvas.MARGIN / 2;
        int down = digits.height() * zoom + 2 * one.gap() + Canvas.LINE_HEIGHT;
        int top = Canvas.MARGIN + Canvas.LINE_HEIGHT;
        BufferedImage picture = Canvas.white(Digits.CLASSES * step + Canvas.MARGIN, top + Math.max(1, rows) * down);
        Graphics2D g = Canvas.graphics(picture);
        g.setColor(Canvas.INK);
        for (int k = 0; k < Digits.CLASSES; k++) {
            int left = Canvas.MARGIN + k * step;
            g.setFont(Canvas.TITLE);
            g.drawString(k + " (" + byClass.get(k).size() + ")", left, Canvas.LINE_HEIGHT);
            g.setFont(Canvas.TEXT);
            for (int row = 0; row < Math.min(rows, byClass.get(k).size()); row++) {
                int unit = byClass.get(k).get(row);
                g.drawImage(one.draw(decoder(), new int[] {unit}), left, top + row * down, null);
                g.drawString("unit " + unit, left, top + row * down + down - 5);
            }
        }
        g.dispose();
        return picture;
    }

    /** Whether there is a categorical unit. */
    boolean hasCategorical() {
        return categorical().length > 0;
    }
}
