package io.github.dl4jsparse.task;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.task.data.ExampleSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Detects anomalous examples after it was fitted to good ones alone: vectors, windows of signals, images.
 * <p>The score of an example is its energy
 * \[ E(x) = \min_z \tfrac12 \lVert x - D z \rVert_2^2 + \lambda \lVert z \rVert_1 \]
 * standardised by median and median absolute deviation of good examples that were held out. D is a dictionary of good
 * examples. A large image is divided into overlapping patches: the score of a pixel is the mean of the scores of the
 * patches that cover it, that of the image the mean of the highest hundredth of its pixels. The classes of this package
 * call a patch, or a whole example that is not divided, a piece. An example is anomalous if its score is above a
 * threshold that good ones exceed with the stated probability, an order statistic of the held-out scores.
 * <pre>{@code
 * ExampleSet good = ImageFolder.of(Path.of("good")).read();
 * AnomalyDetector detector = AnomalyDetector.builder().falseAlarms(0.01).fit(good);
 * boolean[] odd = detector.isAnomalous(ImageFolder.of(Path.of("new")).read().features());
 * }</pre>
 * <p>Shapes: examples {@code [examples, features]}, {@code [examples, channels, time]} or {@code [examples, channels, height, width]},
 * all of the shape that was fitted.
 * <p>Errors: an {@code IllegalArgumentException} that names what is wrong with examples; an {@code IOException} for files. For any number
 * of threads.
 * <p>Reference: Adler, Elad, Hel-Or and Rivlin, Sparse coding with anomaly detection, Journal of Signal Processing Systems 79, 2015.
 */
public final class AnomalyDetector {
    private final AnomalyScores scores;
    private final Threshold threshold;
    private final long[] shape;
    private final List<String> columns;

    AnomalyDetector(AnomalyScores scores, Threshold threshold, long[] shape, List<String> columns) {
        this.scores = scores;
        this.threshold = threshold;
        this.shape = shape.clone();
        this.columns = List.copyOf(columns);
    }

    /**
     * Above which score an example is anomalous.
     *
     * @param score       in deviations of good examples
     * @param falseAlarms the share that was set
     * @param heldOut     good examples that set it
     */
    record Threshold(double score, double falseAlarms, int heldOut) {}

    /** Settings and fitting. */
    public static AnomalyDetectorBuilder builder() {
        return new AnomalyDetectorBuilder();
    }

    /** The score above which an example is anomalous. */
    public double threshold() {
        return threshold.score();
    }

    /** The share of false alarms that was set. */
    public double falseAlarms() {
        return threshold.falseAlarms();
    }

    /** The number of held-out good examples that set scale and threshold. */
    public int heldOutExamples() {
        return threshold.heldOut();
    }

    /** The names of the columns of vectors; empty if there are none. */
    public List<String> columns() {
        return columns;
    }

    /** The network, an ordinary one of DL4J's, whose one layer has the dictionary. Shared. */
    public MultiLayerNetwork network() {
        return scores.model().net();
    }

    /**
     * The score of each example, in deviations of good ones: 0 is the median of good examples.
     *
     * @param examples of the shape that was fitted. Not modified.
     */
    public double[] score(INDArray examples) {
        return scores.examples(AnomalyExamples.of("examples", examples, shape).values());
    }

    /**
     * The score of each example, after a check of the names of columns.
     *
     * @throws IllegalArgumentException if columns have other names than those that were fitted
     */
    public double[] score(ExampleSet examples) {
        List<String> others = Args.given("examples", examples).columns();
        if (!columns.isEmpty() && !others.isEmpty() && !columns.equals(others)) {
            throw Args.failure("columns", "those of the good examples, " + columns, others + "; read the same columns");
        }
        return score(examples.features());
    }

    /**
     * Which examples have scores above the threshold.
     *
     * @param examples of the shape that was fitted. Not modified.
     */
    public boolean[] isAnomalous(INDArray examples) {
        double[] all = score(examples);
        boolean[] odd = new boolean[all.length];
        for (int i = 0; i < odd.length; i++) {
            odd[i] = all[i] > threshold.score();
        }
        return odd;
    }

