package io.github.dl4jsparse.task;

import io.github.dl4jsparse.internal.check.Args;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fits an {@link AnomalyDetector}: selects examples to fit and to hold out, learns the dictionary, sets scale and
 * threshold.
 */
final class AnomalyFit {
    private static final Logger LOG = LoggerFactory.getLogger(AnomalyDetector.class);
    private static final int LEAST_EXAMPLES = 4;
    private static final int MOST_PIECES = 50_000;
    private static final int CONCENTRATIONS = 4;
    /** With {@code robust}, examples beyond this many deviations are left out. */
    private static final double BEYOND = 3.5;

    private final AnomalyExamples fitted;
    private final AnomalyExamples heldOut;
    private final PieceLayout layout;
    private final AnomalyDetectorBuilder options;

    private AnomalyFit(
            AnomalyExamples fitted, AnomalyExamples heldOut, PieceLayout layout, AnomalyDetectorBuilder options) {
        this.fitted = fitted;
        this.heldOut = heldOut;
        this.layout = layout;
        this.options = options;
    }

    /** @param given held-out examples; null to hold out some of the good ones */
    static AnomalyDetector of(INDArray good, INDArray given, List<String> columns, AnomalyDetectorBuilder options) {
        AnomalyExamples all = AnomalyExamples.of("good examples", good);
        int n = all.count();
        if (n < LEAST_EXAMPLES) {
            throw Args.failure(
                    "number of good examples",
                    "at least " + LEAST_EXAMPLES
                            + ", some to fit and some to hold out; cut a large image or recording into" + " pieces",
                    n);
        }
        int[] order = shuffled(n, options.seed());
        int kept = given != null ? n : n - Math.min(n - 2, Math.max(1, (int) Math.round(options.heldOut() * n)));
        AnomalyExamples heldOut = given != null
                ? AnomalyExamples.of("held-out good examples", given, all.shape())
                : all.select(Arrays.copyOfRange(order, kept, n));
        PieceLayout layout = options.layout(all.channels(), all.height(), all.width());
        AnomalyExamples fitted = all.select(Arrays.copyOfRange(order, 0, kept));
        return new AnomalyFit(fitted, heldOut, layout, options).detector(columns);
    }

    private static int[] shuffled(int n, long seed) {
        int[] order = IntStream.range(0, n).toArray();
        Random random = new Random(seed);
        for (int i = n - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }

    private AnomalyDetector detector(List<String> columns) {
        PieceModel model = options.robust() ? robust() : learn(fitted);
        AnomalyScores raw = AnomalyScores.of(model, heldOut.values(), options.topShare());
        double[] standardised = raw.examples(heldOut.values());
        int counted = heldOut.count();
        double contamination = 0;
        if (options.robust()) {
            long beyond = Arrays.stream(standardised).filter(s -> s > BEYOND).count();
            contamination = beyond / (double) counted;
            counted = HeldOutScores.good(counted, contamination);
        }
        double threshold = HeldOutScores.threshold(standardised, options.falseAlarms(), contamination);
        String few = HeldOutScores.tooFew(counted, options.falseAlarms());
        if (!few.isEmpty()) {
            LOG.warn("{}", few);
        }
        return new AnomalyDetector(
                raw, new AnomalyDetector.Threshold(threshold, options.falseAlarms(), counted), fitted.shape(), columns);
    }

    /** Concentration steps on half of the examples, then all that are not beyond the others. */
    private PieceModel robust() {
        int half = (fitted.count() + 1) / 2;
        int[] chosen = smallest(fitted.distancesFromMedian(), half);
        PieceModel model = learn(fitted.select(chosen));
        for (int step = 0; step < CONCENTRATIONS; step++) {
            chosen = smallest(scores(model), half);
            model = learn(fitted.select(chosen));
        }
        double[] scores = scores(model);
        int[] near = IntStream.range(0, scores.length)
                .filter(i -> scores[i] <= BEYOND)
                .toArray();
        return learn(fitted.select(near));
    }

    private double[] scores(PieceModel model) {
        return AnomalyScores.of(model, fitted.values(), options.topShare()).examples(fitted.values());
    }

    private static int[] smallest(double[] values, int count) {
        return IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .limit(count)
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
    }

    private PieceModel learn(AnomalyExamples examples) {
        float[] pieces = pieces(examples);
        PieceScale scale = PieceScale.of(pieces, layout.pieceSize(), examples.shape().length == 1);
        return PieceModel.learn(pieces, scale, layout, options);
    }

    /** All pieces, or a random choice of them. */
    private float[] pieces(AnomalyExamples examples) {
        long all = (long) examples.count() * layout.count();
        int size = layout.pieceSize();
        int count = (int) Math.min(all, Math.min(MOST_PIECES, Integer.MAX_VALUE / 2 / size));
        float[] pieces = new float[count * size];
        Random random = new Random(options.seed());
        for (int i = 0; i < count; i++) {
            long piece = count == all ? i : (long) (random.nextDouble() * all);
            int example = (int) (piece / layout.count());
            layout.copy(examples.values(), example * examples.size(), (int) (piece % layout.count()), pieces, i * size);
        }
        return pieces;
    }
}