    /**
     * The score of each pixel: the mean of the standardised scores of all patches that cover it; of examples that are
     * not divided, half the squared difference from the reconstruction, summed over channels.
     *
     * @param examples of the shape that was fitted. Not modified.
     * @return {@code [examples, height, width]}; height 1 for vectors and signals
     */
    public INDArray heatMaps(INDArray examples) {
        AnomalyExamples all = AnomalyExamples.of("examples", examples, shape);
        PieceLayout layout = scores.model().layout();
        float[] maps = new float[all.count() * layout.height() * layout.width()];
        double[] pieces =
                layout.isWhole() ? null : scores.pieceScores(scores.model().energies(all.values()));
        for (int i = 0; i < all.count(); i++) {
            float[] map = pieces == null
                    ? differences(all.select(new int[] {i}).values())
                    : layout.map(pieces, i * layout.count());
            System.arraycopy(map, 0, maps, i * map.length, map.length);
        }
        return Nd4j.createFromArray(maps).reshape('c', new long[] {all.count(), layout.height(), layout.width()});
    }

    private float[] differences(float[] example) {
        float[] rebuilt = scores.model().reconstruction(example);
        PieceLayout layout = scores.model().layout();
        float[] map = new float[layout.height() * layout.width()];
        double[] factor = scores.model().scale().factor();
        for (int k = 0; k < example.length; k++) {
            double difference = (example[k] - rebuilt[k]) * factor[k];
            map[k % map.length] += (float) (difference * difference / 2);
        }
        return map;
    }

    /**
     * The piece of an example with the highest score, its reconstruction, and its active units.
     *
     * @param example {@code [1, ...]} of the shape that was fitted. Not modified.
     * @throws IllegalArgumentException if it is not one example of that shape
     */
    public AnomalyExplanation explain(INDArray example) {
        AnomalyExamples one = AnomalyExamples.of("example", example, shape);
        if (one.count() != 1) {
            throw Args.failure("example", "a batch of one", one.count() + " examples");
        }
        PieceModel model = scores.model();
        double[] pieces = scores.pieceScores(model.energies(one.values()));
        int strongest = IntStream.range(0, pieces.length)
                .boxed()
                .max(Comparator.comparingDouble(i -> pieces[i]))
                .orElseThrow();
        PieceLayout layout = model.layout();
        float[] piece = new float[layout.pieceSize()];
        layout.copy(one.values(), 0, strongest, piece, 0);
        double[] code = model.code(piece);
        List<FiredUnit> units = IntStream.range(0, code.length)
                .filter(k -> code[k] != 0)
                .mapToObj(k -> new FiredUnit(k, code[k]))
                .sorted(Comparator.comparingDouble(unit -> -Math.abs(unit.activity())))
                .toList();
        long[] pieceShape = {layout.channels(), layout.pieceHeight(), layout.pieceWidth()};
        return new AnomalyExplanation(
                scores.examples(one.values())[0],
                pieces[strongest],
                layout.top(strongest),
                layout.left(strongest),
                Nd4j.createFromArray(piece).reshape('c', pieceShape),
                Nd4j.createFromArray(model.reconstruction(piece)).reshape('c', pieceShape),
                units);
    }

    AnomalyScores scores() {
        return scores;
    }

    long[] shape() {
        return shape.clone();
    }

    /**
     * Saves dictionary, normaliser, scales and threshold in one sealed file, whole or not at all; DL4J's {@code ModelSerializer} reads
     * the network too.
     *
     * @throws IOException that names the file
     */
    public void save(Path file) throws IOException {
        AnomalyFile.save(this, Args.given("file", file));
    }

    /**
     * Reads what {@link #save} wrote; nothing in the file is run.
     *
     * @throws IOException that names the file, if it is damaged or of another kind
     */
    public static AnomalyDetector load(Path file) throws IOException {
        return AnomalyFile.load(Args.given("file", file));
    }

    @Override
    public String toString() {
        return "AnomalyDetector of examples " + Arrays.toString(shape) + ", threshold " + threshold;
    }
}
